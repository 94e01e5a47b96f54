"""The process: `ftlint` and `python -m ftlint`."""

from __future__ import annotations

import gc
from typing import NoReturn

NEW_OBJECTS = 100_000
"""Between two searches for garbage: a start makes 30,000 that all stay, and would be searched 40 times by default."""


def main() -> NoReturn:
    """Run the command line. What it imports is imported here, after the search for garbage was told to wait."""
    gc.set_threshold(NEW_OBJECTS)
    from ftlint.cli import main

    main()


if __name__ == "__main__":
    main()

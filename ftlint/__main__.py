"""The process: `ftlint` and `python -m ftlint`."""

from __future__ import annotations

import gc
from typing import NoReturn

NEW_OBJECTS = 50_000
"""Between two searches for garbage. Starting makes 20,000 objects that all stay; by default they are searched 40 times."""


def main() -> NoReturn:
    """Run the command line. What it imports is imported here, after the search for garbage was told to wait."""
    gc.set_threshold(NEW_OBJECTS)
    from ftlint.cli import main

    main()


if __name__ == "__main__":
    main()

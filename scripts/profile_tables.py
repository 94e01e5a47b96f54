"""
Write the TOML files of the providers as JSON beside them: `python scripts/profile_tables.py`.

The TOML is the truth and what people edit; the JSON is what a run reads, in a tenth of the time.
`tests/profiles/test_profile_tables.py` fails when one is not what the other says.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ftlint.profiles.catalog import FOLDER


def tables(folder: Path = FOLDER) -> Iterator[tuple[Path, str]]:
    """The JSON files that belong to the TOML files of a folder, and the text of each."""
    providers = _parsed(folder, "providers")
    for name in ("providers", *providers["providers"]):
        text = json.dumps(_parsed(folder, name), default=str, ensure_ascii=False, indent=1) + "\n"
        yield folder / f"{name}.json", text


def _parsed(folder: Path, name: str) -> dict[str, Any]:
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    for path, text in tables():
        path.write_text(text, encoding="utf-8")

"""The labels of rows, by which shares are to hold."""

from __future__ import annotations

import json
from array import array
from typing import Any

from ftlint.core.errors import FtlintError
from ftlint.core.visible import masked, shorten
from ftlint.formats.identity import MISSING, digest, label_of

NO_LABEL = "(none)"
SHOWN_CHARACTERS = 40


class Strata:
    """The label of each row, 4 bytes a row; each label with its digest, its name and the number of its rows."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.of_row = array("I")
        self.names: list[str] = []
        self.digests: list[bytes] = []
        self.counts: list[int] = []
        self._known: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self.names)

    def add(self, row: dict[str, Any]) -> None:
        """The next row."""
        value = label_of(row, self.path)
        mark = b"" if value is MISSING else digest(value)
        number = self._known.setdefault(mark, len(self.names))
        if number == len(self.names):
            self.names.append(NO_LABEL if value is MISSING else _name(value))
            self.digests.append(mark)
            self.counts.append(0)
        self.counts[number] += 1
        self.of_row.append(number)

    def check(self, source: str) -> None:
        """Raise FtlintError where no shares can hold: there is no label, or nearly every row has one of its own."""
        rows = len(self.of_row)
        if self.names == [NO_LABEL]:
            raise FtlintError(f"no row of {source} has {shorten(self.path)} to stratify by")
        if len(self) > 1 and 2 * len(self) > rows:
            raise FtlintError(
                f"{shorten(self.path)} has {len(self):,} values in {rows:,} rows of {source}; to stratify by, each "
                "should come several times"
            )

    def by_size(self) -> list[int]:
        """The labels, the most frequent first."""
        return sorted(range(len(self)), key=lambda label: (-self.counts[label], self.digests[label]))


def _name(value: Any) -> str:
    text = masked(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"

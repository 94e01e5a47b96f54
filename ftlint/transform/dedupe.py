"""Rows of one file or several into one, each once or as often as it comes."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

import orjson

from ftlint.core.errors import FtlintError
from ftlint.formats.clusters import Digests, numbers
from ftlint.formats.identity import MISSING, digest, prompt_of
from ftlint.formats.near import text_of
from ftlint.formats.signatures import Near, Signatures
from ftlint.transform.rowfile import RowFile

By = Literal["row", "prompt"]
"""What of a row comes once."""


@dataclass(slots=True)
class Source:
    """What became of a file: its rows, and how many of them stay."""

    path: str
    rows: int
    kept: int
    blank: int


@dataclass(slots=True)
class Kept:
    """What stays, and what went."""

    sources: list[Source]
    removed: int
    near: int
    """Of the removed rows those that are only nearly the same as the one that stays."""
    without_prompt: int
    """Rows of which the prompt is not known, which went by the whole row."""


class Duplicates:
    """Looks for rows that come again in some files, of which the first stays: 16 bytes a row, more with `near`."""

    def __init__(self, files: Sequence[RowFile], by: By = "row", near: bool = False) -> None:
        self.files, self.by = files, by
        self.digests = Digests()
        self.near = Signatures() if near else None
        self.offsets = numbers()
        self.starts: list[int] = []
        """The number of the first row of each file."""
        self.without_prompt = 0
        self.firsts: array[int] = numbers()
        """Of each row the one that stays for it."""
        self.shares = array("f")
        """How similar they are, where it is only nearly the same; nothing where nobody asked."""

    def look(self) -> None:
        """Read all files."""
        for file in self.files:
            self.starts.append(len(self.digests))
            for offset, row in file.values():
                self._add(offset, row)
        if self.near is None:
            self.firsts = self.digests.firsts()
        else:
            self.firsts, self.shares = Near(self.near, self._text_at).nearest(self.digests)

    @property
    def any(self) -> bool:
        """Whether any row goes."""
        return any(row != first for row, first in enumerate(self.firsts))

    def file_of(self, row: int) -> int:
        """The number of the file that a row stands in."""
        return bisect_right(self.starts, row) - 1

    def place_of(self, row: int) -> dict[str, Any]:
        """File and line of a row."""
        number = self.file_of(row)
        file = self.files[number]
        return {"file": file.path, "line": file.lines[row - self.starts[number]]}

    def _add(self, offset: int, row: dict[str, Any]) -> None:
        value = self._looked_at(row)
        if value is MISSING:
            self.without_prompt += 1
            value = row
        self.digests.add(digest(value))
        if self.near is not None:
            self.near.add(text_of(value))
            self.offsets.append(offset)

    def _looked_at(self, row: dict[str, Any]) -> Any:
        return row if self.by == "row" else prompt_of(row)

    def _text_at(self, row: int) -> str:
        value = self.files[self.file_of(row)].row_at(self.offsets[row])
        looked_at = self._looked_at(value)
        return text_of(value if looked_at is MISSING else looked_at)


def kept(duplicates: Duplicates, output: BinaryIO, removed: BinaryIO | None) -> Kept:
    """
    Write the rows that stay to one output, their bytes as they are, and the others with what stays for them.

    `removed` may be None where no row goes.
    """
    output.write(duplicates.files[0].bom)
    sources: list[Source] = []
    for file, start in zip(duplicates.files, duplicates.starts, strict=True):
        source = Source(file.path, len(file.lines), 0, file.blank)
        for row, raw in enumerate(file.rows(), start):
            first = duplicates.firsts[row]
            if first == row:
                source.kept += 1
                output.write(raw + b"\n")
            elif removed is not None:
                removed.write(_told(duplicates, row, first, raw))
        sources.append(source)
    went = sum(source.rows - source.kept for source in sources)
    return Kept(sources, went, sum(map(bool, duplicates.shares)), duplicates.without_prompt)


def joined(files: Sequence[RowFile], output: BinaryIO) -> Kept:
    """Write the rows of all files to one output, one file after another."""
    output.write(files[0].bom)
    sources: list[Source] = []
    for file in files:
        for _ in file.values():
            pass
        output.writelines(raw + b"\n" for raw in file.rows())
        sources.append(Source(file.path, len(file.lines), len(file.lines), file.blank))
    return Kept(sources, 0, 0, 0)


def same_format(files: Sequence[RowFile]) -> None:
    """Raise FtlintError when the files hold rows of several formats."""
    named = [(file.path, _format(file)) for file in files]
    (first, its), *others = named
    for path, other in others:
        if other != its:
            raise FtlintError(f"{first} holds {its}, {path} holds {other}; --mixed merges them all the same")


def _format(file: RowFile) -> str:
    found = file.detected()
    name = found.dialect or found.format
    if name is None:
        return "rows of no known format"
    return "rows of reinforcement" if found.reinforcement else f"rows of {name}"


def _told(duplicates: Duplicates, row: int, first: int, raw: bytes) -> bytes:
    """A line about a row that went: where it stood, what stays for it, and its bytes as they were."""
    told: dict[str, Any] = {**duplicates.place_of(row), "kept": duplicates.place_of(first)}
    if duplicates.shares and duplicates.shares[row]:
        told["similarity"] = round(duplicates.shares[row], 4)
    return orjson.dumps(told)[:-1] + b',"row":' + raw.strip() + b"}\n"

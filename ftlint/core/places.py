"""The places of many rows, as numbers: 25 bytes a row in memory, or one, where an object would take 200."""

from __future__ import annotations

from bisect import bisect_right
from struct import Struct
from typing import TYPE_CHECKING

from ftlint.core.types import Part, Place

if TYPE_CHECKING:
    from typing import BinaryIO

RECORD = Struct("<QIIII")
"""Offset, length, row and line in the part, characters before it on its line."""


class Places:
    """Where rows stand, in the order of the file. Put together, they say the same of the whole as of its parts."""

    __slots__ = ("_counted", "_file", "_parts", "_records")

    def __init__(self) -> None:
        self._records = bytearray()
        """Of the rows that are not on disk."""
        self._counted = bytearray()
        """Of every row, whether it is among those that are counted as having findings."""
        self._parts: list[tuple[int, Part]] = []
        """With the number of the first row in each."""
        self._file: BinaryIO | None = None

    def __len__(self) -> int:
        return len(self._counted)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places) and [*map(self.at, range(len(self)))] == [*map(other.at, range(len(other)))]

    __hash__ = None  # type: ignore[assignment]  # they move

    def add(self, place: Place) -> None:
        """That of the next row."""
        if not self._parts or self._parts[-1][1] is not place.part:
            self._parts.append((len(self), place.part))
        self._records += RECORD.pack(
            place.offset_in_part, place.length, place.row_in_part, place.line_in_part, place.prefix
        )
        self._counted.append(place.is_counted)

    def extend(self, later: Places) -> None:
        """Those of the rows that follow."""
        before = len(self)
        self._parts.extend((first + before, part) for first, part in later._parts)
        self._records += later._records
        self._counted += later._counted

    def spill(self) -> None:
        """Put them on disk, but for a byte a row."""
        if self._file is None:
            from tempfile import TemporaryFile

            self._file = TemporaryFile()  # noqa: SIM115  # as long as they
        self._file.seek(0, 2)
        self._file.write(self._records)
        self._records.clear()

    def at(self, index: int) -> Place:
        """Where a row stands; the first has the index 0."""
        start = index * RECORD.size
        on_disk = len(self) * RECORD.size - len(self._records)
        if start < on_disk:
            assert self._file is not None
            self._file.seek(start)
            record = self._file.read(RECORD.size)
        else:
            record = bytes(self._records[start - on_disk : start - on_disk + RECORD.size])
        offset, length, row, line, prefix = RECORD.unpack(record)
        part = self._parts[bisect_right(self._parts, index, key=lambda item: item[0]) - 1][1]
        return Place(row, line, offset, length, prefix, part, bool(self._counted[index]))

    def reported(self, index: int) -> Place:
        """The same, for a finding in the row; of several, only the first counts the row."""
        place = self.at(index)
        self._counted[index] = True
        return place

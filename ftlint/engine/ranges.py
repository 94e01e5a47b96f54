"""Ranges of bytes of a file: cut at line ends, and read like a stream of their own."""

from __future__ import annotations

from itertools import pairwise
from typing import BinaryIO, NamedTuple

from ftlint.sources.lines import is_cut, line_ends

FIRST_BYTES = 1 << 16
"""The first range; a dozen rows or more."""
PIECE_BYTES = 1 << 12
NEAR_BYTES = 1 << 19


class Range(NamedTuple):
    """Bytes of a file, from `start` up to `end`."""

    start: int
    end: int


class Window:
    """A stream that begins and ends where a range does."""

    def __init__(self, stream: BinaryIO, part: Range) -> None:
        self._stream = stream
        self._end = part.end
        self.seek(part.start)

    def seek(self, position: int) -> None:
        """Read from that byte of the file on."""
        self._stream.seek(position)
        self._left = self._end - position

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; empty at the end of the range."""
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        return data


def cut(stream: BinaryIO, whole: Range, size: int) -> list[Range]:
    """
    The ranges of a range, of about `size` bytes, each but the last ending behind a newline.

    The first is small, so that what it teaches comes early. The others end where the content says, as blocks do: an
    edit elsewhere moves no end, and with it the blocks beside it.
    """
    length = whole.end - whole.start
    pieces = max(1, length // size)
    marks = [whole.start]
    for distance in (FIRST_BYTES, *(length * number // pieces for number in range(1, pieces))):
        target = whole.start + distance
        if marks[-1] < target < whole.end:  # else in a line that is longer than a range
            marks.append(_end(stream, target, whole.end))
    if marks[-1] < whole.end:
        marks.append(whole.end)
    return [Range(start, end) for start, end in pairwise(marks)]


def _end(stream: BinaryIO, position: int, end: int) -> int:
    """The first byte behind the next line whose content says so; behind the next newline, where there is none near."""
    line = _line_end(stream, position, end)
    stream.seek(line)
    data = stream.read(min(NEAR_BYTES, end - line))
    return line + next((high for low, high in line_ends(data) if is_cut(data, low, high)), 0)


def _line_end(stream: BinaryIO, position: int, end: int) -> int:
    """The first byte behind the newline that comes next."""
    stream.seek(position)
    while position < end and (piece := stream.read(PIECE_BYTES)):
        found = piece.find(b"\n")
        if found >= 0:
            return min(position + found + 1, end)
        position += len(piece)
    return end

"""
Files as lines of bytes, split on `\\n` only.

Text mode and `splitlines` also split at a lone carriage return, U+2028, U+0085 and others, which may stand
inside JSON strings.

Lines come in blocks that are cut where their content says, not where the counting of bytes does: behind an edit
the same cuts come up again, so that what is known of the blocks that did not change can be found by their bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol
from zlib import crc32

BLOCK_BYTES = 1 << 19
"""The least that a block holds; most hold a fifth more. Measured: see `ftlint.engine.cache`."""
MAX_LINE_BYTES = 64 << 20
READ_BLOCKS = 4
"""So many times the least block are read at once."""
CUTS = 32
"""One line end in so many is a cut from the least block on, and one more of them for each eighth of it that follows."""
SAMPLE = 64
"""About so many bytes of a line say whether it ends in a cut: spread over it, as rows often begin and end alike."""


@dataclass(slots=True)
class Block:
    """Whole lines that stand together at `offset` bytes; their bytes, and the lines without their `\\n`."""

    offset: int
    data: memoryview
    ends_with_newline: bool = True
    _lines: list[bytes] | None = field(default=None, repr=False, compare=False)

    @property
    def lines(self) -> list[bytes]:
        """The lines, split when they are first asked for."""
        if self._lines is None:
            self._lines = bytes(self.data).split(b"\n")
            if self.ends_with_newline:
                self._lines.pop()
        return self._lines


class LongLine(NamedTuple):
    """A line past the limit: skipped, never held in memory. `length` is its bytes without the newline."""

    offset: int
    length: int
    ends_with_newline: bool = True


class Readable(Protocol):
    """All that is asked of a stream."""

    def seek(self, offset: int, /) -> object:
        """Read from there on."""

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes; fewer at the end only."""


def blocks(
    stream: Readable, max_line: int = MAX_LINE_BYTES, size: int = BLOCK_BYTES, start: int = 0
) -> Iterator[Block | LongLine]:
    """
    The lines of a stream from byte `start` on, in blocks of at least `size` bytes but for the last.

    What was read behind the last cut is read again, together with what follows: that costs less than joining it.
    Where a line does not end in what was read, twice as much is, so that time stays linear; of a line of more than
    `max_line` bytes nothing is kept.
    """
    offset = start
    usual, most = READ_BLOCKS * size, max_line + (CUTS // 8 + 2) * size
    wanted = usual
    while True:
        data = b""  # nothing is held twice
        stream.seek(offset)
        data = stream.read(wanted)
        if not data:
            return
        is_last = len(data) < wanted
        low = 0
        while (high := _cut(data, low, size)) > 0:
            yield from _checked(data, low, high, offset, max_line)
            low = high
        if is_last:
            if low < len(data):
                yield from _checked(data, low, len(data), offset, max_line)
            return
        if low == 0 and wanted < most:
            wanted = min(2 * wanted, most)
            continue
        if low == 0 and (low := data.rfind(b"\n") + 1):  # lines before one that is too long
            yield from _checked(data, 0, low, offset, max_line)
        if low == 0:
            yield (line := _skipped(stream, offset, len(data), usual))
            low = line.length + line.ends_with_newline
        offset += low
        wanted = usual


def _cut(data: bytes, start: int, size: int) -> int:
    """
    Where the block that begins at `start` ends; 0 when that does not show in what was read.

    The more bytes there are beyond the least, the more line ends will do, as in FastCDC: so that blocks stay near one
    size, whatever the length of the lines.
    """
    eighth = max(size // 8, 1)
    least = data.rfind(b"\n", start, start + size - 1) + 1
    for line, end in line_ends(data, max(start, least)):
        if end - start >= size and is_cut(data, line, end, (end - start - size) // eighth):
            return end
    return 0


def line_ends(data: bytes, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where each line of `data` begins and where it ends, behind its newline; `start` begins one."""
    while end := data.find(b"\n", start) + 1:
        yield start, end
        start = end


def is_cut(data: bytes, line: int, end: int, looser: int = 0) -> bool:
    """Whether the content of a line says that something may be cut behind it: one line in `CUTS`, and `looser` more."""
    return crc32(data[line : end : (end - line) // SAMPLE + 1]) % CUTS <= looser


def _checked(data: bytes, low: int, high: int, offset: int, max_line: int) -> Iterator[Block | LongLine]:
    """A part of what was read at `offset` as a block; in several where some of its lines are too long."""
    view = memoryview(data)
    if high - low <= max_line:
        yield Block(offset + low, view[low:high], data[high - 1] == 10)
        return
    line = low
    while line < high:
        newline = data.find(b"\n", line, high)
        end, closed = (newline, True) if newline >= 0 else (high, False)
        if end - line > max_line:
            if low < line:
                yield Block(offset + low, view[low:line])
            yield LongLine(offset + line, end - line, closed)
            low = end + 1
        line = end + 1
    if low < high:
        yield Block(offset + low, view[low:high], data[high - 1] == 10)


def _skipped(stream: Readable, offset: int, length: int, size: int) -> LongLine:
    """The line at `offset`, of which `length` bytes were read."""
    stream.seek(offset + length)
    while data := stream.read(size):
        newline = data.find(b"\n")
        if newline >= 0:
            return LongLine(offset, length + newline)
        length += len(data)
    return LongLine(offset, length, ends_with_newline=False)

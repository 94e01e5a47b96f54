"""
Files as lines of bytes, split on `\\n` only.

Text mode and `splitlines` also split at a lone carriage return, U+2028, U+0085 and others, which may stand
inside JSON strings.
"""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

BLOCK_BYTES = 1 << 18
MAX_LINE_BYTES = 64 << 20


class Block(NamedTuple):
    """Whole lines, without their `\\n`, that stand together at `offset` bytes."""

    offset: int
    lines: list[bytes]
    ends_with_newline: bool = True


class LongLine(NamedTuple):
    """A line past the limit: skipped, never held in memory. `length` is its bytes without the newline."""

    offset: int
    length: int
    ends_with_newline: bool = True


class Readable(Protocol):
    """All that is asked of a stream."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; empty at the end."""


def blocks(stream: Readable, max_line: int = MAX_LINE_BYTES, size: int = BLOCK_BYTES) -> Iterator[Block | LongLine]:
    """The lines of a stream in blocks; holds one block and at most one unfinished line of `max_line` bytes."""
    offset = 0
    pending: list[bytes] = []  # the unfinished last line, in pieces: joining them at each read would be quadratic
    held = skipped = 0
    while chunk := stream.read(size):
        lines = chunk.split(b"\n")
        rest = lines.pop()
        if lines:
            may_be_long = bool(skipped) or held + len(chunk) > max_line
            if pending:
                lines[0] = b"".join((*pending, lines[0]))
                pending = []  # before anyone looks at the line: it may be long
            parts = _parted(offset, lines, skipped, max_line) if may_be_long else (Block(offset, lines),)
            yield from parts
            offset += skipped + held + len(chunk) - len(rest)
            pending, held, skipped = [], 0, 0
        if rest:
            pending.append(rest)
            held += len(rest)
        if skipped or held > max_line:
            skipped += held
            pending, held = [], 0
    if skipped:
        yield LongLine(offset, skipped + held, ends_with_newline=False)
    elif held:
        yield Block(offset, [b"".join(pending)], ends_with_newline=False)


def _parted(offset: int, lines: list[bytes], skipped: int, max_line: int) -> Iterator[Block | LongLine]:
    """Lines of which some may be too long; of the first, `skipped` bytes were dropped already."""
    block: list[bytes] = []
    start = offset
    for number, text in enumerate(lines):
        length = len(text) + (skipped if number == 0 else 0)
        end = offset + length + 1
        if length > max_line:
            if block:
                yield Block(start, block)
            yield LongLine(offset, length)
            block, start = [], end
        else:
            block.append(text)
        offset = end
    if block:
        yield Block(start, block)

"""
Files as lines of bytes, split on `\\n` only.

Text mode and `splitlines` also split at a lone carriage return, U+2028, U+0085 and others, which may stand
inside JSON strings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK_BYTES = 1 << 20
MAX_LINE_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines, without their `\\n`, that stand together at `offset` bytes; `first_line` counts from 1."""

    offset: int
    first_line: int
    lines: list[bytes]
    ends_with_newline: bool = True


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line past the limit: skipped, never held in memory. `length` is its bytes without the newline."""

    offset: int
    line: int
    length: int
    ends_with_newline: bool = True


def blocks(stream: BinaryIO, max_line: int = MAX_LINE_BYTES, size: int = BLOCK_BYTES) -> Iterator[Block | LongLine]:
    """The lines of a stream in blocks; holds one block and at most one unfinished line of `max_line` bytes."""
    size = max(1, min(size, max_line))  # so that only the first line of a read can be longer than the limit
    offset = 0
    line = 1
    pending: list[bytes] = []  # the unfinished last line, in pieces: joining them at each read would be quadratic
    held = skipped = 0
    while chunk := stream.read(size):
        cut = chunk.rfind(b"\n")
        if cut < 0:
            pending.append(chunk)
            held += len(chunk)
        else:
            first = chunk.find(b"\n")
            if skipped or held + first > max_line:
                length = skipped + held + first
                yield LongLine(offset, line, length)
                offset += length + 1
                line += 1
                pending, held, skipped = [], 0, 0
                chunk = chunk[first + 1 :]
                cut = chunk.rfind(b"\n")
            if cut >= 0:
                data = b"".join((*pending, chunk[:cut]))
                lines = data.split(b"\n")
                yield Block(offset, line, lines)
                offset += len(data) + 1
                line += len(lines)
                pending, held = [], 0
            rest = chunk[cut + 1 :]
            if rest:
                pending.append(rest)
                held = len(rest)
        if held > max_line:
            skipped += held
            pending, held = [], 0
    if skipped:
        yield LongLine(offset, line, skipped + held, ends_with_newline=False)
    elif held:
        yield Block(offset, line, [b"".join(pending)], ends_with_newline=False)

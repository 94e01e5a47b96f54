"""JSON Lines, arrays, and objects that span lines."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import orjson

from ftlint.sources.bounds import huge_number, too_deep
from ftlint.sources.explain import explain
from ftlint.sources.lines import MAX_LINE_BYTES, LongLine, blocks
from ftlint.sources.loose import spans
from ftlint.sources.parse import parse
from ftlint.transform.readers.base import Record

BETWEEN = b" \t\r\n,[]"
"""What may stand between the objects of an array."""
NESTED = re.compile(rb"\s*+\[\s*+\[")
WINDOW = 16 << 20
"""Bytes of an array that may be held in memory: a large one is not read as a whole."""
SHOWN = 2000
"""Bytes of a record that cannot be read that are kept for the sidecar."""


def lines(stream: BinaryIO, start: int) -> Iterator[Record]:
    """One record a line that is not blank."""
    for block in blocks(stream, start=start):
        if isinstance(block, LongLine):
            yield Record(None, f"a line of {block.length:,} bytes is too long")
            continue
        for line in block.lines:
            if line.strip():
                yield from records(line)


def records(raw: bytes) -> Iterator[Record]:
    """The record of some bytes; several where objects share them."""
    try:
        value = parse(raw)
    except ValueError:
        from ftlint.sources.explain import concatenated

        several = concatenated(raw)
        if several is None:
            yield broken(raw, _why(raw))
            return
        for start, end in several[1]:
            yield from records(raw[start:end])
        return
    if problem := too_deep(raw) or huge_number(raw):
        yield broken(raw, _lower(problem.message))
    elif _is_array_of_rows(value):
        yield from map(Record, value)
    else:
        yield Record(value)


def _is_array_of_rows(value: Any) -> bool:
    """An array of objects that are no messages, or of arrays, is a whole file on one line."""
    if not isinstance(value, list) or not value:
        return False
    first = value[0]
    return isinstance(first, list) or (isinstance(first, dict) and "role" not in first)


def _why(raw: bytes) -> str:
    if deep := too_deep(raw):
        return _lower(deep.message)
    try:
        orjson.loads(raw)
    except ValueError:
        return _lower(explain(raw).message)
    return "a key stands twice in one object"


def broken(raw: bytes, problem: str) -> Record:
    """A record that cannot be read."""
    return Record(raw[:SHOWN].decode(errors="backslashreplace"), problem)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def objects(stream: BinaryIO, start: int) -> Iterator[Record]:
    """The objects of an array, or one after another, over the whole file; what stands between them is told."""
    stream.fileno()  # puts what is held in memory on disk
    stream.flush()
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        end = let_go = start
        if len(data) <= MAX_LINE_BYTES and _is_one_value(data, start):
            yield from records(data[start:].strip())
            return
        for first, last, _ in spans(data):  # type: ignore[arg-type]  # has all that is asked of bytes
            yield from _between(data, end, first)
            yield from records(data[first:last])
            end = last
            if end - let_go > WINDOW:
                let_go = _let_go(data, end)
        yield from _between(data, end, len(data))


def _let_go(data: mmap.mmap, end: int) -> int:
    """Give back the memory of what was read, where the system takes it; where that ends."""
    whole = end // mmap.ALLOCATIONGRANULARITY * mmap.ALLOCATIONGRANULARITY
    if hasattr(mmap, "MADV_DONTNEED"):
        data.madvise(mmap.MADV_DONTNEED, 0, whole)
    return whole


def _is_one_value(data: mmap.mmap, start: int) -> bool:
    """Whether an array holds the messages of one row, or arrays of them: its objects are no rows."""
    if NESTED.match(data, start):
        return True
    first, last, closed = next(spans(data), (0, 0, False))  # type: ignore[arg-type]
    try:
        value = parse(data[first:last]) if closed and data[start:first].strip() == b"[" else None
    except ValueError:
        return False
    return isinstance(value, dict) and "role" in value and "messages" not in value


def _between(data: mmap.mmap, start: int, end: int) -> Iterator[Record]:
    if rest := data[start:end].strip(BETWEEN):
        yield broken(rest, "text that is no object")

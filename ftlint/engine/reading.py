"""A source as chunks of lines, with offsets that count from the start of the file, and a sample of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import orjson

from ftlint.formats.detect import SAMPLE_ROWS
from ftlint.sources.files import Source
from ftlint.sources.lines import BLOCK_BYTES, Block, LongLine, Readable, blocks

Chunk = Block | LongLine

MAX_LOOSE_BYTES = 1 << 30
"""Arrays and pretty-printed files are read whole, so there is an end to them; JSON Lines are read in blocks."""


def chunks_of(stream: Readable, start: int, max_line: int) -> Iterator[Chunk]:
    """The chunks of a stream that begins at byte `start` of its file."""
    return blocks(stream, max_line, start=start)


def numbered(source: Source, max_line: int) -> Iterator[tuple[int, bytes]]:
    """Every line of JSON Lines, or every object of another file, and its number; too long ones are left out."""
    number = 0
    if source.sniffed.layout == "lines":
        for chunk in chunks_of(source.stream, source.start, max_line):
            if not isinstance(chunk, Block):
                number += 1
                continue
            for raw in chunk.lines:
                number += 1
                yield number, raw
    elif source.sniffed.layout != "none" and source.size <= MAX_LOOSE_BYTES:
        from ftlint.sources.loose import spans

        source.stream.seek(source.start)
        data = source.stream.read()
        for number, (start, end, _) in enumerate(spans(data), 1):
            yield number, data[start:end]


def head_of(chunks: Iterable[Chunk]) -> list[Chunk]:
    """The first chunks, with lines enough to tell the rows' format by: one block, unless long lines come first."""
    head: list[Chunk] = []
    lines = held = 0
    for chunk in chunks:
        head.append(chunk)
        if isinstance(chunk, Block):
            lines += len(chunk.lines)
            held += len(chunk.data)
            if lines >= SAMPLE_ROWS or held > BLOCK_BYTES // 2:
                break
    return head


def sample_of_lines(head: list[Chunk]) -> Iterator[Any]:
    """The values of the first lines that parse."""
    for chunk in head:
        for line in chunk.lines[: 10 * SAMPLE_ROWS] if isinstance(chunk, Block) else ():
            try:
                yield orjson.loads(line)
            except orjson.JSONDecodeError:
                yield from sample_of_objects(line)  # several on one line, perhaps


def sample_of_objects(data: bytes) -> Iterator[Any]:
    """The values of the first objects of a text that is no JSON Lines."""
    from ftlint.sources.loose import spans

    for start, end, _ in islice(spans(data), SAMPLE_ROWS):
        try:
            yield orjson.loads(data[start:end])
        except orjson.JSONDecodeError:
            continue

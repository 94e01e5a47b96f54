"""A source as chunks of lines, with offsets that count from the start of the file, and a sample of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import orjson

from ftlint.formats.detect import SAMPLE_ROWS
from ftlint.sources.lines import BLOCK_BYTES, Block, LongLine, Readable, blocks

Chunk = Block | LongLine


def chunks_of(stream: Readable, start: int, max_line: int) -> Iterator[Chunk]:
    """The chunks of a stream that begins at byte `start` of its file."""
    return blocks(stream, max_line, start=start)


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

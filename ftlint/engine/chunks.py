"""The chunks of a file, scanned one after another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ftlint.engine.result import ChunkResult, Combine
from ftlint.engine.scan import Scanner
from ftlint.sources.lines import Block, LongLine

if TYPE_CHECKING:
    from ftlint.engine.cache import Cache


def scan_all(
    scanner: Scanner,
    chunks: Iterable[Block | LongLine],
    cache: Cache | None = None,
    combine: Combine | None = None,
) -> ChunkResult:
    """Scan the chunks of a file one after another, but for those whose results `cache` knows."""
    whole = ChunkResult()
    combine = combine or scanner.context.combine
    for chunk in chunks:
        if isinstance(chunk, LongLine):
            part = scanner.scan_long_line(chunk)
        else:
            part = scanner.scan_lines(chunk) if cache is None else cache.scan(chunk, scanner.scan_lines)
        part.move(chunk.offset)
        whole.absorb(part, combine)
    if cache is not None:
        cache.flush()
    return whole

"""The exact tokens of a row, and what a cut at the context limit would take from it."""

from __future__ import annotations

from typing import Any

from ftlint.core.types import Pointer
from ftlint.engine.context import NEAR, Context
from ftlint.rules.base import RowLength
from ftlint.tokens.framing import Images, RowTokens, row_tokens, segments


def measure(value: dict[str, Any], context: Context, images: Images) -> tuple[RowTokens, RowLength | None]:
    """Count a row of valid shape; the second part is None unless the row comes near the limit."""
    format = context.format or "chat"
    counted = row_tokens(value, format, context.count, images=images)
    limit = context.limit
    if limit is None or counted.total <= limit * NEAR:
        return counted, None
    position = lost = 0
    last: Pointer = ()
    for segment in segments(value, format, context.count, images=images):
        end = position + segment.tokens
        if segment.trained and segment.tokens:
            lost += max(0, end - max(limit, position))
            last = segment.pointer
        position = end
    return counted, RowLength(
        total=counted.total,
        limit=limit,
        trained=counted.trained,
        trained_lost=lost,
        last_trained=last,
        over_limit=context.target.profile.over_limit,
    )

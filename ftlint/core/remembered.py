"""What is worked out once for equal JSON, as long as it does not fill the memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Value = TypeVar("Value")

MAX_BYTES = 2 << 20
"""Of JSON for which something is kept: what is made of it takes many times as much."""


def remembered(work: Callable[[bytes], Value]) -> Callable[[bytes], Value]:
    """A function of JSON that works once for equal JSON; past `MAX_BYTES` it forgets, and begins anew."""
    kept: dict[bytes, Value] = {}
    held = 0

    @wraps(work)
    def look(encoded: bytes) -> Value:
        nonlocal held
        if encoded in kept:
            return kept[encoded]
        found = work(encoded)
        held += len(encoded)
        if held > MAX_BYTES:
            kept.clear()
            held = len(encoded)
        kept[encoded] = found
        return found

    look.cache_clear = kept.clear  # type: ignore[attr-defined]  # as of functools.cache, for tests
    return look

"""Where keys, tokens and passwords stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from ftlint.core.private.checks import CHECKS
from ftlint.core.private.shapes import SHAPES, Shape
from ftlint.core.private.spots import Spot

SHORTEST = 8
"""A shorter text holds none."""


def keys(text: str) -> Iterator[Spot]:
    """Every secret of a text as it stands, by shape and place."""
    if len(text) < SHORTEST:
        return
    for shape in SHAPES:
        if any(anchor in text for anchor in shape.anchors):
            for match in _compiled(shape.pattern).finditer(text):
                if spot := _spot(shape, match):
                    yield spot


def _spot(shape: Shape, match: re.Match[str]) -> Spot | None:
    groups = match.groupdict()
    start, end = match.span("secret" if "secret" in groups else 0)
    shown = groups.get("shown") or ""
    value = match.string[start:end]
    if not CHECKS[shape.check](value.removeprefix(shown)):
        return None
    digest = sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:8] if shape.digested else None
    return Spot(start, end, shape.title, shown, digest, f"[REDACTED {shape.title}]")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)

"""Where keys, tokens and passwords stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from ftlint.core.private.checks import CHECKS
from ftlint.core.private.shapes import SHAPES, Shape
from ftlint.core.private.spots import Spot

KNOWN = {
    # The one key of the storage emulator: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite
    "0011cc25eb4320717494d2703e8cba85743e71b500283c21c8b88147992f9059",
    # The keys of the examples: https://docs.stripe.com/api/authentication and https://docs.stripe.com/keys
    "2cafc0970149a84f3b9e62eaf169f36f59907a3b3e31f7b82e68c69cd27f7326",
    "f2d6ca16515033e5dce14eba840b979d27b5cbae24bb3e5bf484339667f86397",
}
"""Keys of documentation that look like others, by their SHA-256 (2026-11-25)."""
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
    of_part = "secret" in groups
    start, end = match.span("secret" if of_part else 0)
    shown = groups.get("shown") or ""
    value = match.string[start:end]
    if not CHECKS[shape.check](value.removeprefix(shown)):
        return None
    digest = sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    if digest in KNOWN:
        return None
    told = digest[:8] if shape.digested else None
    return Spot(start, end, shape.title, shown, told, f"[REDACTED {shape.title}]", of_part)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)

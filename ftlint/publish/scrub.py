"""The one place where secrets are taken out of what is printed or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "[secret]"
SHORTEST = 6
"""Characters of a secret that is looked for in texts; a shorter one would blot out words."""
SHAPES = re.compile(
    r"\bsk-[A-Za-z0-9_*-]{8,}"  # OpenAI's keys, and what its answers show of a wrong one
    r"|(?i:(?<=bearer )[A-Za-z0-9._~+/=-]{8,})"
    r"|(?i:(?<=api-key: )\S{8,})"
)


class Scrubber:
    """Takes the given secrets, and whatever has the shape of a key, out of a text."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({secret for secret in secrets if len(secret) >= SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known))) if known else None

    def __call__(self, text: str) -> str:
        """`text` without secrets."""
        if self._known is not None:
            text = self._known.sub(HIDDEN, text)
        return SHAPES.sub(HIDDEN, text)

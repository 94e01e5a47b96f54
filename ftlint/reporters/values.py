"""Values of a service as people read them: on one line, with nothing that steers a terminal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from ftlint.core.visible import visible

NONE = "-"
LONGEST = 2_000
"""Characters of one value that are shown."""


def moment(value: Any) -> str:
    """Seconds since 1970 as a moment of UTC; anything else as it is."""
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return shown(value)
    try:
        return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return shown(value)


def shown(value: Any) -> str:
    """One value on one line."""
    if value is None or value == "":
        return NONE
    if isinstance(value, float):
        return f"{value:.6g}"
    text = visible((value if isinstance(value, str) else json.dumps(value))[: LONGEST + 1])
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

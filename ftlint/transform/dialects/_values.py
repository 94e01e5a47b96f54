"""Values out of rows: what is read of them, and what is not."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from typing import Any

from ftlint.sources.parse import parse
from ftlint.transform.losses import Report


def listed(value: object) -> list[Any]:
    """A list; an empty one for whatever is none."""
    return value if isinstance(value, list) else []


def lose_rest(value: Mapping[str, Any], used: Container[str], where: str, report: Report) -> None:
    """Tell of what stands in an object beside what is read of it."""
    for key, item in value.items():
        if key not in used and item is not None:
            report("key", f"{where}{key}", item)


def as_json(value: object) -> str:
    """A value as JSON text, as Python's own module writes it. Raises ValueError for numbers that are none."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def from_json(text: str) -> Any:
    """The value of JSON text. Raises ValueError for what is none, repeats a key, or nests too deep."""
    return parse(text.encode())

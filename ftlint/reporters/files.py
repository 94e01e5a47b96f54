"""Files at a service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ftlint.reporters.columns import table
from ftlint.reporters.paint import Paint
from ftlint.reporters.values import moment, shown


def render_list(files: Sequence[dict[str, Any]], paint: Paint) -> Iterator[str]:
    """A line a file: which, what for, bytes, when, status, name."""
    if not files:
        return
    rows = [("file", "purpose", "bytes", "created", "status", "name")]
    for file in files:
        size = file.get("bytes")
        rows.append(
            (
                shown(file.get("id")),
                shown(file.get("purpose")),
                f"{size:,}" if isinstance(size, int) else shown(size),
                moment(file.get("created_at")),
                shown(file.get("status")),
                shown(file.get("filename")),
            )
        )
    yield from table(rows, paint, frozenset({2}))

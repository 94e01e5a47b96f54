"""What a baseline holds: how many findings, of which files and rules."""

from __future__ import annotations

from collections.abc import Iterator

from ftlint.core.visible import visible
from ftlint.engine.baseline import RUN, Baseline
from ftlint.reporters.columns import table
from ftlint.reporters.machine import dumps
from ftlint.reporters.paint import Paint
from ftlint.rules.index import entries

OF_RUN = "(the target)"
"""Stands for the file of what is said once a run."""


def render(baseline: Baseline, paint: Paint) -> Iterator[str]:
    """A line for each file and rule, and the sum."""
    rows = [("file", "rule", "name", "findings")]
    total = 0
    gone = set(baseline.gone())
    for path, counts in sorted(baseline.counts()):
        shown = OF_RUN if path == RUN else visible(path) + (" (gone)" if path in gone else "")
        for code, number in sorted(counts.items()):
            entry = entries().get(code)
            rows.append((shown, code, entry.name if entry else "", f"{number:,}"))
            total += number
    if total:
        yield from table(rows, paint, right=frozenset({3}))
    findings = "1 finding" if total == 1 else f"{total:,} findings"
    yield f"{findings} in {visible(str(baseline.place))}, recorded by ftlint {visible(baseline.tool)}"


def render_json(baseline: Baseline) -> Iterator[str]:
    """The same for programs; the empty path stands for what is said once a run."""
    gone = set(baseline.gone())
    files = [
        {"path": path, "exists": path not in gone, "findings": dict(sorted(counts.items()))}
        for path, counts in sorted(baseline.counts())
    ]
    yield dumps({"version": 1, "baseline": str(baseline.place), "tool": baseline.tool, "files": files}, indent=2)

"""For programs: the report as JSON, and one finding a line as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ftlint.engine.report import VERSION, Report


def render_json(report: Report) -> Iterator[str]:
    """
    The whole report, ASCII only, so that nothing in it can steer a terminal.

    One finding after another: 100,000 of them at once would take half a gigabyte.
    """
    before, after = dumps(report.to_dict(findings=False), indent=2).split('"findings": []')
    if not report.findings:
        yield f'{before}"findings": []{after}'
        return
    yield f'{before}"findings": ['
    last = len(report.findings) - 1
    for index, finding in enumerate(report.findings):
        lines = dumps(asdict(finding), indent=2).replace("\n", "\n    ")
        yield f"    {lines}{',' if index < last else ''}"
    yield f"  ]{after}"


def render_json_lines(report: Report) -> Iterator[str]:
    """
    One finding a line, with the version of the format in each.

    Behind them, where there are more than a report lists, a line for each such rule, with their number.
    """
    for finding in report.findings:
        yield dumps({"version": VERSION, **asdict(finding)})
    for one in report.unlisted:
        yield dumps({"version": VERSION, "unlisted": asdict(one)})


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON without what the runners of CI take for a command (`##[error]`, `##vso[…]`) wherever it stands."""
    return json.dumps(value, indent=indent, default=str).replace("##", "#\\u0023")

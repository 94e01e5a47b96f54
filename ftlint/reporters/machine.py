"""For programs: the report as JSON, and one finding a line as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from ftlint.engine.report import VERSION, Report


def render_json(report: Report) -> Iterator[str]:
    """The whole report; ASCII only, so that nothing in it can steer a terminal."""
    yield dumps(report.to_dict(), indent=2)


def render_json_lines(report: Report) -> Iterator[str]:
    """One finding a line, with the version of the format in each."""
    for finding in report.findings:
        yield dumps({"version": VERSION, **asdict(finding)})


def dumps(value: Any, indent: int | None = None) -> str:
    """JSON without what the runners of CI take for a command (`##[error]`, `##vso[…]`) wherever it stands."""
    return json.dumps(value, indent=indent, default=str).replace("##", "#\\u0023")

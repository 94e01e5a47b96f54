"""For programs: the report as JSON, and one finding a line as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from ftlint.engine.report import VERSION, Report


def render_json(report: Report) -> Iterator[str]:
    """The whole report; ASCII only, so that nothing in it can steer a terminal."""
    yield json.dumps(report.to_dict(), indent=2)


def render_json_lines(report: Report) -> Iterator[str]:
    """One finding a line, with the version of the format in each."""
    for finding in report.findings:
        yield json.dumps({"version": VERSION, **asdict(finding)})

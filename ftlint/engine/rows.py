"""The rows of a file by their numbers, and the first of them that no finding calls wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, NamedTuple

from ftlint.config.datasets import without_budget
from ftlint.config.load import Configuration
from ftlint.core.errors import FtlintError
from ftlint.engine.reading import numbered
from ftlint.engine.report import Report
from ftlint.engine.run import run
from ftlint.formats.detect import format_of
from ftlint.profiles.model import FormatName
from ftlint.sources.files import open_source


class Chosen(NamedTuple):
    """Rows and the numbers by which people find them: of their lines, or where a file is no JSON Lines of the rows."""

    format: FormatName
    rows: list[tuple[int, dict[str, Any]]]
    wrong: list[int]
    """Rows before the last of them that have an error, or another format, and are left out."""


def first_rows(path: str, configuration: Configuration, count: int) -> Chosen:
    """
    The first rows of a file without an error, `count` of them or fewer.

    Raises FtlintError when the file cannot be read, or its rows have no known format.
    """
    settings = replace(without_budget(configuration.settings), validation=None, grader=None, totals=False)
    report = run((path,), replace(configuration, settings=settings), excerpts=False)
    if report.failures:
        raise FtlintError(report.failures[0])
    if len(report.files) != 1:
        raise FtlintError(f"{path} is not one file")
    format = report.files[0].format
    if format is None:
        raise FtlintError(f"the rows of {path} have no known format; ftlint check says more")
    like = "chat" if format == "reinforcement" else format
    with open_source(path) as source:
        by_line = source.sniffed.layout == "lines"
        errors = _errors(report, by_line)
        last = _last_certain(report, by_line)
        chosen = Chosen(format, [], [])
        for number, raw in numbered(source, settings.max_line_bytes):
            if len(chosen.rows) == count or number > last:
                break
            if not raw.strip():
                continue
            value = None if number in errors else _parsed(raw)
            if isinstance(value, dict) and format_of(value) == like:
                chosen.rows.append((number, value))
            else:
                chosen.wrong.append(number)
    return chosen


def _errors(report: Report, by_line: bool) -> set[int]:
    numbers = (finding.line if by_line else finding.row for finding in report.findings if finding.severity == "error")
    return {number for number in numbers if number is not None}


def _last_certain(report: Report, by_line: bool) -> float:
    """The last row of which all errors are listed: of those of a rule that has very many, not all are."""
    cut = {one.code for one in report.unlisted if one.severity == "error"}
    ends: dict[str, int] = {}
    for finding in report.findings:
        number = finding.line if by_line else finding.row
        if finding.code in cut and number is not None:
            ends[finding.code] = max(ends.get(finding.code, 0), number)
    return min((ends.get(code, 0) for code in cut), default=float("inf"))


def _parsed(raw: bytes) -> Any:
    """The value of a row, None where it has none, or holds half a character, which no request can."""
    try:
        value = json.loads(raw)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return value

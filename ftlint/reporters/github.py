"""
GitHub workflow commands: one annotation a finding, and the findings as text for the log.

GitHub shows 10 errors and 10 warnings of a step and drops the rest in silence (github.com/actions/toolkit,
pull request 734), so past 10 of a severity there is one annotation a rule, with the number of its findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftlint.core.visible import visible
from ftlint.engine.finding import Finding
from ftlint.engine.report import Report
from ftlint.reporters.text import unlisted

LEVEL = {"error": "error", "warning": "warning", "info": "notice"}
MAX_ANNOTATIONS = 10


def render(report: Report) -> Iterator[str]:
    """Annotations first, then every finding on a line of its own."""
    more = {one.code for one in report.unlisted}
    for severity in LEVEL:
        findings = [finding for finding in report.findings if finding.severity == severity]
        if len(findings) <= MAX_ANNOTATIONS and not any(finding.code in more for finding in findings):
            yield from (_command(finding, finding.message) for finding in findings)
            continue
        by_rule: dict[str, list[Finding]] = {}
        for finding in findings:
            by_rule.setdefault(finding.code, []).append(finding)
        for code, group in by_rule.items():
            count = len(group) + report.more_of(code)
            several = f" ({count:,} findings, this is the first)" if count > 1 else ""
            yield _command(group[0], group[0].message + several)
    for finding in report.findings:
        place = "".join(f":{number}" for number in (finding.line, finding.column) if number is not None)
        # Not at the start of a line, where `::` begins a command; `##[` is closed where all output is written.
        whose = f" [{finding.dataset}]" if finding.dataset is not None else ""
        yield "| " + visible(f"{finding.path}{place} {finding.severity} {finding.code} {finding.message}{whose}")
    yield from (f"| {line}" for line in unlisted(report))


def escape(text: str) -> str:
    """The data of a command, as github.com/actions/toolkit escapes it."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """The value of a command's property."""
    return escape(text).replace(":", "%3A").replace(",", "%2C")


def _command(finding: Finding, message: str) -> str:
    properties = [f"title={finding.code} {finding.name}", f"file={escape_property(finding.path)}"]
    if finding.dataset is not None:
        message = f"{message} [{finding.dataset}]"
    if finding.line is not None:
        properties.append(f"line={finding.line}")
        properties.append(f"col={finding.column or 1}")
        if finding.end_column is not None:
            properties.append(f"endColumn={finding.end_column}")
    return f"::{LEVEL[finding.severity]} {','.join(properties)}::{escape(message)}"

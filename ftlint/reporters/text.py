"""For people: every finding with the text around it, one line a finding, or one block a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import combining, east_asian_width

from ftlint.core.visible import visible
from ftlint.engine.report import Excerpt, Finding, Report
from ftlint.engine.selection import CODES
from ftlint.reporters.paint import Paint, spelt

ORDER = {"error": 0, "warning": 1, "info": 2}
SAMPLES = 3
Indexed = tuple[int, Finding]


def full(report: Report, paint: Paint, per_rule: int | None) -> Iterator[str]:
    """Every finding, errors first, with the text around it, the remedy and the provider's own words."""
    explained: set[str] = set()
    for index, finding in _limited(_sorted(report), per_rule):
        yield from told(finding, report.excerpts.get(index), paint)
        provider_error = CODES[finding.code].provider_error
        if provider_error and finding.code not in explained:
            yield f"      {paint('=', 'dim')} a provider's words: {provider_error}"
        explained.add(finding.code)
    yield from _hidden(report, per_rule)
    yield from _footer(report, paint)


def told(finding: Finding, excerpt: Excerpt | None, paint: Paint) -> Iterator[str]:
    """One finding with the text around it and the remedy."""
    yield _headline(finding, paint)
    yield from _excerpt(finding, excerpt, paint)
    if finding.help:
        yield f"      {paint('=', 'dim')} help: {visible(finding.help)}"


def concise(report: Report, paint: Paint, per_rule: int | None) -> Iterator[str]:
    """One line a finding, errors first."""
    for _, finding in _limited(_sorted(report), per_rule):
        yield _headline(finding, paint)
    yield from _hidden(report, per_rule)
    yield from _footer(report, paint)


def grouped(report: Report, paint: Paint, per_rule: int | None) -> Iterator[str]:
    """One block a rule, errors first: how many, how many rows, the first places."""
    groups: dict[str, list[Indexed]] = {}
    for index, finding in _sorted(report):
        groups.setdefault(finding.code, []).append((index, finding))
    samples = SAMPLES if per_rule is None else per_rule or len(report.findings)
    for code, group in groups.items():
        yield from _block(report, code, group, samples, paint)
        yield ""
    yield from _footer(report, paint)


def statistics(report: Report, paint: Paint) -> Iterator[str]:
    """How many findings of each rule, most frequent first."""
    counts: dict[str, list[Finding]] = {}
    for finding in report.findings:
        counts.setdefault(finding.code, []).append(finding)
    width = max((len(f"{len(group):,}") for group in counts.values()), default=0)
    for code, group in sorted(counts.items(), key=lambda item: (-len(item[1]), item[0])):
        severity = group[0].severity
        yield f"{len(group):>{width},}  {paint(code, 'code')}  {paint(f'{severity:7}', severity)}  {group[0].name}"


def _block(report: Report, code: str, group: list[Indexed], samples: int, paint: Paint) -> Iterator[str]:
    severity = group[0][1].severity
    rows = {(finding.path, finding.row) for _, finding in group}
    paths = {path for path, _ in rows}
    total = sum(file.rows for file in report.files if file.path in paths)
    known = total and all(row is not None for _, row in rows)  # a finding about a whole file has none
    share = f" in {len(rows):,} of {total:,} rows ({_percent(len(rows), total)})" if known else ""
    count = "1 finding" if len(group) == 1 else f"{len(group):,} findings"
    yield f"{paint(code, 'code')} {paint(CODES[code].name, 'bold')} {paint(severity, severity)}: {count}{share}"
    for index, finding in group[:samples]:
        yield f"  {_place(finding, paint)} {visible(finding.message)}"
        if index == group[0][0]:
            yield from _excerpt(finding, report.excerpts.get(index), paint)
    if len(group) > samples:
        yield f"  … and {len(group) - samples:,} more"
    if help := group[0][1].help:
        yield f"  {paint('=', 'dim')} help: {visible(help)}"
    if error := CODES[code].provider_error:
        yield f"  {paint('=', 'dim')} a provider's words: {error}"


def _sorted(report: Report) -> list[Indexed]:
    return sorted(enumerate(report.findings), key=lambda item: (ORDER[item[1].severity], item[0]))


def _limited(findings: Iterable[Indexed], per_rule: int | None) -> Iterator[Indexed]:
    shown: dict[str, int] = {}
    for index, finding in findings:
        shown[finding.code] = shown.get(finding.code, 0) + 1
        if not per_rule or shown[finding.code] <= per_rule:
            yield index, finding


def _hidden(report: Report, per_rule: int | None) -> Iterator[str]:
    hidden = len(report.findings) - sum(1 for _ in _limited(enumerate(report.findings), per_rule))
    if hidden:
        yield f"… and {hidden:,} more findings; --max-per-rule 0 shows all"


def _headline(finding: Finding, paint: Paint) -> str:
    severity = paint(finding.severity, finding.severity)
    return f"{_place(finding, paint)} {severity} {paint(finding.code, 'code')} {visible(finding.message)}"


def _place(finding: Finding, paint: Paint) -> str:
    place = "".join(f":{number}" for number in (finding.line, finding.column) if number is not None)
    return paint(spelt(finding.path), "path") + place


def _excerpt(finding: Finding, excerpt: Excerpt | None, paint: Paint) -> Iterator[str]:
    if excerpt is None or not excerpt.text:
        return
    number = f"{finding.line:>5}"
    yield f"{number} {paint('|', 'dim')} {excerpt.text}"
    marked = excerpt.text[excerpt.start : excerpt.end]
    underline = " " * _cells(excerpt.text[: excerpt.start]) + "^" * max(1, _cells(marked))
    yield f"{' ' * len(number)} {paint('|', 'dim')} {paint(underline, 'mark')}"


def _cells(text: str) -> int:
    """Columns of a terminal that a text takes: two for a wide character, none for a combining one."""
    return sum(0 if combining(char) else 1 + (east_asian_width(char) in "WF") for char in text)


def _footer(report: Report, paint: Paint) -> Iterator[str]:
    summary = report.summary
    counts = ((summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "note"))
    found = [f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count]
    if not found:
        return
    affected = sum(details.rows_affected for details in report.details.values())
    rows = "1 row" if summary.rows == 1 else f"{summary.rows:,} rows"
    rows = f"{affected:,} of {rows}" if affected else rows
    grader = next((file.path for file in report.files if file.purpose == "grader"), None)
    if any(finding.path == grader for finding in report.findings):
        rows = f"{rows} and the grader" if any(finding.path != grader for finding in report.findings) else "the grader"
    checked = summary.files - (grader is not None)
    files = "" if checked == 1 or rows == "the grader" else f", {checked:,} files"
    assumed = ""
    if common := next((file for file in report.files if file.format and file.model is None), None):
        assumed = f" Checked by the common rules of {common.provider}"
        more = "; --model names a model, with its limits and its price."
        assumed += more if report.details[common.path].lists_models else "."
    yield f"{paint('Found ' + ', '.join(found), 'bold')} in {rows}{files}.{assumed}"


def _percent(part: int, whole: int) -> str:
    share = part / whole
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"

"""For people: every finding with the text around it, one line a finding, or one block a rule with its defects."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from unicodedata import combining, east_asian_width

from ftlint.core.visible import visible
from ftlint.engine.finding import Excerpt, Finding
from ftlint.engine.report import FileKey, Report
from ftlint.engine.selection import CODES
from ftlint.reporters.defects import Defect, Indexed, by_rule, defects, repeated
from ftlint.reporters.paint import Paint, spelt

ORDER = {"error": 0, "warning": 1, "info": 2}
KINDS = 5
"""Defects of a rule that are shown."""
SAMPLES = 3
"""Places of a defect that are shown."""


def full(report: Report, paint: Paint, per_rule: int | None, *, collapse: bool = False) -> Iterator[str]:
    """
    Every finding, errors first, with the text around it, the remedy and the provider's own words.

    With `collapse`, what repeats in most rows of a file is said once, with its number and its first places.
    """
    rows = {file.key: file.rows for file in report.files}
    repeats = repeated(_sorted(report), rows) if collapse else {}
    once = (item for item in _sorted(report) if item[0] not in repeats or repeats[item[0]].findings[0] == item)
    explained: set[str] = set()
    hidden = len(report.findings)
    for index, finding in _limited(once, per_rule):
        defect = repeats.get(index) or Defect([(index, finding)])
        hidden -= len(defect.findings)
        yield _headline(finding, paint, defect.message)
        yield from _excerpt(finding, report.excerpts.get(index), paint)
        if index in repeats:
            yield from _repeats(defect, rows, (1, SAMPLES), paint)
        yield from _remedy(finding, paint)
        provider_error = CODES[finding.code].rule.provider_error
        if provider_error and finding.code not in explained:
            yield f"      {paint('=', 'dim')} a provider's words: {provider_error}"
        explained.add(finding.code)
    yield from _hidden(hidden)
    yield from unlisted(report)
    yield from _footer(report, paint)


def told(finding: Finding, excerpt: Excerpt | None, paint: Paint) -> Iterator[str]:
    """One finding with the text around it and the remedy."""
    yield _headline(finding, paint, finding.message)
    yield from _excerpt(finding, excerpt, paint)
    yield from _remedy(finding, paint)


def _remedy(finding: Finding, paint: Paint) -> Iterator[str]:
    if finding.help:
        yield f"      {paint('=', 'dim')} help: {visible(finding.help)}"


def concise(report: Report, paint: Paint, per_rule: int | None) -> Iterator[str]:
    """One line a finding, errors first."""
    hidden = len(report.findings)
    for _, finding in _limited(_sorted(report), per_rule):
        hidden -= 1
        yield _headline(finding, paint, finding.message)
    yield from _hidden(hidden)
    yield from unlisted(report)
    yield from _footer(report, paint)


def grouped(report: Report, paint: Paint, per_rule: int | None) -> Iterator[str]:
    """One block a rule, errors first: how many, in how many rows, and each of its most frequent defects once."""
    rows = {file.key: file.rows for file in report.files}
    for found in by_rule(defects(_sorted(report))):
        yield from _block(report, found, rows, per_rule, paint)
        yield ""
    yield from unlisted(report)
    yield from _footer(report, paint)


def statistics(report: Report, paint: Paint) -> Iterator[str]:
    """How many findings of each rule, most frequent first."""
    counts: dict[str, list[Finding]] = {}
    for finding in report.findings:
        counts.setdefault(finding.code, []).append(finding)
    numbers = {code: len(group) + report.more_of(code) for code, group in counts.items()}
    width = max((len(f"{number:,}") for number in numbers.values()), default=0)
    for code, number in sorted(numbers.items(), key=lambda item: (-item[1], item[0])):
        first = counts[code][0]
        severity = paint(f"{first.severity:7}", first.severity)
        yield f"{number:>{width},}  {paint(code, 'code')}  {severity}  {first.name}"


def unlisted(report: Report) -> Iterator[str]:
    """How many findings there are beyond those that the report lists."""
    more: dict[str, int] = {}
    for one in report.unlisted:
        more[one.code] = more.get(one.code, 0) + one.findings - one.listed
    if more:
        each = ", ".join(f"{count:,} of {code}" for code, count in sorted(more.items()))
        yield f"… and {_many(sum(more.values()), 'more finding')} counted, not listed: {each}"


def _block(
    report: Report, found: list[Defect], rows: Mapping[FileKey, int], per_rule: int | None, paint: Paint
) -> Iterator[str]:
    whole = Defect([item for defect in found for item in defect.findings])
    code, severity = whole.first.code, whole.first.severity
    files = whole.by_file()
    more = {one.key: one for one in report.unlisted if (one.code, one.severity) == (code, severity)}
    count = len(whole.findings) + sum(one.findings - one.listed for one in more.values())
    affected = sum(more[file].rows if file in more else part.rows for file, part in files.items())
    where = _share(affected, sum(rows[file] for file in files)) + ("" if len(files) == 1 else f", {len(files):,} files")
    title = f"{paint(code, 'code')} {paint(CODES[code].name, 'bold')} {paint(severity, severity)}"
    yield f"{title}: {_many(count, 'finding')}{where}"
    helps = {finding.help for _, finding in whole.findings}
    shown, places = _budget(per_rule, len(found), KINDS)
    for number, defect in enumerate(found[:shown]):
        listed = defect.findings if len(defect.findings) <= places else defect.findings[:1]
        for index, finding in listed:
            message = finding.message if len(listed) == len(defect.findings) else defect.message
            yield f"  {_place(finding, paint)} {visible(message)}{_whose(finding, paint)}"
            if number == 0 and index == listed[0][0]:
                yield from _excerpt(finding, report.excerpts.get(index), paint)
        if len(listed) < len(defect.findings):
            budget = _budget(per_rule and places, len(defect.by_file()), SAMPLES)
            counted = len(found) > 1 or len(files) > 1
            yield from _repeats(defect, rows, budget, paint, counted=counted, more=more)
        if len(helps) > 1 and defect.first.help:
            yield f"      {paint('=', 'dim')} help: {visible(defect.first.help)}"
    if len(found) > shown:
        rest = sum(len(defect.findings) for defect in found[shown:])
        least = "at least " if more else ""
        kinds = f"{least}{_many(len(found) - shown, 'more kind')} ({least}{_many(rest, 'finding')})"
        yield f"  … and {kinds}; --max-per-rule 0 shows all"
    if len(helps) == 1 and (help := whole.first.help):
        yield f"  {paint('=', 'dim')} help: {visible(help)}"
    if error := CODES[code].rule.provider_error:
        yield f"  {paint('=', 'dim')} a provider's words: {error}"


def _repeats(
    defect: Defect,
    rows: Mapping[FileKey, int],
    budget: tuple[int, int],
    paint: Paint,
    *,
    counted: bool = True,
    more: Container[FileKey] = (),
) -> Iterator[str]:
    """
    How often a defect stands in each of its files, in which share of the rows, and where first.

    Of files in `more`, not every finding is listed: nobody knows which defects the others are.
    """
    shown, places = budget
    files = defect.by_file()
    for file, part in list(files.items())[:shown]:
        count = len(part.findings)
        often = f"at least {_many(count, 'time')}"
        if file not in more:
            often = _many(count, "time") + _share(part.rows, rows[file])
        parts = [often] if counted else []
        first = [_numbers(finding) for _, finding in part.findings[:places] if finding.line is not None]
        if len(first) > 1 or len(files) > 1:  # of one file, the first place stands above
            parts.append(f"{'first at' if len(first) < count or file in more else 'at'} {', '.join(first)}")
        name = "" if len(files) == 1 else f"{spelt(part.first.path)}{_whose(part.first, paint)}: "
        if parts:
            yield f"      {paint('=', 'dim')} {name}{', '.join(parts)}"
    if len(files) > shown:
        yield f"      {paint('=', 'dim')} and {_many(len(files) - shown, 'more file')}"


def _budget(limit: int | None, groups: int, most: int) -> tuple[int, int]:
    """How many groups to show, and how many places of each, so that no more than `limit` (0: all) are shown."""
    if limit is None:
        return most, SAMPLES
    shown = min(limit, groups)
    return (shown, limit // shown) if shown else (groups, sys.maxsize)


def _share(part: int, whole: int) -> str:
    """` in 12 of 250 rows (5%)`; nothing for what is about whole files."""
    if not part:
        return ""
    share = part / whole
    percent = "<1%" if 0 < share < 0.005 else f"{share:.0%}"
    return f" in {part:,} of {_many(whole, 'row')} ({percent})"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _sorted(report: Report) -> list[Indexed]:
    return sorted(enumerate(report.findings), key=lambda item: (ORDER[item[1].severity], item[0]))


def _limited(findings: Iterable[Indexed], per_rule: int | None) -> Iterator[Indexed]:
    shown: dict[str, int] = {}
    for index, finding in findings:
        shown[finding.code] = shown.get(finding.code, 0) + 1
        if not per_rule or shown[finding.code] <= per_rule:
            yield index, finding


def _hidden(count: int) -> Iterator[str]:
    if count:
        yield f"… and {_many(count, 'more finding')}; --max-per-rule 0 shows all"


def _headline(finding: Finding, paint: Paint, message: str) -> str:
    severity = paint(finding.severity, finding.severity)
    return (
        f"{_place(finding, paint)} {severity} {paint(finding.code, 'code')} {visible(message)}{_whose(finding, paint)}"
    )


def _whose(finding: Finding, paint: Paint) -> str:
    """The dataset that a file was checked for."""
    return f" {paint(f'[{visible(finding.dataset)}]', 'dim')}" if finding.dataset is not None else ""


def _place(finding: Finding, paint: Paint) -> str:
    numbers = _numbers(finding)
    return paint(spelt(finding.path), "path") + (f":{numbers}" if numbers else "")


def _numbers(finding: Finding) -> str:
    return ":".join(str(number) for number in (finding.line, finding.column) if number is not None)


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
    graders = {file.key for file in report.files if file.purpose == "grader"}
    if any(finding.key in graders for finding in report.findings):
        others = any(finding.key not in graders for finding in report.findings)
        rows = f"{rows} and the grader" if others else "the grader"
    checked = sum(file.purpose in ("training", "validation") for file in report.files)
    files = "" if checked == 1 or rows == "the grader" else f", {checked:,} files"
    assumed = ""
    if common := next((file for file in report.files if file.format and file.model is None), None):
        assumed = f" Checked by the common rules of {common.provider}"
        more = "; --model names a model, with its limits and its price."
        assumed += more if report.details[common.key].lists_models else "."
    yield f"{paint('Found ' + ', '.join(found), 'bold')} in {rows}{files}.{assumed}"

"""A provider's error message explained: for people, and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ftlint.core.visible import masked, shorten, visible
from ftlint.engine.explain import Explanation, Looked, ShownRow
from ftlint.engine.finding import Finding
from ftlint.profiles.errors import KnownError
from ftlint.reporters import pages, text
from ftlint.reporters.machine import dumps
from ftlint.reporters.paint import Paint, spelt
from ftlint.rules.base import Rule

VERSION = 1
KIND = re.compile(r"^(?:None|Safe|Unsafe): ")
"""How the section about a rule's fix begins."""
MAX_ERRORS = 20
MAX_FINDINGS = 20
MAX_NUMBERS = 20
"""Messages, findings of a row, and numbers in a list that are shown; JSON holds them all."""
QUOTED = 200
ROW = 160
"""Characters shown of a message, and of a row that no finding speaks of."""


def render_text(
    explanations: Sequence[Explanation], near: Sequence[KnownError], looked: Looked | None, content: bool, paint: Paint
) -> Iterator[str]:
    """One block a message, then what the file holds; for an unknown text the messages near it."""
    if not explanations:
        yield "No message in this text is known."
        for error in near:
            yield f"  near: {visible(error.text)} ({_rules(error)})"
        yield "  `ftlint check FILE` lists everything that is wrong with a file, whatever the provider says."
    for one in explanations[:MAX_ERRORS]:
        yield from _block(one, paint)
        yield ""
    if len(explanations) > MAX_ERRORS:
        yield f"… and {len(explanations) - MAX_ERRORS:,} more messages"
    if looked is not None:
        yield from _file(explanations, looked, content, paint)


def render_json(
    explanations: Sequence[Explanation], near: Sequence[KnownError], looked: Looked | None
) -> Iterator[str]:
    """Everything as JSON; of the file the findings alone, never its content."""
    errors = [
        {
            "message": masked(one.quote),
            "rules": [{"code": rule.code, "name": rule.name, "summary": pages.summary(rule)} for rule in one.rules],
            "rows": list(one.rows),
            "counts_from": one.counts_from,
            "named": {name: masked(value) for name, value in one.named.items()},
            "cause": _cause(one),
            "remedy": _remedy(one),
            "by": one.error.by,
            "source": one.error.source,
            "seen": one.error.seen,
        }
        for one in explanations
    ]
    document: dict[str, Any] = {"version": VERSION, "errors": errors, "near": [error.text for error in near]}
    if looked is not None:
        rows = [
            {"row": row.number, "exists": row.head is not None, "findings": [asdict(item) for _, item in row.findings]}
            for row in looked.rows
        ]
        elsewhere = {code: [asdict(item) for item in found] for code, found in looked.elsewhere.items()}
        unlisted = [asdict(one) for one in looked.report.unlisted]
        document["file"] = {"path": looked.path, "rows": rows, "elsewhere": elsewhere, "unlisted": unlisted}
    yield dumps(document, indent=2)


def _block(one: Explanation, paint: Paint) -> Iterator[str]:
    yield paint(shorten(one.quote, QUOTED), "bold")
    for rule in one.rules:
        yield f"  {paint(rule.code, 'code')} {rule.name} ({_level(rule)}): {pages.summary(rule)}"
    if not one.rules and not one.error.fallback:
        yield "  no rule of ftlint finds this"
    if where := _where(one):
        yield f"  where: {where}"
    yield f"  cause: {_cause(one)}"
    if remedy := _remedy(one):
        yield f"  remedy: {remedy}"
    seen = f", {one.error.seen}" if one.error.seen else ""
    yield f"  said by: {one.error.by}{seen} ({one.error.source})"
    if one.rules:
        yield f"  more: ftlint rule {one.rules[0].code}"


def _level(rule: type[Rule]) -> str:
    return rule.severity.label if rule.default else "off by default"


def _where(one: Explanation) -> str:
    """`row 101 (the message counts from 0), message 2, key "role"`."""
    parts = []
    if one.rows:
        shown = ", ".join(f"{number}" for number in one.rows[:MAX_NUMBERS])
        more = f" and {len(one.rows) - MAX_NUMBERS:,} more" if len(one.rows) > MAX_NUMBERS else ""
        counted = {
            0: "the message counts from 0, ftlint from 1",
            1: "counted from 1",
            None: "if the message counts from 1; how it counts is not known",
        }
        parts.append(f"row{'s' if len(one.rows) > 1 else ''} {shown}{more} ({counted[one.counts_from]})")
    for name in ("message", "column"):
        if value := one.named.get(name):
            parts.append(f"{name} {visible(value)}")
    for name in ("key", "role", "token", "model", "method", "category"):
        if value := one.named.get(name):
            parts.append(f"{name} {shorten(value)}")
    return ", ".join(parts)


def _cause(one: Explanation) -> str:
    if one.error.cause or not one.rules:
        return one.error.cause or ""
    return pages.part(one.rules[0], "Why it matters", paragraphs=1)


def _remedy(one: Explanation) -> str:
    if one.error.remedy or not one.rules:
        return one.error.remedy or ""
    return one.rules[0].help or KIND.sub("", pages.part(one.rules[0], "Fix", paragraphs=1))


def _rules(error: KnownError) -> str:
    return ", ".join(error.rules) or "no rule"


def _file(explanations: Sequence[Explanation], looked: Looked, content: bool, paint: Paint) -> Iterator[str]:
    for row in looked.rows:
        yield from _row(row, looked, content, paint)
    asked = {number for one in explanations for number in one.rows}
    if len(asked) > len(looked.rows):
        yield f"… and {len(asked) - len(looked.rows):,} more rows"
    for code, found in looked.elsewhere.items():
        places = _places(found, bool(looked.rows), bool(looked.report.more_of(code)))
        yield f"{paint(code, 'code')} in {spelt(looked.path)}: {places}"
    named = {rule.code for one in explanations if not one.rows for rule in one.rules}
    if named and not looked.elsewhere and not looked.rows:
        yield f"{spelt(looked.path)}: nothing is found of {', '.join(sorted(named))}"


def _row(row: ShownRow, looked: Looked, content: bool, paint: Paint) -> Iterator[str]:
    place = f"{paint(spelt(looked.path), 'path')}:{row.number}"
    if row.head is None and not row.findings:
        rows = sum(file.rows for file in looked.report.files)
        yield f"{place}: the file has no such row; it has {rows:,}"
        return
    for index, finding in row.findings[:MAX_FINDINGS]:
        yield from text.told(finding, looked.report.excerpts.get(index), paint)
    if len(row.findings) > MAX_FINDINGS:
        yield f"{place}: … and {len(row.findings) - MAX_FINDINGS:,} more findings"
    if row.findings:
        return
    if looked.report.unlisted:
        listed = f"the {len(looked.report.findings):,} findings that are listed"
        yield f"{place}: nothing of this row is among {listed}; there are more"
    else:
        yield f"{place}: nothing is found in this row"
    if content and row.head is not None:
        head = masked(row.head.decode(errors="replace"))
        yield f"      {paint('|', 'dim')} {visible(head[:ROW])}{'…' if len(head) > ROW else ''}"


def _places(found: Sequence[Finding], other: bool, more_than_listed: bool) -> str:
    lines = list(dict.fromkeys(finding.line for finding in found if finding.line is not None))
    if not lines:
        return visible(found[0].message)
    shown = ", ".join(f"{line}" for line in lines[:MAX_NUMBERS])
    least = "at least " if more_than_listed else ""
    more = f" and {least}{len(lines) - MAX_NUMBERS:,} more" if len(lines) > MAX_NUMBERS else ""
    return f"{'also ' if other else ''}in line{'s' if len(lines) > 1 else ''} {shown}{more}"

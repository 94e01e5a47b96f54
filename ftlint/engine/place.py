"""From a hit to a finding: line, column and the text around it, read from the file again."""

from __future__ import annotations

import re
from string import ascii_letters, digits
from typing import BinaryIO

from ftlint.core.positions import locate, part_of
from ftlint.core.types import Problem, render_pointer
from ftlint.core.visible import LONGEST_WORD, elide, payloads, visible
from ftlint.engine.finding import Excerpt, Finding, ReportedFix
from ftlint.engine.result import Hit
from ftlint.engine.selection import CODES

AROUND = 40
"""Characters shown on each side of the place."""
MAX_MARK = 40
RUN = re.compile(r"[A-Za-z0-9+/=_%\\-]*")
BASE64 = ascii_letters + digits + "+/=_%\\-"


def finding_of_file(path: str, problem: Problem, severity: str) -> Finding:
    """A finding about the whole file."""
    return _finding(path, problem, severity, None, None, None, None)


def finding_unplaced(path: str, hit: Hit) -> Finding:
    """A finding about a row that is counted and not shown: its column is not worked out."""
    row = hit.place.row or None
    return _finding(path, hit.problem, hit.severity.label, row, hit.place.line, None, None)


def finding_at(path: str, hit: Hit, stream: BinaryIO, excerpt: bool) -> tuple[Finding, Excerpt | None]:
    """A finding about a row, with its line and column; the excerpt when it is asked for."""
    stream.seek(hit.place.offset)
    raw = stream.read(hit.place.length)
    text = raw.decode(errors="replace")
    start, end = _span(hit.problem, raw, text)
    before = text[:start]
    line_start = before.rfind("\n") + 1
    line = hit.place.line + before.count("\n")
    prefix = hit.place.prefix if line_start == 0 else 0
    column = start - line_start + 1 + prefix
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    end_column = max(min(end, line_end), start) - line_start + 1 + prefix
    row = hit.place.row or None  # a grader's file has no rows
    finding = _finding(path, hit.problem, hit.severity.label, row, line, column, end_column)
    shown = _excerpt(text[line_start:line_end].rstrip("\r"), start - line_start, min(end, line_end) - line_start)
    return finding, shown if excerpt else None


def _finding(
    path: str,
    problem: Problem,
    severity: str,
    row: int | None,
    line: int | None,
    column: int | None,
    end: int | None,
) -> Finding:
    entry = CODES[problem.code]
    fix = problem.fix
    pointer = problem.pointer if line is not None else None
    return Finding(
        code=problem.code,
        name=entry.name,
        severity=severity,  # type: ignore[arg-type]  # a Severity's label
        message=elide(problem.message),
        help=problem.help or entry.rule.help,
        path=path,
        row=row,
        line=line,
        column=column,
        end_column=end,
        pointer=None if pointer is None else render_pointer(pointer),
        fix=ReportedFix(title=fix.title, applicability=fix.applicability) if fix else None,
    )


def _span(problem: Problem, raw: bytes, text: str) -> tuple[int, int]:
    """The place in characters of the row's text."""
    if problem.span is not None:
        start, end = problem.span
        first = len(raw[:start].decode(errors="replace"))
        return first, first + len(raw[start:end].decode(errors="replace"))
    if problem.pointer is None:
        return 0, len(text)
    node = locate(text, problem.pointer)
    if node is None:
        return 0, len(text)
    if problem.on_key and node.key is not None and node.pointer == problem.pointer:
        return node.key
    if problem.part is not None and node.pointer == problem.pointer and text[node.start] == '"':
        start, end = part_of(text[node.start : node.end], problem.part)
        return node.start + start, node.start + end
    return node.start, node.end


def _excerpt(line: str, start: int, end: int) -> Excerpt:
    """The line around the place; what stands before the mark is escaped first, so that the mark stays under it."""
    end = max(start, min(end, start + MAX_MARK))
    first, last = _window(line, start, end)
    text, start, end = _elided(line[first:last], start - first, end - first)
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    head = ("…" if first + left else "") + visible(text[left:start])
    mark = visible(text[start:end])
    shown = head + mark + visible(text[end:right])
    if (right < len(text) or last < len(line)) and not shown.endswith("…"):
        shown += "…"
    return Excerpt(text=shown, start=len(head), end=len(head) + max(len(mark), 1))


def _window(line: str, start: int, end: int) -> tuple[int, int]:
    """The part of the line to show, extended to where the data of an image that it cuts begins and ends."""
    left, right = max(0, start - AROUND), min(len(line), end + AROUND)
    opening = max(0, line.rfind('"', 0, left))
    if not line[opening + 1 : opening + 99].lstrip().lower().startswith("data:"):
        run = len(line[:left].rstrip(BASE64))
        opening = max(0, run - LONGEST_WORD) if run < left else left
    found = RUN.match(line, right)
    return min(opening, left), found.end() if found else right


def _elided(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The text without the data of images, and where the place is in it."""
    for low, high in reversed(list(payloads(text))):
        text = f"{text[:low]}…{text[high:]}"
        start, end = _moved(start, low, high, 0), _moved(end, low, high, 1)
    return text, start, end


def _moved(place: int, low: int, high: int, inside: int) -> int:
    """A place after one character took the place of those from `low` to `high`."""
    if place >= high:
        return place - (high - low) + 1
    return low + inside if place > low else place

"""From a hit to a finding: line, column and the text around it, read from the file again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from string import ascii_letters, digits
from typing import BinaryIO

from ftlint.core.positions import locate, part_of
from ftlint.core.types import Place, Problem, render_pointer
from ftlint.core.visible import LONGEST_WORD, elide, payloads, visible
from ftlint.engine.finding import Excerpt, Finding, ReportedFix
from ftlint.engine.hits import Hit
from ftlint.engine.selection import CODES

AROUND = 40
"""Characters shown on each side of the place."""
MAX_MARK = 40
FAR = 10_000
"""Characters before the place in which the beginning of data without a head is looked for."""
RUN = re.compile(r"[A-Za-z0-9+/=_%\\-]*")
BASE64 = ascii_letters + digits + "+/=_%\\-"


def finding_of_file(path: str, problem: Problem, severity: str) -> Finding:
    """A finding about the whole file."""
    return _finding(path, problem, severity, None, None, None, None)


def finding_unplaced(path: str, hit: Hit) -> Finding:
    """A finding about a row that is counted and not shown: its column is not worked out."""
    row = hit.place.row or None
    return _finding(path, hit.problem, hit.severity.label, row, hit.place.line, None, None)


class RowText:
    """The text of a row, read and searched once for all problems in it."""

    def __init__(self, stream: BinaryIO, place: Place, problems: Iterable[Problem]) -> None:
        stream.seek(place.offset)
        self.place = place
        self.raw = stream.read(place.length)
        self.text = self.raw.decode(errors="replace")
        pointers = {one.pointer for one in problems if one.span is None and one.pointer is not None}
        self.nodes = locate(self.text, pointers) if pointers else {}
        self.newlines = [match.start() for match in re.finditer("\n", self.text)]

    def finding(self, path: str, hit: Hit, excerpt: bool) -> tuple[Finding, Excerpt | None]:
        """A finding about the row, with its line and column; the excerpt when it is asked for."""
        text, place = self.text, self.place
        start, end = self._span(hit.problem)
        before = bisect_left(self.newlines, start)
        line_start = self.newlines[before - 1] + 1 if before else 0
        line_end = self.newlines[before] if before < len(self.newlines) else len(text)
        prefix = 0 if before else place.prefix
        column = start - line_start + 1 + prefix
        end_column = max(min(end, line_end), start) - line_start + 1 + prefix
        row = place.row or None  # a grader's file has no rows
        finding = _finding(path, hit.problem, hit.severity.label, row, place.line + before, column, end_column)
        if not excerpt:
            return finding, None
        line = text[line_start:line_end].rstrip("\r")
        return finding, _excerpt(line, start - line_start, min(end, line_end) - line_start)

    def _span(self, problem: Problem) -> tuple[int, int]:
        """The place of a problem in characters."""
        if problem.span is not None:
            start, end = problem.span
            first = self._characters(0, start)
            return first, first + self._characters(start, end)
        node = self.nodes.get(problem.pointer) if problem.pointer is not None else None
        if node is None:
            return 0, len(self.text)
        if problem.on_key and node.key is not None and node.pointer == problem.pointer:
            return node.key
        if problem.part is not None and node.pointer == problem.pointer and self.text[node.start] == '"':
            start, end = part_of(self.text[node.start : node.end], problem.part)
            return node.start + start, node.start + end
        return node.start, node.end

    def _characters(self, start: int, end: int) -> int:
        if len(self.raw) == len(self.text):
            return end - start  # no character takes two bytes
        return len(self.raw[start:end].decode(errors="replace"))


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
        far = max(0, left - FAR)
        run = far + len(line[far:left].rstrip(BASE64))
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

"""From a hit to a finding: line, column and the text around it, read from the file again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from string import ascii_letters, digits
from typing import BinaryIO

from ftlint.core.positions import locate, part_of
from ftlint.core.private import mask
from ftlint.core.private.spots import Find, found_in
from ftlint.core.types import Place, Pointer, Problem, render_pointer
from ftlint.core.visible import LONGEST_WORD, elide, payloads, visible
from ftlint.core.visible import masked as masked_by_default
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

Hidden = tuple[int, int, str]
"""Characters of a line that are not shown, from and to, and what stands for them."""


def finding_of_file(path: str, problem: Problem, severity: str, finds: Sequence[Find]) -> Finding:
    """A finding about the whole file; what `finds` find is masked, too."""
    return _finding(path, problem, severity, None, None, None, None, finds)


def finding_unplaced(path: str, hit: Hit, finds: Sequence[Find]) -> Finding:
    """A finding about a row that is counted and not shown: its column is not worked out."""
    row = hit.place.row or None
    return _finding(path, hit.problem, hit.severity.label, row, hit.place.line, None, None, finds)


class RowText:
    """The text of a row, read and searched once for all problems in it."""

    def __init__(self, stream: BinaryIO, place: Place, problems: Sequence[Problem], finds: Sequence[Find]) -> None:
        """What `finds` find is masked, too."""
        stream.seek(place.offset)
        self.place = place
        self.raw = stream.read(place.length)
        self.text = self.raw.decode(errors="replace")
        pointers = {one.pointer for one in problems if one.span is None and one.pointer is not None}
        self.nodes = locate(self.text, pointers) if pointers else {}
        self.newlines = [match.start() for match in re.finditer("\n", self.text)]
        self.finds = finds
        self._private: list[Hidden] | None = None

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
        finding = _finding(
            path, hit.problem, hit.severity.label, row, place.line + before, column, end_column, self.finds
        )
        if not excerpt:
            return finding, None
        line = text[line_start:line_end].rstrip("\r")
        hidden = [(low - line_start, high - line_start, shown) for low, high, shown in self.private]
        return finding, _excerpt(line, start - line_start, min(end, line_end) - line_start, hidden)

    @property
    def private(self) -> list[Hidden]:
        """What is private in the row: by the rules that run by default, and by what `finds` find."""
        if self._private is None:
            spots = mask.private(self.text)
            for find in self.finds:
                spots += found_in(self.text, find, as_json=True)
            self._private = [(spot.start, spot.end, mask.mask(spot)) for spot in spots]
        return self._private

    def _span(self, problem: Problem) -> tuple[int, int]:
        """The place of a problem in characters."""
        if problem.span is not None:
            start, end = problem.span
            first = self._characters(0, start)
            return first, first + self._characters(start, end)
        node = self.nodes.get(problem.pointer) if problem.pointer is not None else None
        if node is None:
            return 0, len(self.text)
        exact = node.pointer == problem.pointer
        first, last = node.key if problem.on_key and node.key is not None and exact else (node.start, node.end)
        if problem.part is not None and exact and self.text[first] == '"':
            start, end = part_of(self.text[first:last], problem.part)
            return first + start, first + end
        return first, last

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
    finds: Sequence[Find],
) -> Finding:
    def masked(text: str) -> str:
        return mask.masked(text, finds) if finds else masked_by_default(text)

    entry = CODES[problem.code]
    fix = problem.fix
    pointer = problem.pointer if line is not None else None
    return Finding(
        code=problem.code,
        name=entry.name,
        severity=severity,  # type: ignore[arg-type]  # a Severity's label
        message=elide(masked(problem.message)),
        help=masked(problem.help) if problem.help else entry.rule.help,
        path=path,
        row=row,
        line=line,
        column=column,
        end_column=end,
        pointer=None if pointer is None else _pointer(pointer, masked),
        fix=ReportedFix(title=masked(fix.title), applicability=fix.applicability) if fix else None,
    )


def _pointer(pointer: Pointer, masked: Callable[[str], str]) -> str:
    return render_pointer(tuple(masked(step) if isinstance(step, str) else step for step in pointer))


def _excerpt(line: str, start: int, end: int, private: Iterable[Hidden] = ()) -> Excerpt:
    """The line around the place; what stands before the mark is escaped first, so that the mark stays under it."""
    end = max(start, min(end, start + MAX_MARK))
    first, last = _window(line, start, end)
    near = [one for one in private if one[0] < last and one[1] > first]
    first, last = min([first, *(low for low, _, _ in near)]), max([last, *(high for _, high, _ in near)])
    hidden = [(low - first, high - first, shown) for low, high, shown in near]
    text, start, end = _elided(line[first:last], start - first, end - first, hidden)
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


def _elided(text: str, start: int, end: int, private: Iterable[Hidden]) -> tuple[str, int, int]:
    """The text without the data of images and what is private, and where the place is in it."""
    hidden = list(_apart([*private, *((low, high, "…") for low, high in payloads(text))]))
    for low, high, shown in reversed(hidden):
        text = f"{text[:low]}{shown}{text[high:]}"
        start, end = _moved(start, low, high, len(shown), 0), _moved(end, low, high, len(shown), len(shown))
    return text, start, end


def _apart(hidden: Iterable[Hidden]) -> Iterator[Hidden]:
    """In order; what begins inside of another is hidden with it."""
    reached = 0
    for low, high, text in sorted(hidden, key=lambda one: one[:2]):
        if high <= reached:
            continue
        yield max(low, reached), high, text if low >= reached else ""
        reached = high


def _moved(place: int, low: int, high: int, size: int, inside: int) -> int:
    """A place after `size` characters took the place of those from `low` to `high`."""
    if place >= high:
        return place - (high - low) + size
    return low + inside if place > low else place

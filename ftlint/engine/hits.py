"""What was found in the rows of a file: all of it is counted, and so much of it kept that memory has an end."""

from __future__ import annotations

from dataclasses import dataclass, field

from ftlint.core.types import Applicability, Place, Problem, Severity

MAX_LISTED = 100_000
"""Findings that one report lists; those past it are counted."""
LEAST_LISTED = 100
"""Of each rule, so many are listed wherever they stand."""

Sort = tuple[str, Severity, Applicability | None]
"""What totals tell apart: the code, the severity, and whether there is a fix."""


@dataclass(slots=True)
class Hit:
    """A problem and the place of the row it is in."""

    problem: Problem
    severity: Severity
    place: Place


@dataclass(slots=True)
class Hits:
    """
    A part of the monoid: what is kept and counted does not depend on how the file is cut.

    Kept are the first `MAX_LISTED` and of each code the first `LEAST_LISTED`. A hit that the whole keeps, each part
    that holds it keeps too: its position in the part is no later than in the whole.
    """

    kept: list[Hit] = field(default_factory=list)
    counts: dict[Sort, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    """How many each rule has."""
    rows: dict[str, int] = field(default_factory=dict)
    """In how many rows each rule has some."""
    affected: int = 0
    """In how many rows any rule has some."""
    _last: dict[str, Place] = field(default_factory=dict)
    """The row in which each rule was last counted; a row never goes on in the next part."""

    def add(self, hit: Hit) -> None:
        """Count a hit in the row at hand, or in a later one than all before; keep it while there is room."""
        problem, place = hit.problem, hit.place
        code = problem.code
        before = self.findings.get(code, 0)
        if len(self.kept) < MAX_LISTED or before < LEAST_LISTED:
            self.kept.append(hit)
        self.findings[code] = before + 1
        sort = sort_of(problem, hit.severity)
        self.counts[sort] = self.counts.get(sort, 0) + 1
        if self._last.get(code) is not place:
            self._last[code] = place
            self.rows[code] = self.rows.get(code, 0) + 1
        if not place.is_counted:
            place.is_counted = True
            self.affected += 1

    def absorb(self, later: Hits) -> None:
        """Append those of the part that follows."""
        room = max(0, MAX_LISTED - len(self.kept))
        self.kept.extend(later.kept[:room])
        if len(later.kept) > room:
            self.kept.extend(_firsts(later.kept, room, self.findings))
        for mine, others in ((self.findings, later.findings), (self.rows, later.rows)):
            for code, count in others.items():
                mine[code] = mine.get(code, 0) + count
        for sort, count in later.counts.items():
            self.counts[sort] = self.counts.get(sort, 0) + count
        self.affected += later.affected


def sort_of(problem: Problem, severity: Severity) -> Sort:
    """Where a problem is counted."""
    return problem.code, severity, problem.fix.applicability if problem.fix else None


def listed(hits: list[Hit], room: int) -> list[Hit]:
    """Those of a file's hits that a report with so much room lists."""
    return hits if len(hits) <= room else [*hits[:room], *_firsts(hits, room, {})]


def _firsts(hits: list[Hit], start: int, before: dict[str, int]) -> list[Hit]:
    """Those from `start` on that are among the first of their rule, of which there were some before."""
    ranks = dict(before)
    found = []
    for index, hit in enumerate(hits):
        code = hit.problem.code
        rank = ranks[code] = ranks.get(code, 0) + 1
        if index >= start and rank <= LEAST_LISTED:
            found.append(hit)
    return found

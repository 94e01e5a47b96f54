"""What scanning a part of a file gives. Results merge in order; how a file is cut does not change the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ftlint.core.types import Part, Place
from ftlint.engine.hits import Hit, Hits

MAX_RUNS = 1000

Combine = Callable[[str, Any, Any], Any]
"""Of the name of a memory and what it holds of two neighbouring parts, what it holds of both."""


@dataclass(slots=True)
class Tally:
    """A rule that is reported once: in how many places, in how many rows, and the first."""

    places: int
    rows: int
    first: Hit
    last: Place | None = None
    """The row that was counted last."""


@dataclass(slots=True)
class Run:
    """Neighbouring rows of one kind that is not the file's."""

    kind: str
    first: int
    last: int


@dataclass(slots=True)
class ChunkResult:
    """The monoid: `ChunkResult()` is its zero, `absorb` its operation."""

    rows: int = 0
    lines: int = 0
    unparsed: int = 0
    hits: Hits = field(default_factory=Hits)
    once: dict[str, Tally] = field(default_factory=dict)
    """Rules reported once a file."""
    seen: dict[str, Any] = field(default_factory=dict)
    """What rules about the dataset remember, by the name of the memory; never None."""
    parts: list[Part] = field(default_factory=list)
    """Those that places here count from."""
    tokens: Counter[int] = field(default_factory=Counter)
    """How many rows have so many tokens: few numbers, however many rows."""
    trained: int = 0
    images: int = 0
    """Images whose tokens are not known."""
    image_rows: int = 0
    """Rows that hold images."""
    roles: Counter[str] = field(default_factory=Counter)
    runs: list[Run] = field(default_factory=list)
    foreign_rows: int = 0
    marks: bytearray = field(default_factory=bytearray)
    """The fingerprints of findings that were muted or recorded: `ftlint.engine.fingerprints`."""

    def absorb(self, other: ChunkResult, combine: Combine) -> None:
        """Append the result of the chunk that follows; `combine` puts together what a rule remembers."""
        for part in other.parts:
            part.rows += self.rows
            part.lines += self.lines
        self.parts.extend(other.parts)
        self.hits.absorb(other.hits)
        for code, tally in other.once.items():
            before = self.once.setdefault(code, tally)
            if before is not tally:
                before.places += tally.places
                before.rows += tally.rows
        for memory, seen in other.seen.items():
            self.seen[memory] = combine(memory, self.seen[memory], seen) if memory in self.seen else seen
        for run in other.runs:
            self.add_run(run.kind, run.first + self.rows, run.last + self.rows)
        self.tokens.update(other.tokens)
        self.trained += other.trained
        self.marks += other.marks
        self.roles.update(other.roles)
        self.images += other.images
        self.image_rows += other.image_rows
        self.rows += other.rows
        self.lines += other.lines
        self.unparsed += other.unparsed
        self.foreign_rows += other.foreign_rows

    def add_once(self, hit: Hit) -> None:
        """Count a place of a problem that is reported once a file."""
        tally = self.once.get(hit.problem.code)
        if tally is None:
            tally = self.once[hit.problem.code] = Tally(0, 0, hit)
        tally.places += 1
        tally.rows += tally.last is not hit.place
        tally.last = hit.place

    def move(self, offset: int) -> None:
        """Count bytes from a place before the chunk."""
        for part in self.parts:
            part.bytes += offset

    def add_run(self, kind: str, first: int, last: int) -> None:
        """Note rows of a kind that is not the file's."""
        if self.runs and self.runs[-1].kind == kind and self.runs[-1].last == first - 1:
            self.runs[-1].last = last
        elif len(self.runs) < MAX_RUNS:
            self.runs.append(Run(kind, first, last))

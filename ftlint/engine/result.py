"""What scanning a part of a file gives. Results merge in order; how a file is cut does not change the whole."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field

from ftlint.core.types import Problem, Severity

MAX_RUNS = 1000


@dataclass(slots=True)
class Hit:
    """A problem and the row it is in. `row` and `line` count from 1 within the chunk, bytes within the file."""

    problem: Problem
    severity: Severity
    row: int
    line: int
    offset: int
    length: int
    prefix: int = 0
    """Characters before the row on its line: not 0 only where rows share a line."""


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
    hits: list[Hit] = field(default_factory=list)
    once: dict[str, tuple[int, Hit]] = field(default_factory=dict)
    """Rules reported once a file: the number of places, and the first."""
    tokens: array[int] = field(default_factory=lambda: array("Q"))
    trained: array[int] = field(default_factory=lambda: array("Q"))
    images: int = 0
    roles: Counter[str] = field(default_factory=Counter)
    runs: list[Run] = field(default_factory=list)
    foreign_rows: int = 0
    systems: int = 0
    """Rows whose conversation has a system or developer message."""
    conversations: int = 0
    first_without_system: Hit | None = None

    def absorb(self, other: ChunkResult) -> None:
        """Append the result of the chunk that follows."""
        for hit in other.hits:
            self.hits.append(self._shifted(hit))
        for code, (count, hit) in other.once.items():
            before = self.once.get(code)
            self.once[code] = (before[0] + count, before[1]) if before else (count, self._shifted(hit))
        for run in other.runs:
            self.add_run(run.kind, run.first + self.rows, run.last + self.rows)
        if self.first_without_system is None and other.first_without_system is not None:
            self.first_without_system = self._shifted(other.first_without_system)
        self.tokens.extend(other.tokens)
        self.trained.extend(other.trained)
        self.roles.update(other.roles)
        self.images += other.images
        self.rows += other.rows
        self.lines += other.lines
        self.unparsed += other.unparsed
        self.systems += other.systems
        self.conversations += other.conversations
        self.foreign_rows += other.foreign_rows

    def move(self, offset: int) -> None:
        """Count bytes from a place before the chunk."""
        first = [] if self.first_without_system is None else [self.first_without_system]
        for hit in (*self.hits, *(hit for _, hit in self.once.values()), *first):
            hit.offset += offset

    def add_run(self, kind: str, first: int, last: int) -> None:
        """Note rows of a kind that is not the file's."""
        if self.runs and self.runs[-1].kind == kind and self.runs[-1].last == first - 1:
            self.runs[-1].last = last
        elif len(self.runs) < MAX_RUNS:
            self.runs.append(Run(kind, first, last))

    def _shifted(self, hit: Hit) -> Hit:
        hit.row += self.rows
        hit.line += self.lines
        return hit

"""
What the rules about duplicates, answers and leakage remember of a file: one memory, read once a row, shared by all.

Of each row the digests of its content and of its prompt, 16 bytes each, of its answer, 8, and its place, 25: however
long rows are. Past so many rows as are to be held in memory, all but 9 bytes of each are on disk.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from ftlint.core.places import Places
from ftlint.core.visible import visible
from ftlint.formats.asked import ANSWER_BYTES, NO_ANSWER, digests
from ftlint.formats.clusters import FEW, NOT_FOUND, Digests, in_shares, numbers
from ftlint.formats.views import Row
from ftlint.rules.base import WholeFile
from ftlint.rules.dataset.every_row import EveryRowRule

MIN_ROWS = 10
"""In fewer rows, that they have the same answer is chance."""
MAX_LABELS, ROWS_OF_LABEL = 100, 10
"""More answers are no labels, nor are those that come less often on average."""


class Answer(NamedTuple):
    """One that several rows give: how many, and the first of them."""

    rows: int
    first: int


NOBODY = Answer(0, 0)
"""What no row gives."""


class Answers(NamedTuple):
    """In how many rows there are some, how many different ones, and the most and the least common of them."""

    rows: int
    different: int
    most: Answer
    least: Answer

    @property
    def is_constant(self) -> bool:
        """Whether nearly every row gives the same: where there are fewer than a hundred, every one."""
        return self.rows >= MIN_ROWS and self.most.rows * 100 >= self.rows * 99

    @property
    def are_labels(self) -> bool:
        """Whether there are so few that rows are put into classes."""
        return 2 <= self.different <= min(MAX_LABELS, self.rows // ROWS_OF_LABEL) and not self.is_constant


class First(NamedTuple):
    """Where something stands first: in which of the files before this one, or in this one (None), and in which row."""

    file: int | None
    row: int


def earlier(mine: Digests, before: Sequence[Digests] = ()) -> Iterator[tuple[int, First]]:
    """The rows whose digest an earlier row has, in order, each with the first of these; `before` are files before."""
    if not before:
        yield from ((row, First(None, first)) for row, first in mine.repeated())
        return
    firsts, files = mine.firsts(), numbers(len(mine), NOT_FOUND)
    for number, other in enumerate(before):
        for row, found in enumerate(mine.firsts_in(other)):
            if found != NOT_FOUND and files[row] == NOT_FOUND:
                files[row], firsts[row] = number, found
    for row, (file, first) in enumerate(zip(files, firsts, strict=True)):
        if file != NOT_FOUND:
            yield row, First(file, first)
        elif first != row:
            yield row, First(None, first)


@dataclass(slots=True)
class RowsSeen:
    """The rows of a file, in order; the first has the index 0."""

    contents: Digests = field(default_factory=Digests)
    prompts: Digests = field(default_factory=Digests)
    answers: bytearray = field(default_factory=bytearray)
    places: Places = field(default_factory=Places)
    in_memory: int = 0
    _given: Answers | None = None

    def __len__(self) -> int:
        return len(self.places)

    def add(self, row: Row) -> None:
        """One more row."""
        found = digests(row)
        self.contents.add(found.content)
        self.prompts.add(found.prompt or found.content)  # without one, it has that of no other row
        self.answers += found.answer
        self.places.add(row.place)
        self.in_memory += 1
        self._given = None

    def extend(self, later: RowsSeen) -> None:
        """The rows that follow."""
        self.contents.extend(later.contents)
        self.prompts.extend(later.prompts)
        self.answers += later.answers
        self.places.extend(later.places)
        self.in_memory += later.in_memory
        self._given = None

    def spill(self) -> None:
        """Put on disk what is in memory, but for 9 bytes a row."""
        self.contents.spill()
        self.prompts.spill()
        self.places.spill()
        self.in_memory = 0

    def answer(self, index: int) -> bytes:
        """The digest of a row's answer."""
        return bytes(self.answers[index * ANSWER_BYTES : (index + 1) * ANSWER_BYTES])

    def conflicts(self, before: Sequence[RowsSeen] = ()) -> Iterator[tuple[int, First]]:
        """Rows that answer the prompt of an earlier one in another way, the first of each prompt, with that one."""
        told: set[First] = set()
        answered: dict[First, int] = {}
        """The first row here with an answer, of prompts whose first row has none."""
        for row, first in earlier(self.prompts, [one.prompts for one in before]):
            if first in told or self.answer(row) == NO_ANSWER:
                continue
            whose = self if first.file is None else before[first.file]
            other, place = whose.answer(first.row), first
            if other == NO_ANSWER:
                place = First(None, answered.setdefault(first, row))
                other = self.answer(place.row)
            if self.answer(row) != other:
                told.add(first)
                yield row, place

    def different(self) -> int:
        """How many different rows there are."""
        return sum(row == first for row, first in enumerate(self.contents.firsts()))

    def answers_given(self) -> Answers:
        """How often answers are given; of equally common ones, the first."""
        if self._given is None:
            self._given = self._count_answers()
        return self._given

    def _count_answers(self) -> Answers:
        different = total = 0
        most, least = NOBODY, NOBODY
        for share in in_shares(self.answers, ANSWER_BYTES, at_once=len(self) <= FEW):
            given = list(share)
            counts = Counter([answer for answer, _ in given])
            firsts = dict(reversed(given))
            counts.pop(NO_ANSWER, None)
            if not counts:
                continue
            different += len(counts)
            total += counts.total()
            top, low = max(counts.values()), min(counts.values())
            tops = (firsts[one] for one, count in counts.items() if count == top)
            lows = (firsts[one] for one, count in counts.items() if count == low)
            most = max(most, Answer(top, min(tops)), key=lambda one: (one.rows, -one.first))
            least = min(least, Answer(low, min(lows)), key=lambda one: (one.rows or sys.maxsize, one.first))
        return Answers(total, different, most, least)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RowsSeen):
            return NotImplemented
        mine = (self.contents, self.prompts, self.answers, self.places)
        return mine == (other.contents, other.prompts, other.answers, other.places)

    __hash__ = None  # type: ignore[assignment]  # they grow


class RowsRule(EveryRowRule):
    """A rule about what rows ask and answer."""

    memory: ClassVar[str | None] = "rows"
    remembers = RowsSeen

    def told(self, first: First, seen: RowsSeen, file: WholeFile) -> str:
        """A row in words: `row 3`, `row 3 of train.jsonl`."""
        if first.file is None:
            return f"row {seen.places.at(first.row).row:,}"
        path, other = file.trained_on[first.file]
        return f"row {other.places.at(first.row).row:,} of {visible(path)}"

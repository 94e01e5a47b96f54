"""Rules that remember something of every row, on disk past so many rows."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Target


class Remembered(Protocol):
    """What is remembered of the rows of a file, in order."""

    in_memory: int
    """Of how many of them it is not on disk."""

    def add(self, row: Row) -> None:
        """One more row."""

    def extend(self, later: Any) -> None:
        """The rows that follow."""

    def spill(self) -> None:
        """Put on disk what is in memory."""


class EveryRowRule(DatasetRule):
    """A rule whose memory grows with each row; `remembers` makes an empty one."""

    remembers: ClassVar[type[Remembered]]

    def add(self, seen: Any, row: Row, target: Target) -> Any:
        """One more row."""
        if seen is None:
            seen = self.remembers()
        seen.add(row)
        return seen

    def extract(self, row: Row, target: Target) -> Any:
        """One row."""
        return self.add(None, row, target)

    def combine(self, first: Any, second: Any) -> Any:
        """The rows of both."""
        first.extend(second)
        return first

    def hold(self, seen: Any, most_rows: int) -> Any:
        """On disk, past so many rows."""
        if seen.in_memory > most_rows:
            seen.spill()
        return seen

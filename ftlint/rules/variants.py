"""
What rules about a dataset remember of rows that differ in one thing: the variants of that thing, the rows of each.

Memory has an end: past `MOST` variants those of the lowest rank are kept. What the whole file keeps, each part of it
keeps, as a variant ranks no higher there, so the counts are exact however the file is cut. Ranks are checksums: what
is kept is a fair sample, which tells whether nearly every row has a variant of its own.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar
from zlib import crc32

from ftlint.core.types import Place, Pointer
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Target

MOST = 100


class Absorbing(Protocol):
    """What is remembered of one variant."""

    def absorb(self, later: Any, /) -> None:
        """Add what is remembered of it in rows that follow."""


Known = TypeVar("Known", bound=Absorbing)


@dataclass(slots=True)
class Spot:
    """In how many rows something is, the first of them, and where in that row."""

    rows: int
    place: Place
    at: Pointer = ()

    def absorb(self, later: Spot) -> None:
        """Count rows that follow."""
        self.rows += later.rows


@dataclass(slots=True)
class Variants(Generic[Known]):
    """Variants in the order of their first rows, as long as all are kept. `is_cut`: there are more."""

    of: dict[Any, Known] = field(default_factory=dict)
    is_cut: bool = False
    ranks: list[tuple[Any, Any]] = field(default_factory=list, compare=False)
    """Of those that are kept, with their variants, in order; empty as long as there is room for all."""

    def add(self, variant: Any, known: Known) -> None:
        """Count rows of a variant, which follow all before."""
        before = self.of.get(variant)
        if before is not None:
            before.absorb(known)
        elif self.takes(variant):
            self.begin(variant, known)

    def takes(self, variant: Any) -> bool:
        """Whether one that is not known yet would be kept."""
        return not self.is_cut or self.rank(variant) < self.ranks[-1][0]

    def begin(self, variant: Any, known: Known) -> None:
        """Keep one that is not known yet and would be kept."""
        self.of[variant] = known
        if self.ranks:
            insort(self.ranks, (self.rank(variant), variant))
        if len(self.of) > MOST:
            self._order()
            del self.of[self.ranks.pop()[1]]

    def absorb(self, later: Variants[Known]) -> None:
        """Add those of rows that follow."""
        for variant, known in later.of.items():
            self.add(variant, known)
        if later.is_cut:
            self._order()

    def rank(self, variant: Any) -> Any:
        """By what variants are ordered where not all are kept: the same in any process."""
        text = variant if isinstance(variant, str) else repr(variant)
        return crc32(text.encode("utf-8", "surrogatepass")), text

    def _order(self) -> None:
        self.is_cut = True
        if not self.ranks:
            self.ranks = sorted((self.rank(variant), variant) for variant in self.of)


class VariantRule(DatasetRule):
    """A rule about the variants of what the outlines of rows tell; it looks at no row itself."""

    def applies(self, row: Row, target: Target) -> bool:
        """To no row: its outline says all."""
        return False

    def counted(self, told: Hashable, rows: int, place: Place) -> Variants[Any]:
        """One variant."""
        return Variants({told: Spot(rows, place)})

    def combine(self, first: Variants[Any], second: Variants[Any]) -> Variants[Any]:
        """Those of both."""
        first.absorb(second)
        return first

"""What is kept of training files while a job is checked, so that other files of the job can be compared with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ftlint.engine.report import Purpose
from ftlint.engine.result import ChunkResult
from ftlint.rules.index import entries

if TYPE_CHECKING:
    from ftlint.formats.clusters import Digests

DUPLICATES = "FT701"
"""The rule whose rows `max-duplicates` counts."""

Trained = Sequence[tuple[str, dict[str, Any]]]
"""Training files by their paths, and what is remembered of each, by the name of the memory."""


class TrainedOn:
    """The training files of a job so far. What rules compare with them is remembered whether or not these run there."""

    def __init__(self, active: Collection[str], is_dataset: bool, counts_duplicates: bool) -> None:
        compared = [entry for entry in map(entries().__getitem__, active) if entry.compares]
        self._compared = tuple(entry for entry in compared if is_dataset or entry.compares == "validation")
        self._counted = (DUPLICATES,) if counts_duplicates else ()
        self._is_dataset = is_dataset
        self._files: list[tuple[str, dict[str, Any]]] = []

    def copy(self) -> TrainedOn:
        """One that more files can be added to."""
        more = copy(self)
        more._files = list(self._files)
        return more

    def remembered(self, purpose: Purpose, active: Collection[str]) -> tuple[str, ...]:
        """The rules about the dataset that need to know the rows of a file, and are not among those that run for it."""
        if purpose != "training":
            return ()
        codes = {*self._counted, *(entry.code for entry in self._compared)}
        return tuple(sorted(codes.difference(active)))

    def add(self, path: str, result: ChunkResult) -> None:
        """One more file."""
        if self._compared:
            names = {entry.memory for entry in self._compared}
            self._files.append((path, {name: result.seen[name] for name in names if name in result.seen}))

    def before(self, purpose: Purpose) -> Trained:
        """The files that a file is compared with, by path: all, or for one of a dataset those that were added."""
        if purpose == "training" and not self._is_dataset:
            return ()
        return sorted(self._files, key=itemgetter(0))

    def contents(self, result: ChunkResult) -> Digests | None:
        """What the valid rows of a file say, where duplicates are counted."""
        seen = result.seen.get(entries()[DUPLICATES].memory) if self._counted else None
        return seen and seen.contents

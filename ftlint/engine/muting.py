"""What a run knows before it starts: the findings of a baseline, those at another commit, or nothing, to record all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import Protocol

from ftlint.engine.baseline import RUN, Baseline
from ftlint.engine.fingerprints import ALWAYS, Marks, code_of, is_of_run, split
from ftlint.engine.noted import Holders, Noted, place_of
from ftlint.rules.index import entries

Known = Mapping[bytes, int]
"""Fingerprints and how many findings each stands for."""


class Muting(Protocol):
    """What a checker asks for each file."""

    def marks(self, path: str, dataset: str | None) -> Marks:
        """What is known of a file that is checked for a dataset, or for itself."""

    def settle(self, path: str, noted: bytearray, codes: frozenset[str], dataset: str | None) -> None:
        """
        Take note of what was muted or recorded in a file that was checked as a whole, by the rules of `codes`, for a
        dataset or for itself. More may be appended to `noted` until the run ends.
        """

    def stale(self) -> dict[str, Counter[bytes]]:
        """What is known, and was not found: by the paths of the baseline."""


class Recording(Noted):
    """Records the findings of each file."""

    def marks(self, path: str, dataset: str | None) -> Marks:
        """That all findings are recorded."""
        return Marks()

    def stale(self) -> dict[str, Counter[bytes]]:
        """Nothing is known."""
        return {}


class Before:
    """
    The findings at another commit, by the path that a file has now: those of a dataset by themselves, since what leaks
    from the training files of one is news in another.

    Those of a row that stood there are known however often it comes now; those of the file and of the dataset only as
    often as there.
    """

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._of_run: dict[str | None, dict[bytes, int]] = {}
        for dataset, noted in recording.by_dataset():
            of_run = self._of_run.setdefault(dataset, {})
            of_run.update((key, ALWAYS) for key in split(noted) if is_of_run(code_of(key)))

    def known(self, path: str, dataset: str | None) -> dict[bytes, int]:
        """Those of a file."""
        found = self._recording.of_dataset(path, dataset)
        of_run = self._of_run.get(dataset, {})
        return {key: count if _is_counted(key) else ALWAYS for key, count in found.items()} | of_run


class Muted(Noted):
    """Mutes what a baseline holds, as often as it does, and what stood at another commit; knows what is stale."""

    def __init__(
        self,
        baseline: Baseline | None = None,
        holders: Holders = (),
        before: Before | None = None,
        commit: str = "",
    ) -> None:
        super().__init__(holders)
        self._baseline = baseline
        self._before = before
        self._commit = commit
        """What the user calls the commit."""
        self._orphans = Orphans(baseline) if baseline else None

    def marks(self, path: str, dataset: str | None) -> Marks:
        """What is known of a file."""
        known = self._of_baseline(path)
        if self._before is not None:
            before = self._before.known(path, dataset)
            known = {key: max(known.get(key, 0), before.get(key, 0)) for key in known.keys() | before.keys()}
        return Marks(known)

    def settle(self, path: str, noted: bytearray, codes: frozenset[str], dataset: str | None) -> None:
        """Keep what was muted."""
        super().settle(path, noted, codes, dataset)
        if self._baseline and self._orphans:
            own = self._baseline.files.get(self._baseline.key(path), {})
            self._orphans.take(place_of(path), self.of(path) - Counter(own))

    def stale(self) -> dict[str, Counter[bytes]]:
        """
        What the baseline holds and nothing was found for, by its paths: in the files that were checked, and in those
        that are no longer there. What a rule that did not run might find is not stale, nor is what a dataset that was
        not checked might hold.
        """
        baseline, found = self._baseline, self.found()
        if baseline is None or not found:
            return {}
        left: dict[str, Counter[bytes]] = {}
        for path, muted in found.items():
            key = baseline.key(path)
            if key in baseline.files:
                left[key] = _only(Counter(baseline.files[key]) - muted, self.codes(path))
        every = frozenset().union(*(self.codes(path) for path in found))
        for key, rest in self._orphans.left.items() if self._orphans else ():
            left[key] = _only(+rest, every)
        if RUN in baseline.files:
            given = Counter(chain.from_iterable(given.elements() for given in found.values()))
            left[RUN] = _only(Counter(baseline.files[RUN]) - given, every)
        return {key: rest for key, rest in left.items() if rest}

    def against(self, before: Before, commit: str) -> Muted:
        """One that knows the findings at a commit as well."""
        return Muted(self._baseline, self._holders, before, commit)

    def reason(self) -> str:
        """Where what is muted is known from."""
        baseline = f"the baseline {self._baseline.place}" if self._baseline else ""
        commit = f"the rows and files of {self._commit}" if self._before else ""
        return f"in {' or in '.join(filter(None, (commit, baseline)))}"

    def _of_baseline(self, path: str) -> dict[bytes, int]:
        """A file's own entries, those of the run, and what is left of those of files that are no longer there."""
        baseline = self._baseline
        if baseline is None:
            return {}
        known = dict(baseline.files.get(baseline.key(path), {}))
        orphans = self._orphans.of(place_of(path)) if self._orphans else {}
        for rest in (baseline.files.get(RUN, {}), orphans):
            for key, count in rest.items():
                known[key] = known.get(key, 0) + count
        return known


class Orphans:
    """What files that are no longer there left in a baseline: other files take of it what is not their own."""

    def __init__(self, baseline: Baseline) -> None:
        self.left = {key: Counter(baseline.files[key]) for key in baseline.gone()}
        """By the paths of those files."""
        self._where: dict[bytes, list[str]] = {}
        self._every: Counter[bytes] = Counter()
        for name, keys in self.left.items():
            self._every.update(keys)
            for key in keys:
                self._where.setdefault(key, []).append(name)
        self._taken: dict[str, Counter[tuple[str, bytes]]] = {}

    def take(self, path: str, keys: Counter[bytes]) -> None:
        """Give a file what it needs, in place of what it had."""
        for (name, key), number in self._taken.pop(path, Counter[tuple[str, bytes]]()).items():
            self.left[name][key] += number
            self._every[key] += number
        taken: Counter[tuple[str, bytes]] = Counter()
        for key, wanted in keys.items():
            for name in self._where.get(key, ()):
                number = min(wanted, self.left[name][key])
                wanted -= number
                if number:
                    taken[name, key] = number
                    self.left[name][key] -= number
                    self._every[key] -= number
        if taken:
            self._taken[path] = taken

    def of(self, path: str) -> Counter[bytes]:
        """What there is for a file: what no other file has taken."""
        found = Counter(self._every)
        for (_, key), number in self._taken.get(path, {}).items():
            found[key] += number
        return +found


def _is_counted(key: bytes) -> bool:
    """Whether a finding is known only as often as it was: one of the file or of the dataset, not of a row alone."""
    entry = entries()[code_of(key)]
    return entry.kind in ("DatasetRule", "FileRule") or not any(key[5:])


def _only(keys: Counter[bytes], codes: frozenset[str]) -> Counter[bytes]:
    """Those of rules that ran, and of rules that there are no longer."""
    known = entries()
    return Counter({key: count for key, count in keys.items() if (code := code_of(key)) in codes or code not in known})

"""Whether files are still what a lock says, and if not, what is different, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ftlint import __version__
from ftlint.core.types import Problem, Severity
from ftlint.engine import lock
from ftlint.engine.outcome import FileOutcome
from ftlint.engine.report import FileDetails, FileReport
from ftlint.engine.run import Checker

HELP = "ftlint lock writes the lock anew"


class LockCheck:
    """
    Holds the files of a run against the lock at `path`, a part of the run after another.

    With `whole` the run looks at everything, so that what is in the lock and not in the run is missing. Raises
    FtlintError when the lock cannot be read.
    """

    def __init__(self, path: Path, *, whole: bool) -> None:
        self.path = path
        self.lock = lock.read(path)
        self.whole = whole
        self.seen: set[str] = set()
        """The files so far, each of which is looked at once."""
        self.models: set[str] = set()
        self.checker: Checker | None = None
        """Of the first part."""

    def compare(self, outcomes: Sequence[FileOutcome], checker: Checker) -> None:
        """Add what is different to what was found in these files."""
        self.checker = self.checker or checker
        for outcome in outcomes:
            file = outcome.report
            if file.purpose in ("training", "validation"):
                place = lock.place_of(file.path, self.path.parent)
                active = checker.active(file.path)
                _add(outcome, self._of_file(file, place), active)
                self.seen.add(place)

    def concluded(self) -> Iterator[FileOutcome]:
        """The lock itself, as a file of the report."""
        if self.checker is None:
            return
        profile = self.checker.profile
        report = FileReport(
            path=str(self.path),
            purpose="lock",
            format=None,
            provider=profile.provider,
            model=profile.id,
            method=None,
            rows=0,
            bytes=self.path.stat().st_size,
            tokens=None,
            epochs=None,
            cost=None,
        )
        outcome = FileOutcome(report, FileDetails(named=profile.id is not None))
        _add(outcome, self._of_lock(), self.checker.active(str(self.path)))
        yield outcome

    def _of_file(self, file: FileReport, place: str) -> Iterator[tuple[Severity, str]]:
        locked = self.lock.files.get(place)
        if locked is None:
            if place not in self.seen:
                yield Severity.ERROR, "File is not in the lock"
            return
        now = lock.target_of(file)
        self.models.add(now.model)
        is_same = lock.sha256_of(file) == locked.sha256
        if not is_same and place not in self.seen:
            yield Severity.ERROR, _difference(file, locked, now)
        known = [target for target in locked.targets if (target.model, target.method) == (now.model, now.method)]
        if not known:
            were = " and ".join(_named(target) for target in locked.targets)
            yield Severity.ERROR, f"File is checked for {_named(now)}, and locked for {were}"
        elif is_same and (before := known[0]).tokens != now.tokens:
            yield Severity.INFO, f"The same bytes are {_tokens(now)}; the lock says {_tokens(before)}"

    def _of_lock(self) -> Iterator[tuple[Severity, str]]:
        if self.lock.tool != __version__:
            yield Severity.INFO, f"The lock was written by ftlint {self.lock.tool}, this is {__version__}"
        for model in sorted(self.models):
            if self.lock.facts.get(model, now := lock.facts_of(model)) != now:
                yield Severity.INFO, f"What is known of {model} has changed since the lock was written"
        for place in self.lock.files if self.whole else ():
            if place in self.seen:
                continue
            if (self.path.parent / place).exists():
                yield Severity.ERROR, f"{place} is in the lock, and not among the files that are checked"
            else:
                yield Severity.ERROR, f"{place} is in the lock, and not on the disk"


def _add(outcome: FileOutcome, found: Iterable[tuple[Severity, str]], active: dict[str, Severity]) -> None:
    for severity, said in found:
        if "FT710" in active:
            level = active["FT710"] if severity == Severity.ERROR else severity
            outcome.add_problems([Problem("FT710", said, help=HELP)], {"FT710": level})


def _difference(file: FileReport, locked: lock.LockedFile, now: lock.LockedTarget) -> str:
    """What is different in a file whose bytes are."""
    if lock.content_of(file.path) == locked.content:
        return "Only the bytes differ from the lock (the order of rows or keys, white space): the content is the same"
    parts = [_change(locked.rows, file.rows, "rows")]
    for before in locked.targets:
        same = (before.model, before.method, before.encoding) == (now.model, now.method, now.encoding)
        if same and before.tokens is not None and now.tokens is not None:
            parts.append(_change(before.tokens, now.tokens, f"{now.encoding} tokens"))
    return f"Content differs from the lock: {', '.join(parts)}"


def _change(before: int, after: int, what: str) -> str:
    return f"{after:,} {what} as before" if before == after else f"{before:,} → {after:,} {what} ({after - before:+,})"


def _named(target: lock.LockedTarget) -> str:
    return f"{target.model} ({target.method})" if target.method else target.model


def _tokens(target: lock.LockedTarget) -> str:
    return "tokens that nobody counts" if target.tokens is None else f"{target.tokens:,} {target.encoding} tokens"

"""Files and datasets beside what they were at a git commit: what is new, and what has changed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from ftlint.config.settings import EXCLUDED, Settings
from ftlint.core.errors import FtlintError
from ftlint.engine.comparison import Comparison, Facts, FileChange, change_of, facts_of
from ftlint.engine.located import Located
from ftlint.engine.muting import Before, Muted, Recording
from ftlint.engine.outcome import FileOutcome
from ftlint.engine.parts import Part, run_parts
from ftlint.engine.report import FileKey, FileReport, Report, key_of
from ftlint.engine.run import Checker
from ftlint.sources.blobs import Blobs
from ftlint.sources.files import STDIN, find, open_source, source_of
from ftlint.sources.git import Blob, Repository, is_pointer, is_rows

Files = tuple[list[str], str | None]
"""The files of a part, and its validation file."""


class Against:
    """
    The parts of a check as their files are at a commit, by the settings of today.

    A part without a dataset and without paths is the files that have changed. The check that follows is of `parts`,
    with `muting`; `compare` then puts into its report what has changed, where that is to be `compared`, with the
    beginnings of new system prompts where `content` may be shown. Raises FtlintError where there is no such commit, no
    repository, or a file lies in none.
    """

    def __init__(
        self, ref: str, parts: Sequence[Part], baseline: Muted | None, *, content: bool, compared: bool
    ) -> None:
        if any(STDIN in part.paths for part in parts):
            raise FtlintError("--base cannot compare standard input with a commit; name the file")
        self._ref = ref
        self._content = content
        self._max_line = parts[0].configuration.settings.max_line_bytes
        self._compared = compared
        self._repository = Repository(_directory(parts), ref)
        self._changed = self._repository.changed()
        self.parts = [self._meant(part) for part in parts]
        found = [_files(part) for part in self.parts]
        graders = {part.configuration.settings.grader for part in self.parts} - {None}
        self._blobs = self._at_commit(found, [grader for grader in graders if grader and self._lies_here(grader)])
        """The files that are there at the commit, by the paths that they have now."""
        self._facts: dict[str, Facts] = {}
        self._unknown: set[str] = set()
        """
        Files of which nobody knows what has changed in them, so that all is news: those that were one Git LFS pointer,
        and are another; a grader outside of the repository.
        """
        self._recording, self._report = self._then(found)
        self.muting = (baseline or Muted()).against(Before(self._recording), ref)
        self._deleted = tuple(self._gone(parts))

    def compare(self, report: Report) -> None:
        """Put what has changed into the report, and what could not be compared."""
        report.failures.extend(one for one in self._report.failures if one not in report.failures)
        if not self._compared:
            return
        then = {file.key: file for file in self._report.files}
        introduced = _introduced(report)
        facts: dict[str, Facts] = {}
        prompts: dict[FileKey, tuple[str, ...]] = {}
        files = []
        for file in report.files:
            if file.purpose not in ("training", "validation"):
                continue
            if file.path not in facts:
                facts[file.path] = self._facts_now(file.path)
            prompts[file.key] = tuple(facts[file.path].new) if self._content else ()
            new = introduced.get(file.key, Counter())
            files.append(self._change(file, then.get(file.key), facts[file.path], new))
        commit = self._repository.commit
        report.comparison = Comparison(
            ref=self._ref, commit=commit, files=tuple(files), deleted=self._deleted, prompts=prompts
        )

    def _meant(self, part: Part) -> Part:
        """The part; where it names nothing, what has changed, but for excluded files: nobody named them."""
        if part.dataset is not None or part.paths:
            return part
        paths = tuple(self._seen(path) for path in self._changed.files if is_rows(path))
        return part._replace(paths=paths).told(lambda settings: replace(settings, force_exclude=True))

    def _at_commit(self, found: Iterable[Files], graders: Iterable[str]) -> dict[str, Blob]:
        """What there is at the commit of the files of each part, by the paths that they have now."""
        names: dict[str, str] = {}
        for path in chain(graders, *((*paths, *filter(None, [validation])) for paths, validation in found)):
            name = self._repository.relative(path)
            names[path] = self._changed.renamed.get(name, name)
        blobs = self._repository.blobs(set(names.values()))
        return {path: blobs[name] for path, name in names.items() if name in blobs}

    def _then(self, found: Iterable[Files]) -> tuple[Recording, Report]:
        """The findings at the commit, and the report about it."""
        recording = Recording()
        with Blobs(self._repository) as blobs:
            self._contents = blobs
            report = run_parts(
                [self._as_it_was(part, *files) for part, files in zip(self.parts, found, strict=True)],
                excerpts=False,
                located=Located(findings=0, kinds=0, places=0),
                check=self._check,
                begin=self._begin,
                muting=recording,
            )
        for path in self._unknown:
            recording.forget(path)
        return recording, report

    def _as_it_was(self, part: Part, paths: list[str], validation: str | None) -> Part:
        """The part with the files that are there at the commit."""
        held = validation if validation in self._blobs else None

        def as_it_was(settings: Settings) -> Settings:
            return replace(settings, validation=held)

        return part._replace(paths=[path for path in paths if path in self._blobs]).told(as_it_was)

    def _begin(self, checker: Checker) -> None:
        """Give a checker the grader of the commit: none where there was none, that of now where nobody knows."""
        now = checker.grader_file
        if now is None:
            return
        if not self._lies_here(now.path):
            self._unknown.add(now.path)
            return
        if self._repository.relative(now.path) not in self._changed.files:
            return
        checker.grader_file = None
        if blob := self._blobs.get(now.path):
            from ftlint.engine.grading import held

            with self._contents.opened(blob) as content:
                checker.grader_file = held(now.path, content.read())

    def _check(self, checker: Checker, path: str, validation: bool) -> FileOutcome:
        """Check a file as it is at the commit."""
        blob = self._blobs[path]
        with self._contents.opened(blob) as content:
            if is_pointer(content) and not _holds_pointer(path):
                raise FtlintError(
                    f"cannot compare {path}: at {self._ref} it is a Git LFS pointer, whose content is not here; "
                    "`git lfs fetch` with that commit brings it, where git-lfs is installed"
                )
            if is_pointer(content) and content.read() != Path(path).read_bytes():
                self._unknown.add(path)
            outcome = checker.check(path, validation, content)
            if self._compared and path not in self._facts:
                content.seek(0)
                with source_of(content) as source:
                    self._facts[path] = facts_of(source, self._max_line)
            return outcome

    def _facts_now(self, path: str) -> Facts:
        with open_source(path) as source:
            before = self._facts.get(path, Facts())
            return facts_of(source, self._max_line, before)

    def _change(self, now: FileReport, then: FileReport | None, facts: Facts, introduced: Counter[str]) -> FileChange:
        path = now.path
        fixed = self._recording.of_dataset(path, now.dataset) - self.muting.of_dataset(path, now.dataset)
        before = None
        if blob := self._blobs.get(path):
            before = path if blob.path == self._repository.relative(path) else self._seen(blob.path)
        return change_of(now, then, before, (self._facts.get(path, Facts()), facts), introduced, fixed)

    def _gone(self, parts: Sequence[Part]) -> Iterator[str]:
        """Files that were deleted, of the directories that are checked."""
        anywhere = any(part.dataset is None and not part.paths for part in parts)
        within = {self._repository.relative(path) for part in parts for path in part.paths if Path(path).is_dir()}
        for path in self._changed.deleted:
            if is_rows(path) and (anywhere or any(Path(path).is_relative_to(place) for place in within)):
                yield self._seen(path)

    def _seen(self, path: str) -> str:
        """A path from the top of the repository, as it is seen from here."""
        return os.path.relpath(self._repository.top / path)

    def _lies_here(self, path: str) -> bool:
        """Whether a path is in the repository."""
        try:
            self._repository.relative(path)
        except FtlintError:
            return False
        return True


def _directory(parts: Sequence[Part]) -> Path:
    """Where the repository is looked for: where the first path is."""
    first = next((Path(path) for part in parts for path in part.paths), None)
    if first is None:
        return Path.cwd()
    place = first if first.is_dir() else first.parent
    return place if place.is_dir() else Path.cwd()


def _files(part: Part) -> Files:
    """The files of a part as they are now, and its validation file."""
    settings = part.configuration.settings
    return list(find(part.paths, (*EXCLUDED, *settings.exclude), settings.force_exclude)), settings.validation


def _introduced(report: Report) -> dict[FileKey, Counter[str]]:
    """How many findings of each rule are new in each file."""
    found: dict[FileKey, Counter[str]] = {}
    for finding in report.findings:
        found.setdefault(key_of(finding.dataset, finding.path), Counter())[finding.code] += 1
    for one in report.unlisted:
        found.setdefault(key_of(one.dataset, one.path), Counter())[one.code] += one.findings - one.listed
    return found


def _holds_pointer(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return is_pointer(file)
    except (OSError, ValueError):
        return False

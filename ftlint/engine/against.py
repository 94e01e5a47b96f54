"""Files beside what they were at a git commit: what is new, and what has changed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ftlint.config.load import Configuration
from ftlint.config.settings import EXCLUDED
from ftlint.core.errors import FtlintError
from ftlint.engine.comparison import Comparison, Facts, FileChange, change_of, facts_of
from ftlint.engine.located import Located
from ftlint.engine.muting import Before, Muted, Recording
from ftlint.engine.outcome import FileOutcome
from ftlint.engine.report import FileReport, Report
from ftlint.engine.run import Checker, run
from ftlint.sources.files import STDIN, find, open_source, source_of
from ftlint.sources.git import Blob, Repository, is_pointer, is_rows


class Against:
    """
    The files of a call as they are at a commit, checked as they are now.

    Without paths, those that have changed. `paths`, `configuration` and `muting` are those of the check that follows;
    `compare` then puts into its report what has changed, where tokens are counted, with the beginnings of new system
    prompts where `content` may be shown. Raises FtlintError where there is no such commit, no repository, or a file
    lies in none.
    """

    def __init__(
        self, ref: str, paths: tuple[str, ...], configuration: Configuration, baseline: Muted | None, content: bool
    ) -> None:
        if STDIN in paths:
            raise FtlintError("--base cannot compare standard input with a commit; name the file")
        self.configuration = configuration
        self._ref = ref
        self._content = content
        self._shown = bool(configuration.settings.totals)
        """Whether anybody sees what has changed."""
        self._repository = Repository(_directory(paths), ref)
        self._changed = self._repository.changed()
        self.paths = paths or tuple(self._seen(path) for path in self._changed.files if is_rows(path))
        if not paths:
            self.configuration = _excluding(configuration)
        self._blobs: dict[str, Blob] = {}
        """The files that are there at the commit, by the paths that they have now."""
        self._facts: dict[str, Facts] = {}
        self._pointers: set[str] = set()
        """The files that were one Git LFS pointer, and are another: nobody knows what has changed in them."""
        recording, self._report = self._then()
        self._recording = recording
        self.muting = (baseline or Muted()).against(Before(recording), ref)
        self._deleted = tuple(self._gone(paths))

    def compare(self, report: Report) -> None:
        """Put what has changed into the report, and what could not be compared."""
        report.failures.extend(one for one in self._report.failures if one not in report.failures)
        if not self._shown:
            return
        then = {file.path: file for file in self._report.files}
        prompts: dict[str, tuple[str, ...]] = {}
        files = []
        for file in report.files:
            if file.purpose != "grader":
                facts = self._facts_now(file.path)
                prompts[file.path] = tuple(facts.new) if self._content else ()
                files.append(self._change(report, file, then.get(file.path), facts))
        commit = self._repository.commit
        report.comparison = Comparison(
            ref=self._ref, commit=commit, files=tuple(files), deleted=self._deleted, prompts=prompts
        )

    def _then(self) -> tuple[Recording, Report]:
        """The findings at the commit, and the report about it."""
        settings = self.configuration.settings
        found = list(find(self.paths, (*EXCLUDED, *settings.exclude), settings.force_exclude))
        validation = settings.validation
        for path in (*found, *filter(None, [validation])):
            name = self._repository.relative(path)
            if blob := self._repository.blob(self._changed.renamed.get(name, name)):
                self._blobs[path] = blob
        if validation not in self._blobs:
            settings = replace(settings, validation=None)
        recording = Recording()
        report = run(
            [path for path in found if path in self._blobs],
            replace(self.configuration, settings=settings),
            excerpts=False,
            located=Located(findings=0, kinds=0, places=0),
            check=self._check,
            muting=recording,
        )
        for path in self._pointers:
            recording.forget(path)
        if settings.grader is not None and not self._is_as_it_was(settings.grader):
            recording.forget(settings.grader)  # what was checked is what it holds now
        return recording, report

    def _check(self, checker: Checker, path: str, validation: bool) -> FileOutcome:
        """Check a file as it is at the commit."""
        blob = self._blobs[path]
        with self._repository.opened(blob) as content:
            if is_pointer(content) and not _holds_pointer(path):
                raise FtlintError(
                    f"cannot compare {path}: at {self._ref} it is a Git LFS pointer, whose content is not here; "
                    "`git lfs fetch` with that commit brings it, where git-lfs is installed"
                )
            if is_pointer(content) and content.read() != Path(path).read_bytes():
                self._pointers.add(path)
            outcome = checker.check(path, validation, content)
            if self._shown:
                content.seek(0)
                with source_of(content) as source:
                    self._facts[path] = facts_of(source, checker.settings.max_line_bytes)
            return outcome

    def _facts_now(self, path: str) -> Facts:
        with open_source(path) as source:
            before = self._facts.get(path, Facts())
            return facts_of(source, self.configuration.settings.max_line_bytes, before)

    def _change(self, report: Report, now: FileReport, then: FileReport | None, facts: Facts) -> FileChange:
        path = now.path
        introduced = Counter(finding.code for finding in report.findings if finding.path == path)
        for one in report.unlisted:
            if one.path == path:
                introduced[one.code] += one.findings - one.listed
        fixed = self._recording.of(path) - self.muting.of(path)
        before = None
        if blob := self._blobs.get(path):
            before = path if blob.path == self._repository.relative(path) else self._seen(blob.path)
        return change_of(now, then, before, (self._facts.get(path, Facts()), facts), introduced, fixed)

    def _gone(self, paths: tuple[str, ...]) -> Iterator[str]:
        """Files that were deleted, of the directories that are checked."""
        within = [Path(self._repository.relative(path)) for path in paths if Path(path).is_dir()]
        for path in self._changed.deleted:
            if is_rows(path) and (not paths or any(Path(path).is_relative_to(place) for place in within)):
                yield self._seen(path)

    def _seen(self, path: str) -> str:
        """A path from the top of the repository, as it is seen from here."""
        return os.path.relpath(self._repository.top / path)

    def _is_as_it_was(self, path: str) -> bool:
        try:
            name = self._repository.relative(path)
        except FtlintError:
            return False
        return name not in self._changed.files


def _directory(paths: tuple[str, ...]) -> Path:
    """Where the repository is looked for: where the first path is."""
    if not paths:
        return Path.cwd()
    first = Path(paths[0])
    place = first if first.is_dir() else first.parent
    return place if place.is_dir() else Path.cwd()


def _excluding(configuration: Configuration) -> Configuration:
    """Excluded files are left out of what has changed: nobody named them."""
    return replace(configuration, settings=replace(configuration.settings, force_exclude=True))


def _holds_pointer(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return is_pointer(file)
    except (OSError, ValueError):
        return False

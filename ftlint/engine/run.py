"""From paths and settings to a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from ftlint.config.load import Configuration
from ftlint.config.settings import BUDGET, EXCLUDED, Settings
from ftlint.core.errors import FtlintError
from ftlint.core.types import Problem, Severity
from ftlint.core.visible import visible
from ftlint.engine import conclude, figures, hits
from ftlint.engine.chunks import scan_all
from ftlint.engine.context import Context
from ftlint.engine.located import Located
from ftlint.engine.outcome import FileOutcome, put_together
from ftlint.engine.processes import scan_together
from ftlint.engine.reading import MAX_LOOSE_BYTES, chunks_of, head_of, sample_of_lines, sample_of_objects
from ftlint.engine.report import FileDetails, FileReport, Gate, Purpose, Report
from ftlint.engine.result import ChunkResult
from ftlint.engine.scan import Scanner
from ftlint.engine.selection import ignored_codes, severities
from ftlint.engine.target import Detected, detect, schema_for, takes, target_for
from ftlint.engine.trained_on import TrainedOn
from ftlint.formats.accept import Acceptor, compile_bundled, compile_schema, when_asked
from ftlint.formats.schemas import load_custom, plain_roles
from ftlint.profiles.catalog import resolve
from ftlint.profiles.model import FormatName, MethodName, Profile
from ftlint.sources.files import Source, find, open_source, same, with_validation

if TYPE_CHECKING:
    from ftlint.engine.cache import Cache
    from ftlint.engine.fingerprints import Marks, Sieve
    from ftlint.engine.grading import GraderFile
    from ftlint.engine.muting import Muting

Check = Callable[["Checker", str, bool], FileOutcome]
"""How a run checks a file: by the checker, the path, and whether it is the validation file."""


class Checked(NamedTuple):
    """What came of the files of one job."""

    outcomes: list[FileOutcome]
    failures: list[str]
    """The files that could not be read, each in one sentence."""
    gates: list[Gate]


WORTH_REMEMBERING = 2 << 20
"""A file below this is scanned before results of it could have been looked up, unless its tokens are counted."""


def run(
    paths: Sequence[str],
    configuration: Configuration,
    *,
    stdin: BinaryIO | None = None,
    excerpts: bool = True,
    located: Located | None = None,
    check: Check | None = None,
    muting: Muting | None = None,
) -> Report:
    """
    Check files and directories, each by `check`, which is `Checker.check` by default.

    `located` limits which findings get their line and column, by default all; totals count them all. Findings that
    `muting` knows are left out, and counted. Raises
    FtlintError when the call is wrong; a file that cannot be read becomes one of the report's failures.
    """
    checker = Checker(configuration, stdin, excerpts, located, muting)
    return with_stale(put_together(*checked(checker, paths, check)), muting)


def with_stale(report: Report, muting: Muting | None) -> Report:
    """The report with the number of entries of the baseline that nothing in the files belongs to any more."""
    if muting:
        stale = sum(keys.total() for keys in muting.stale().values())
        report.summary = replace(report.summary, stale=stale)
    return report


def checked(checker: Checker, paths: Sequence[str], check: Check | None = None) -> Checked:
    """Check the files of one job, which may be a dataset."""
    outcomes: list[FileOutcome] = []
    failures: list[str] = []
    lacks = False
    settings = checker.settings
    if checker.dataset is not None and (held := settings.validation) and any(same(path, held) for path in paths):
        failures.append(f"{held} is trained on and the validation file as well; `ftlint split` makes two of it")
        lacks = True
    found = find(paths, (*EXCLUDED, *settings.exclude), settings.force_exclude)
    if checker.dataset is not None:  # in whichever order they were written down
        found = iter(sorted(found))
    for path, validation in with_validation(found, settings.validation):
        try:
            outcomes.append((check or Checker.check)(checker, path, validation))
        except FtlintError as error:
            failures.append(str(error))
            lacks = lacks or not validation
        except Exception as error:  # a bug of ours, which is easier to find with the file
            error.add_note(f"while checking {visible(path)}")
            raise
    gates: list[Gate] = []
    if any(getattr(settings, name) is not None for name in BUDGET):
        from ftlint.engine.gates import judge

        gates = judge(outcomes, settings, checker.active, checker.dataset, lacks_training=lacks)
        for outcome in outcomes:
            outcome.contents = None
    outcomes.extend(checker.of_grader())
    return Checked(outcomes, failures, gates)


class Checker:
    """Checks one file after another, and knows what is said once a run."""

    def __init__(
        self,
        configuration: Configuration,
        stdin: BinaryIO | None,
        excerpts: bool,
        located: Located | None,
        muting: Muting | None = None,
        dataset: str | None = None,
    ) -> None:
        self.configuration = configuration
        self.dataset = dataset
        """The dataset whose files are checked; None: files that were named."""
        self.settings: Settings = configuration.settings
        self.stdin = stdin
        self.excerpts = excerpts
        self.located = located
        self.muting = muting
        self.room = hits.MAX_LISTED
        """How many findings the report has still room for."""
        self.profile: Profile = resolve(self.settings.model)
        self.target_checked = False
        """Whether a file has the findings about the target, which are said once a run."""
        self.grader_file = _grader_of(self.settings)
        self.lacks_validation = self.grader_file is not None and self.settings.validation is None
        """Whether it is still to be said that the job has no validation file."""
        self.trained: dict[FormatName, MethodName] = {}
        """The formats of the training files so far, and the methods that they are checked for."""
        if self.settings.encoder == "splintr":
            from ftlint.tokens.fast import require

            require()
        self.severities = severities(self.settings, self.profile.levels)
        self.trained_on = TrainedOn(self.severities, dataset is not None, self.settings.max_duplicates is not None)
        self.compiled: dict[str, Acceptor] = {}
        self.ignores = {pattern: ignored_codes(codes) for pattern, codes in self.settings.per_file_ignores.items()}
        self.custom = {
            pattern: (name, compile_schema(load_custom(configuration.root / name), name))
            for pattern, name in self.settings.schemas.items()
        }

    def twin(self) -> Checker:
        """One that knows as much, and learns for itself."""
        twin = copy(self)
        twin.trained, twin.trained_on = dict(self.trained), self.trained_on.copy()
        return twin

    def become(self, twin: Checker) -> None:
        """Know what a twin has learnt."""
        self.__dict__.update(twin.__dict__)

    def check(self, path: str, validation: bool = False, content: BinaryIO | None = None) -> FileOutcome:
        """Check a file, or `content`, which can be read again from its start, as if it stood in the file."""
        purpose: Purpose = "validation" if validation else "training"
        with open_source(path, self.stdin, content) as source:
            if source.sniffed.problem and source.sniffed.layout == "none":
                return self._unreadable(path, source, source.sniffed.problem, purpose)
            if source.sniffed.layout != "lines" and source.size > MAX_LOOSE_BYTES:
                return self._unreadable(path, source, conclude.too_large(source), purpose)
            return self._scan(path, source, purpose)

    def of_grader(self) -> Iterator[FileOutcome]:
        """What is wrong with the grader, where there is one."""
        if file := self.grader_file:
            active = self.active(file.path)
            sieve = self._sieve(self._marks(file.path))
            outcome = file.outcome(self.profile, active, excerpts=self.excerpts, located=self.located, sieve=sieve)
            self._settle(file.path, sieve, active)
            yield outcome

    def _scan(self, path: str, source: Source, purpose: Purpose) -> FileOutcome:
        loose = source.sniffed.layout != "lines"
        data = source.stream.read() if loose else b""
        chunks = chunks_of(source.stream, source.start, self.settings.max_line_bytes)
        head = [] if loose else head_of(chunks)
        detected = detect(sample_of_objects(data) if loose else sample_of_lines(head))
        context = self._context(path, detected, purpose)
        scanner = Scanner(context)
        cache = None if loose else self._cache(source, context)
        if loose:
            result = scanner.scan_objects(data, source.sniffed.layout == "array")
            result.move(source.start)
        elif found := scan_together(path, source, context, self.settings.jobs or 1, cache):
            result = found
        else:
            result = scan_all(scanner, chain(head, chunks), cache)
        if context.marks and context.marks.has_more(result.marks):  # one row after another: the first ones are known
            scanner = Scanner(context, left=dict(context.marks.known or {}))
            if loose:
                result = scanner.scan_objects(data, source.sniffed.layout == "array")
                result.move(source.start)
            else:
                result = scan_all(scanner, chunks_of(source.stream, source.start, self.settings.max_line_bytes))
        return self._conclude(path, source, result, detected, context, purpose, scanner.is_tidy)

    def _cache(self, source: Source, context: Context) -> Cache | None:
        """What is remembered of such files; None where there is no place for it, and where it does not pay."""
        settings = self.settings
        if settings.cache is False or settings.cache_dir is None:
            return None
        if source.size < WORTH_REMEMBERING and not (context.totals and context.floor is not None):
            return None
        from ftlint.engine.cache import open_cache

        return open_cache(Path(settings.cache_dir), context)

    def _context(self, path: str, detected: Detected, purpose: Purpose) -> Context:
        settings = self.settings
        if purpose == "validation" and len(methods := set(self.trained.values())) == 1:
            settings = replace(settings, method=methods.pop())
        grader = self.grader_file.grader if self.grader_file else None
        target, format = target_for(settings, self.profile, detected, grader)
        return Context(
            target=target,
            format=format,
            acceptor=self._acceptor(schema_for(target, format)) if format else None,
            plain_roles=plain_roles(schema_for(target, format)) if format == "chat" else frozenset(),
            severities=self.active(path),
            limit=target.profile.training_context,
            totals=bool(self.settings.totals) and format is not None,
            max_line_bytes=self.settings.max_line_bytes,
            encoder=self.settings.encoder,
            most_rows=self.settings.max_rows_in_memory,
            custom=tuple(schema for pattern, schema in self.custom.items() if self._matches(path, pattern)),
            marks=self._marks(path),
            remembered=self.trained_on.remembered(purpose, self.active(path)),
        )

    def _marks(self, path: str) -> Marks | None:
        return self.muting.marks(path, self.dataset) if self.muting else None

    def _sieve(
        self, marks: Marks | None, stream: BinaryIO | None = None, noted: bytearray | None = None
    ) -> Sieve | None:
        if marks is None:
            return None
        from ftlint.engine.fingerprints import Sieve

        sieve = Sieve(marks, stream)
        sieve.start(noted or bytearray())
        return sieve

    def _settle(self, path: str, sieve: Sieve | None, active: dict[str, Severity]) -> None:
        if self.muting and sieve:
            self.muting.settle(path, sieve.noted, frozenset(active), self.dataset)

    def _acceptor(self, name: str) -> Acceptor:
        if name not in self.compiled:
            self.compiled[name] = when_asked(compile_bundled, name)
        return self.compiled[name]

    def active(self, path: str) -> dict[str, Severity]:
        """The rules that run for a file."""
        ignored = frozenset(
            chain.from_iterable(codes for pattern, codes in self.ignores.items() if self._matches(path, pattern))
        )
        return {code: severity for code, severity in self.severities.items() if code not in ignored}

    def _matches(self, path: str, pattern: str) -> bool:
        """A glob over the path from the configuration's directory, or over the file's name."""
        try:
            relative = Path(path).absolute().relative_to(self.configuration.root.absolute()).as_posix()
        except ValueError:
            relative = Path(path).as_posix()
        return fnmatch(relative, pattern) or fnmatch(Path(path).name, pattern)

    def _conclude(
        self,
        path: str,
        source: Source,
        result: ChunkResult,
        detected: Detected,
        context: Context,
        purpose: Purpose,
        is_tidy: bool,
    ) -> FileOutcome:
        target, format, settings = context.target, context.format, self.settings
        validation = purpose == "validation"
        tokens = figures.token_summary(result.tokens, result.trained, target.profile)
        epochs = figures.epochs_of(result.rows, settings)
        cost, price = figures.cost_of(tokens, epochs, target.profile, settings)
        if validation:
            tokens, cost = figures.not_trained(tokens, target.profile), None
        lacks = self.lacks_validation and target.grader is not None and not validation
        facts = figures.facts_of(
            path,
            result.rows,
            source.size,
            epochs,
            tokens,
            cost,
            settings,
            validation=validation,
            lacks_validation=lacks,
        )
        problems = list(conclude.source_problems(source, self.profile))
        if source.sniffed.layout == "array":
            problems.append(conclude.array_problem(result.rows, is_tidy))
        if result.rows:
            problems.extend(conclude.file_problems(result, detected, format, target, facts, not self.target_checked))
            self.target_checked = True
            self.lacks_validation = self.lacks_validation and not lacks
            if validation and format and takes(target, format):
                problems.extend(conclude.other_format(format, self.trained))
        else:
            problems.append(Problem("FT020", "File holds no row"))
        sieve = self._sieve(context.marks, source.stream, result.marks)
        before = self.trained_on.before(purpose)
        concluded = conclude.dataset_problems(result, context, source, before, sieve, purpose)
        problems.extend(concluded.of_file)
        if format and not validation:
            self.trained[format] = target.method_name
            self.trained_on.add(path, result)
        report = FileReport(
            path=path,
            purpose=purpose,
            format=format,
            provider=target.profile.provider,
            model=target.profile.id,
            method=target.method_name if format else None,
            rows=result.rows,
            bytes=source.size,
            tokens=tokens,
            epochs=epochs if format and target.profile.encoding and not validation else None,
            cost=cost,
        )
        details = figures.details_of(result, target, price)
        contents = self.trained_on.contents(result)
        outcome = FileOutcome(report, details, context, sieve=sieve, to_drop=concluded.to_drop, contents=contents)
        outcome.add_problems(problems, self._levelled(context))
        outcome.add_hits(
            result, source.stream, context.severities, excerpts=self.excerpts, located=self.located, room=self.room
        )
        self.room = max(0, self.room - len(outcome.findings))
        self._settle(path, sieve, context.severities)
        return outcome

    def _levelled(self, context: Context) -> dict[str, Severity]:
        """A file of no known format is none of our business, unless a format was asked for."""
        if self.settings.format and "FT108" in context.severities:
            return {**context.severities, "FT108": Severity.ERROR}
        return context.severities

    def _unreadable(self, path: str, source: Source, problem: Problem, purpose: Purpose) -> FileOutcome:
        report = FileReport(
            path=path,
            purpose=purpose,
            format=None,
            provider=self.profile.provider,
            model=self.profile.id,
            method=None,
            rows=0,
            bytes=source.size,
            tokens=None,
            epochs=None,
            cost=None,
        )
        sieve, active = self._sieve(self._marks(path)), self.active(path)
        outcome = FileOutcome(report, FileDetails(named=self.profile.id is not None), sieve=sieve)
        outcome.add_problems([problem], active)
        self._settle(path, sieve, active)
        return outcome


def _grader_of(settings: Settings) -> GraderFile | None:
    if settings.grader is None:
        return None
    from ftlint.engine.grading import load

    return load(settings.grader)


def on_day(configuration: Configuration, today: date) -> Configuration:
    """The configuration with a day to compare dates with, where it names none."""
    if configuration.settings.today is not None:
        return configuration
    return replace(configuration, settings=replace(configuration.settings, today=today))

"""From paths and settings to a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from ftlint import __version__
from ftlint.config.load import Configuration
from ftlint.config.settings import EXCLUDED, Settings
from ftlint.core.errors import FtlintError
from ftlint.core.types import Fix, Problem, Severity
from ftlint.engine import conclude
from ftlint.engine.context import Context
from ftlint.engine.report import Excerpt, FileDetails, FileReport, Finding, Report, Summary, Tool
from ftlint.engine.result import ChunkResult, Hit
from ftlint.engine.scan import Scanner, scan_all
from ftlint.engine.selection import ignored_codes, severities
from ftlint.engine.target import Detected, detect, schema_for, target_for
from ftlint.formats.accept import Acceptor, compile_schema
from ftlint.formats.detect import SAMPLE_ROWS
from ftlint.formats.schemas import bundle, load_custom
from ftlint.profiles.catalog import resolve
from ftlint.profiles.model import Profile
from ftlint.sources.files import Source, find, open_source
from ftlint.sources.lines import BLOCK_BYTES, Block, LongLine, blocks


@dataclass(slots=True)
class FileOutcome:
    """Everything about one file, before all files are put together."""

    report: FileReport
    details: FileDetails
    findings: list[tuple[Finding, Excerpt | None]]
    counts: dict[str, int] = field(default_factory=dict)
    fixable: int = 0
    unsafe_fixable: int = 0


def run(
    paths: Sequence[str],
    configuration: Configuration,
    *,
    stdin: BinaryIO | None = None,
    excerpts: bool = True,
    located: int | None = None,
) -> Report:
    """
    Check files and directories.

    `located` limits how many findings of a rule in a file get their place; totals count them all. Raises
    FtlintError when the call is wrong; a file that cannot be read becomes one of the report's failures.
    """
    run = _Run(configuration, stdin, excerpts, located)
    outcomes: list[FileOutcome] = []
    failures: list[str] = []
    settings = configuration.settings
    for path in find(paths, (*EXCLUDED, *settings.exclude), settings.force_exclude):
        try:
            outcomes.append(run.check(path, first=not outcomes))
        except FtlintError as error:
            failures.append(str(error))
    return _put_together(outcomes, failures)


class _Run:
    def __init__(
        self, configuration: Configuration, stdin: BinaryIO | None, excerpts: bool, located: int | None
    ) -> None:
        self.configuration = configuration
        self.settings: Settings = configuration.settings
        self.stdin = stdin
        self.excerpts = excerpts
        self.located = located
        self.profile: Profile = resolve(self.settings.model)
        self.severities = severities(self.settings, self.profile.levels)
        self.compiled: dict[str, Acceptor] = {}
        self.ignores = {pattern: ignored_codes(codes) for pattern, codes in self.settings.per_file_ignores.items()}
        self.custom = {
            pattern: (name, compile_schema(load_custom(configuration.root / name), name))
            for pattern, name in self.settings.schemas.items()
        }

    def check(self, path: str, first: bool) -> FileOutcome:
        with open_source(path, self.stdin) as source:
            if source.sniffed.layout == "none":
                return self._unreadable(path, source)
            return self._scan(path, source, first)

    def _scan(self, path: str, source: Source, first: bool) -> FileOutcome:
        loose = source.sniffed.layout != "lines"
        data = source.stream.read() if loose else b""
        chunks = _chunks(source, self.settings.max_line_bytes)
        head = [] if loose else _head(chunks)
        detected = detect(_sample_objects(data) if loose else _sample_lines(head))
        context = self._context(path, detected)
        scanner = Scanner(context)
        if loose:
            result = scanner.scan_objects(data, source.sniffed.layout == "array")
            for hit in _hits(result):
                hit.offset += source.start
        else:
            result = scan_all(scanner, chain(head, chunks))
        return self._conclude(path, source, result, detected, context, first)

    def _context(self, path: str, detected: Detected) -> Context:
        target, format = target_for(self.settings, self.profile, detected)
        ignored = self._ignored(path)
        active = {code: severity for code, severity in self.severities.items() if code not in ignored}
        return Context(
            target=target,
            format=format,
            acceptor=self._acceptor(schema_for(target, format)) if format else None,
            severities=active,
            limit=target.profile.training_context,
            totals=bool(self.settings.totals) and format is not None,
            max_line_bytes=self.settings.max_line_bytes,
            custom=tuple(schema for pattern, schema in self.custom.items() if self._matches(path, pattern)),
        )

    def _acceptor(self, name: str) -> Acceptor:
        if name not in self.compiled:
            self.compiled[name] = compile_schema(bundle(name), name)
        return self.compiled[name]

    def _ignored(self, path: str) -> frozenset[str]:
        matching = (codes for pattern, codes in self.ignores.items() if self._matches(path, pattern))
        return frozenset(chain.from_iterable(matching))

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
        first: bool,
    ) -> FileOutcome:
        target, format, settings = context.target, context.format, self.settings
        tokens = conclude.token_summary(result.tokens, sum(result.trained), target.profile)
        epochs = conclude.epochs_of(result.rows, settings)
        cost, price = conclude.cost_of(tokens, epochs, target.profile, settings)
        facts = conclude.facts_of(path, result.rows, source.size, epochs, tokens, cost, settings)
        problems = list(_source_problems(source, self.profile))
        if source.sniffed.layout == "array":
            problems.append(conclude.array_problem(result.rows))
        if result.rows:
            problems.extend(conclude.file_problems(result, detected, format, target, facts, first))
        else:
            problems.append(Problem("FT020", "File holds no row"))
        if (lacking := conclude.without_system(result)) and (where := result.first_without_system):
            where.problem = lacking
            result.once["FT213"] = (1, where)
        report = FileReport(
            path=path,
            format=format,
            provider=target.profile.provider,
            model=target.profile.id,
            method=target.method_name if format else None,
            rows=result.rows,
            bytes=source.size,
            tokens=tokens,
            epochs=epochs if format else None,
            cost=cost,
        )
        details = conclude.details_of(result, target, price)
        outcome = FileOutcome(report, details, [])
        self._add_file_problems(outcome, path, problems, self._levelled(context))
        self._add_hits(outcome, path, result, source.stream, context.severities)
        return outcome

    def _levelled(self, context: Context) -> dict[str, Severity]:
        """A file of no known format is none of our business, unless a format was asked for."""
        if self.settings.format and "FT108" in context.severities:
            return {**context.severities, "FT108": Severity.ERROR}
        return context.severities

    def _unreadable(self, path: str, source: Source) -> FileOutcome:
        problem = source.sniffed.problem
        assert problem is not None
        ignored = self._ignored(path)
        active = {code: severity for code, severity in self.severities.items() if code not in ignored}
        report = FileReport(
            path=path,
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
        outcome = FileOutcome(report, FileDetails(named=self.profile.id is not None), [])
        self._add_file_problems(outcome, path, [problem], active)
        return outcome

    def _add_file_problems(
        self, outcome: FileOutcome, path: str, problems: Iterable[Problem], active: dict[str, Severity]
    ) -> None:
        for problem in problems:
            severity = active.get(problem.code)
            if severity is not None:
                from ftlint.engine.place import finding_of_file

                label = (problem.severity or severity).label
                _count(outcome, label, problem.fix)
                outcome.findings.append((finding_of_file(path, problem, label), None))

    def _add_hits(
        self,
        outcome: FileOutcome,
        path: str,
        result: ChunkResult,
        stream: BinaryIO,
        active: dict[str, Severity],
    ) -> None:
        if not result.hits and not result.once:
            return
        from ftlint.engine.place import finding_at, finding_unplaced

        hits = list(result.hits)
        for code, (count, hit) in result.once.items():
            if code in active:
                hit.problem = conclude.once_problem(hit.problem, count)
                hit.severity = active[code] if code == "FT213" else hit.severity
                hits.append(hit)
        hits.sort(key=lambda hit: (hit.line, hit.offset, hit.row))
        shown: dict[str, int] = {}
        for hit in hits:
            _count(outcome, hit.severity.label, hit.problem.fix)
            shown[hit.problem.code] = shown.get(hit.problem.code, 0) + 1
            if self.located is None or shown[hit.problem.code] <= self.located:
                outcome.findings.append(finding_at(path, hit, stream, self.excerpts))
            else:
                outcome.findings.append((finding_unplaced(path, hit), None))


def _chunks(source: Source, max_line: int) -> Iterator[Block | LongLine]:
    """The blocks of a source, with offsets that count from the start of the file."""
    for chunk in blocks(source.stream, max_line):
        if source.start == 0:
            yield chunk
        elif isinstance(chunk, Block):
            yield Block(chunk.offset + source.start, chunk.first_line, chunk.lines, chunk.ends_with_newline)
        else:
            yield LongLine(chunk.offset + source.start, chunk.line, chunk.length, chunk.ends_with_newline)


def _head(chunks: Iterable[Block | LongLine]) -> list[Block | LongLine]:
    """The first chunks, with lines enough to tell the rows' format by: one block, unless long lines come first."""
    head: list[Block | LongLine] = []
    lines = held = 0
    for chunk in chunks:
        head.append(chunk)
        if isinstance(chunk, Block):
            lines += len(chunk.lines)
            held += sum(map(len, chunk.lines))
            if lines >= SAMPLE_ROWS or held > BLOCK_BYTES // 2:
                break
    return head


def _sample_lines(head: list[Block | LongLine]) -> Iterator[Any]:
    for chunk in head:
        for line in chunk.lines[: 10 * SAMPLE_ROWS] if isinstance(chunk, Block) else ():
            try:
                yield orjson.loads(line)
            except orjson.JSONDecodeError:
                yield from _sample_objects(line)  # several on one line, perhaps


def _sample_objects(data: bytes) -> Iterator[Any]:
    from ftlint.sources.loose import spans

    for start, end, _ in islice(spans(data), SAMPLE_ROWS):
        try:
            yield orjson.loads(data[start:end])
        except orjson.JSONDecodeError:
            continue


def _hits(result: ChunkResult) -> Iterator[Hit]:
    yield from result.hits
    yield from (hit for _, hit in result.once.values())


def _source_problems(source: Source, profile: Profile) -> Iterator[Problem]:
    if source.sniffed.problem is not None:
        yield source.sniffed.problem
    utf8_bom = source.sniffed.bom if source.sniffed.encoding == "utf-8" else b""
    if utf8_bom and profile.bom == "forbid":
        yield Problem(
            "FT006", "File starts with a UTF-8 byte-order mark", fix=Fix("Remove the byte-order mark", "safe")
        )
    elif not utf8_bom and profile.bom == "require":
        yield Problem(
            "FT006",
            f"File has no UTF-8 byte-order mark, which {profile.provider} asks for",
            fix=Fix("Add it", "safe"),
        )


def _count(outcome: FileOutcome, label: str, fix: Fix | None) -> None:
    outcome.counts[label] = outcome.counts.get(label, 0) + 1
    if fix is not None:
        outcome.fixable += fix.applicability == "safe"
        outcome.unsafe_fixable += fix.applicability == "unsafe"


def _put_together(outcomes: list[FileOutcome], failures: list[str]) -> Report:
    findings: list[Finding] = []
    excerpts: dict[int, Excerpt] = {}
    for outcome in outcomes:
        for finding, excerpt in outcome.findings:
            if excerpt is not None:
                excerpts[len(findings)] = excerpt
            findings.append(finding)

    def total(label: str) -> int:
        return sum(outcome.counts.get(label, 0) for outcome in outcomes)

    return Report(
        tool=Tool(name="ftlint", version=__version__),
        files=[outcome.report for outcome in outcomes],
        findings=findings,
        summary=Summary(
            files=len(outcomes),
            rows=sum(outcome.report.rows for outcome in outcomes),
            errors=total("error"),
            warnings=total("warning"),
            infos=total("info"),
            fixable=sum(outcome.fixable for outcome in outcomes),
            unsafe_fixable=sum(outcome.unsafe_fixable for outcome in outcomes),
        ),
        failures=failures,
        details={outcome.report.path: outcome.details for outcome in outcomes},
        excerpts=excerpts,
    )


def on_day(configuration: Configuration, today: date) -> Configuration:
    """The configuration with a day to compare dates with, where it names none."""
    from dataclasses import replace

    if configuration.settings.today is not None:
        return configuration
    return replace(configuration, settings=replace(configuration.settings, today=today))

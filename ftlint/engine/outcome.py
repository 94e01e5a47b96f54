"""What was found in one file, and all files put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from ftlint import __version__
from ftlint.core.types import DROP_ROW, Applicability, Fix, Problem, Severity
from ftlint.engine.conclude import once_problem
from ftlint.engine.hits import MAX_LISTED, Hit, Sort, listed, sort_of
from ftlint.engine.located import Located, to_locate
from ftlint.engine.report import FileDetails, FileReport, Gate, Report, Summary, Tool
from ftlint.engine.result import ChunkResult, Tally
from ftlint.rules.index import entries

if TYPE_CHECKING:
    from ftlint.engine.context import Context
    from ftlint.engine.finding import Excerpt, Finding, Unlisted
    from ftlint.engine.fingerprints import Sieve
    from ftlint.formats.clusters import Digests


@dataclass(slots=True, eq=False, repr=False)
class FileOutcome:
    """Everything about one file, before all files are put together."""

    report: FileReport
    details: FileDetails
    context: Context | None = None
    """What its rows were scanned with; None where it has none that can be read."""
    findings: list[tuple[Finding, Excerpt | None]] = field(default_factory=list)
    counts: Counter[Sort] = field(default_factory=Counter)
    unlisted: list[Unlisted] = field(default_factory=list)
    sieve: Sieve | None = None
    """What tells news from what is known; None where all is news."""
    of_dataset: dict[str, Fix] = field(default_factory=dict)
    """The fixes of findings about the dataset, which hold for every row, by code."""
    to_drop: Mapping[str, Iterable[int]] = field(default_factory=dict)
    """The offsets of the rows that the fixes of other such findings take out, by code."""
    contents: Digests | None = None
    """What its valid rows say, where duplicates have a budget; until that was judged."""

    def add_problems(self, problems: Iterable[Problem], active: dict[str, Severity]) -> None:
        """Problems of the file as a whole; those of rules that do not run are left out."""
        for problem in problems:
            severity = active.get(problem.code)
            if severity is not None and (self.sieve is None or self.sieve.is_news(problem.code, problem.pointer)):
                from ftlint.engine.place import finding_of_file
                from ftlint.engine.strings import asked_for

                self.counts[sort_of(problem, severity)] += 1
                self.findings.append(
                    (finding_of_file(self.report.path, problem, severity.label, asked_for(active)), None)
                )

    def add_hits(
        self,
        result: ChunkResult,
        stream: BinaryIO,
        active: dict[str, Severity],
        *,
        excerpts: bool,
        located: Located | None,
        room: int = MAX_LISTED,
    ) -> None:
        """
        Problems of rows, in the order of the file; those that `located` speaks of get their line and column.

        With more than `room` of them, those past it are only counted.
        """
        hits = result.hits
        for hit in hits.kept:
            fix, code = hit.problem.fix, hit.problem.code
            if fix and fix.edits != (DROP_ROW,) and entries()[code].kind == "DatasetRule":
                self.of_dataset[code] = fix
        for code, tally in result.once.items():
            if code in active and not self._is_meant_or_known(code, tally, result.rows):
                hits.add(Hit(once_problem(tally, result.rows), tally.first.severity, tally.first.place))
        if not hits.kept:
            return
        from ftlint.engine.finding import Unlisted

        self.counts.update(hits.counts)
        shown = listed(sorted(hits.kept, key=lambda hit: (hit.place.line, hit.place.offset, hit.place.row)), room)
        chosen = range(len(shown)) if located is None else to_locate(shown, located)
        self._place(shown, chosen, stream, active, excerpts)
        for code, number in Counter(hit.problem.code for hit in shown).items():
            if number < (findings := hits.findings[code]):
                self.unlisted.append(
                    Unlisted(
                        path=self.report.path,
                        code=code,
                        name=entries()[code].name,
                        severity=active[code].label,  # type: ignore[arg-type]  # a Severity's label
                        findings=findings,
                        listed=number,
                        rows=hits.rows[code],
                    )
                )

    def for_dataset(self, name: str) -> FileOutcome:
        """The same, of a file that was checked for a dataset."""
        self.report = replace(self.report, dataset=name)
        self.findings = [(replace(finding, dataset=name), excerpt) for finding, excerpt in self.findings]
        self.unlisted = [replace(one, dataset=name) for one in self.unlisted]
        return self

    def _is_meant_or_known(self, code: str, tally: Tally, rows: int) -> bool:
        """Whether a rule that is reported once a file is not: half of the rows have it, or it is known of the file."""
        entry = entries()[code]
        if entry.minority and tally.rows * 2 >= rows:
            return True
        if self.sieve is None:
            return False
        from ftlint.engine.fingerprints import is_of_file

        return is_of_file(entry) and not self.sieve.is_news(code)

    def _place(
        self, hits: list[Hit], chosen: Collection[int], stream: BinaryIO, active: Iterable[str], excerpts: bool
    ) -> None:
        from ftlint.engine.place import RowText, finding_unplaced
        from ftlint.engine.strings import asked_for

        finds = asked_for(active)
        path = self.report.path
        for _, group in groupby(enumerate(hits), key=lambda item: id(item[1].place)):
            in_row = list(group)
            to_place = [hit.problem for index, hit in in_row if index in chosen]
            text = RowText(stream, in_row[0][1].place, to_place, finds) if to_place else None
            for index, hit in in_row:
                placed = text is not None and index in chosen
                self.findings.append(
                    text.finding(path, hit, excerpts) if text and placed else (finding_unplaced(path, hit, finds), None)
                )


def put_together(outcomes: list[FileOutcome], failures: list[str], gates: Iterable[Gate] = ()) -> Report:
    """The report of a run."""
    findings: list[Finding] = []
    excerpts: dict[int, Excerpt] = {}
    for outcome in outcomes:
        for finding, excerpt in outcome.findings:
            if excerpt is not None:
                excerpts[len(findings)] = excerpt
            findings.append(finding)

    counts = sum((outcome.counts for outcome in outcomes), Counter[Sort]())

    def total(word: Severity | Applicability) -> int:
        return sum(count for sort, count in counts.items() if word in sort[1:])

    return Report(
        tool=Tool(name="ftlint", version=__version__),
        files=[outcome.report for outcome in outcomes],
        findings=findings,
        summary=Summary(
            files=len(outcomes),
            rows=sum(outcome.report.rows for outcome in outcomes),
            errors=total(Severity.ERROR),
            warnings=total(Severity.WARNING),
            infos=total(Severity.INFO),
            fixable=total("safe"),
            unsafe_fixable=total("unsafe"),
            muted=sum(outcome.sieve.muted for outcome in outcomes if outcome.sieve),
        ),
        unlisted=[one for outcome in outcomes for one in outcome.unlisted],
        failures=failures,
        gates=list(gates),
        details={outcome.report.key: outcome.details for outcome in outcomes},
        excerpts=excerpts,
    )

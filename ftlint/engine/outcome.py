"""What was found in one file, and all files put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from ftlint import __version__
from ftlint.core.types import Fix, Problem, Severity
from ftlint.engine.conclude import once_problem
from ftlint.engine.located import Located, to_locate
from ftlint.engine.report import FileDetails, FileReport, Report, Summary, Tool
from ftlint.engine.result import ChunkResult, Hit
from ftlint.rules.index import entries

if TYPE_CHECKING:
    from ftlint.engine.finding import Excerpt, Finding


@dataclass(slots=True, eq=False, repr=False)
class FileOutcome:
    """Everything about one file, before all files are put together."""

    report: FileReport
    details: FileDetails
    findings: list[tuple[Finding, Excerpt | None]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    fixable: int = 0
    unsafe_fixable: int = 0

    def add_problems(self, problems: Iterable[Problem], active: dict[str, Severity]) -> None:
        """Problems of the file as a whole; those of rules that do not run are left out."""
        for problem in problems:
            severity = active.get(problem.code)
            if severity is not None:
                from ftlint.engine.place import finding_of_file

                label = severity.label
                self._count(label, problem.fix)
                self.findings.append((finding_of_file(self.report.path, problem, label), None))

    def add_hits(
        self,
        result: ChunkResult,
        stream: BinaryIO,
        active: dict[str, Severity],
        *,
        excerpts: bool,
        located: Located | None,
    ) -> None:
        """Problems of rows, in the order of the file; those that `located` speaks of get their line and column."""
        if not result.hits and not result.once:
            return
        from ftlint.engine.place import finding_at, finding_unplaced

        hits = list(result.hits)
        for code, tally in result.once.items():
            if code in active and not (entries()[code].minority and tally.rows * 2 >= result.rows):
                severity = active[code] if code == "FT213" else tally.first.severity
                hits.append(Hit(once_problem(tally, result.rows), severity, tally.first.place))
        hits.sort(key=lambda hit: (hit.place.line, hit.place.offset, hit.place.row))
        chosen = range(len(hits)) if located is None else to_locate(hits, located)
        for index, hit in enumerate(hits):
            self._count(hit.severity.label, hit.problem.fix)
            if index in chosen:
                self.findings.append(finding_at(self.report.path, hit, stream, excerpts))
            else:
                self.findings.append((finding_unplaced(self.report.path, hit), None))

    def _count(self, label: str, fix: Fix | None) -> None:
        self.counts[label] = self.counts.get(label, 0) + 1
        if fix is not None:
            self.fixable += fix.applicability == "safe"
            self.unsafe_fixable += fix.applicability == "unsafe"


def put_together(outcomes: list[FileOutcome], failures: list[str]) -> Report:
    """The report of a run."""
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

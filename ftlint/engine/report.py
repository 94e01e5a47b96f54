"""What a run found: the object that `ftlint.check` returns and every reporter prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ftlint.core.types import Severity
from ftlint.profiles.model import FormatName, MethodName

if TYPE_CHECKING:
    from ftlint.engine.comparison import Comparison
    from ftlint.engine.finding import Excerpt, Finding, Unlisted

VERSION = 1
Purpose = Literal["training", "validation", "grader", "lock"]
GateName = Literal["max-cost", "max-tokens", "max-rows", "min-rows", "max-duplicates", "max-over-limit"]
Verdict = Literal["ok", "exceeded", "unknown"]
FileKey = str | tuple[str, str]
"""What tells a file of a report from the others: its path, or the name of its dataset and its path."""


def key_of(dataset: str | None, path: str) -> FileKey:
    """The key of a file, which may be in several datasets."""
    return path if dataset is None else (dataset, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSummary:
    """Exact tokens of a file, per epoch. `billed` is after the cut at the context limit; the rest is per row."""

    encoding: str
    total: int
    trained: int
    billed: int
    min: int
    p5: float
    median: float
    mean: float
    p95: float
    max: int
    over_limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The estimated cost of training on a file, all epochs together, and the day its price is known from."""

    currency: Literal["USD"]
    amount: float
    price_as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """
    One file: what it is for and checked as, and its figures. `tokens` is None when nobody asked for exact counts.

    A validation file has no epochs and no cost; a grader, and a lock file, neither rows nor a format. `dataset` is the
    name of the dataset that it was checked for, None where it was named by itself.
    """

    path: str
    purpose: Purpose
    format: FormatName | None
    provider: str
    model: str | None
    method: MethodName | None
    rows: int
    bytes: int
    tokens: TokenSummary | None
    epochs: int | None
    cost: Cost | None
    dataset: str | None = None

    @property
    def key(self) -> FileKey:
        """What tells it from the other files of a report."""
        return key_of(self.dataset, self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """
    A budget, and what was held against it: dollars, tokens in all epochs, or rows.

    `path` is the training file; None where several files of a dataset are judged by their sum. `value` is None where it
    is unknown, which does not pass.
    """

    name: GateName
    dataset: str | None
    path: str | None
    limit: float
    value: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Totals over all files; no display limit touches them."""

    files: int
    rows: int
    errors: int
    warnings: int
    infos: int
    fixable: int
    unsafe_fixable: int
    muted: int = 0
    """Findings that were known before: in the baseline, or at the commit that was compared with."""
    stale: int = 0
    """Findings of the baseline that are no longer there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """Who made the report."""

    name: Literal["ftlint"]
    version: str


class FileDetails(NamedTuple):
    """What people see of a file beyond the report: the figures behind its cost, the distribution of its rows."""

    target: str = ""
    """The model as a user may write it, or the provider."""
    tokenizer_known: bool = True
    lists_models: bool = True
    """Whether the provider's models are known one by one, so that naming one says more."""
    limit: int | None = None
    price: Decimal | None = None
    price_source: str | None = None
    hourly: Decimal | None = None
    images: int = 0
    """Images whose tokens are not known, and so not counted."""
    image_rows: int = 0
    roles: dict[str, int] = {}
    token_counts: dict[int, int] = {}
    """How many rows have so many tokens."""
    tokens_lost: int = 0
    unparsed: int = 0
    named: bool = False
    rows_affected: int = 0


@dataclass(slots=True, kw_only=True)
class Report:
    """
    Everything that a run found. `failures` are the paths that could not be read, each in one sentence.

    `findings` lists the first 100,000 findings, and the first 100 of each rule in each file; `unlisted` says how many
    more there are of which rule. Totals and exit status count them all.
    """

    tool: Tool
    files: list[FileReport]
    findings: list[Finding]
    summary: Summary
    unlisted: list[Unlisted] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    details: dict[FileKey, FileDetails] = field(default_factory=dict)
    comparison: Comparison | None = None
    """What has changed since a commit, where the check compared with one."""
    excerpts: dict[int, Excerpt] = field(default_factory=dict)
    """Text around findings, by their index in `findings`; kept apart, since machine formats never show it."""

    def counts(self, severity: Severity) -> int:
        """How many findings have at least this severity."""
        by_severity = (self.summary.infos, self.summary.warnings, self.summary.errors)
        return sum(by_severity[severity:])

    def more_of(self, code: str, path: str | None = None) -> int:
        """How many findings of a rule are counted and not listed, in one file or in all."""
        return sum(one.findings - one.listed for one in self.unlisted if one.code == code and path in (None, one.path))

    def exit_code(self, fail_on: str = "error") -> int:
        """0 clean, 1 findings at or above `fail_on`, 2 when something could not be read."""
        if self.failures:
            return 2
        return int(fail_on != "never" and self.counts(Severity[fail_on.upper()]) > 0)

    def to_dict(self, *, findings: bool = True) -> dict[str, Any]:
        """The report as JSON values, as `schemas/report.v1.schema.json` describes it; with no finding where asked."""
        from dataclasses import asdict

        return {
            "version": VERSION,
            "tool": asdict(self.tool),
            "files": [_plain(asdict(file)) for file in self.files],
            "findings": [asdict(finding) for finding in self.findings] if findings else [],
            "summary": asdict(self.summary),
            "unlisted": [asdict(one) for one in self.unlisted],
            "gates": [asdict(gate) for gate in self.gates],
            **({"comparison": self.comparison.to_dict()} if self.comparison else {}),
        }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value

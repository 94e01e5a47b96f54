"""One thing that is wrong, as the report says it; a file in which nothing is wrong needs none of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ftlint.core.types import Applicability
from ftlint.engine.report import FileKey, key_of

SeverityName = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedFix:
    """What would mend a finding."""

    title: str
    applicability: Applicability


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another place that belongs to a finding."""

    message: str
    path: str
    row: int | None
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The text around a finding, on one line, made visible; `start` and `end` are the characters to underline."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One thing that is wrong. `row`, `line` and `column` count from 1, columns code points of the physical line;
    `end_column` is exclusive. All of them and `pointer` are None when the finding is about the whole file, and
    `row` in a grader, which has none. `dataset` is the name of the dataset that the file was checked for.
    """

    code: str
    name: str
    severity: SeverityName
    message: str
    help: str | None
    path: str
    row: int | None
    line: int | None
    column: int | None
    end_column: int | None
    pointer: str | None
    fix: ReportedFix | None
    related: tuple[Related, ...] = ()
    dataset: str | None = None

    @property
    def key(self) -> FileKey:
        """That of its file."""
        return key_of(self.dataset, self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisted:
    """
    A rule with so many findings in a file that a report lists only some of them.

    `findings` is how many there are, in `rows` rows; `listed` of them are in the report's list. The totals count all.
    """

    path: str
    code: str
    name: str
    severity: SeverityName
    findings: int
    listed: int
    rows: int
    dataset: str | None = None

    @property
    def key(self) -> FileKey:
        """That of its file."""
        return key_of(self.dataset, self.path)

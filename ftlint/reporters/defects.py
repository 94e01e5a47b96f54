"""From findings to defects: what stands in a file again and again is one thing to mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ftlint.core.kind import Kind, split
from ftlint.engine.finding import Finding
from ftlint.engine.report import FileKey

Indexed = tuple[int, Finding]
"""A finding and its place in the report."""

LEAST_ROWS = 4
"""Fewer rows are listed one by one, whatever their share."""


@dataclass(frozen=True, slots=True)
class Defect:
    """Findings of one rule, at least one, whose messages are the same but for numbers."""

    findings: list[Indexed]

    @property
    def first(self) -> Finding:
        """The first of them."""
        return self.findings[0][1]

    @property
    def message(self) -> str:
        """Their message; a number that is not the same in all of them is left out."""
        around, numbers = split(self.first.message)
        shown = list(numbers)
        for message in {finding.message for _, finding in self.findings}:
            for index, number in enumerate(split(message)[1]):
                if number != numbers[index]:
                    shown[index] = "…"
        return "".join(text + number for text, number in zip(around, (*shown, ""), strict=True))

    @property
    def rows(self) -> int:
        """In how many rows they are; 0 when they are about whole files."""
        return len({(finding.key, finding.row) for _, finding in self.findings if finding.row is not None})

    def by_file(self) -> dict[FileKey, Defect]:
        """The same, file by file."""
        files: dict[FileKey, Defect] = {}
        for index, finding in self.findings:
            files.setdefault(finding.key, Defect([])).findings.append((index, finding))
        return files

    def is_in_most(self, rows: Mapping[FileKey, int]) -> bool:
        """Whether they are in more than half of the rows of their files."""
        return self.rows >= LEAST_ROWS and 2 * self.rows > sum(rows[file] for file in self.by_file())


def defects(findings: Iterable[Indexed]) -> list[Defect]:
    """Findings put together, in the order in which their first ones come."""
    found: dict[tuple[str, str, Kind], Defect] = {}
    for index, finding in findings:
        key = (finding.severity, finding.code, split(finding.message)[0])
        found.setdefault(key, Defect([])).findings.append((index, finding))
    return list(found.values())


def by_rule(found: Iterable[Defect]) -> list[list[Defect]]:
    """The defects of each rule, the most frequent first; rules in the order in which their first ones come."""
    rules: dict[tuple[str, str], list[Defect]] = {}
    for defect in found:
        rules.setdefault((defect.first.severity, defect.first.code), []).append(defect)
    return [sorted(group, key=lambda defect: -len(defect.findings)) for group in rules.values()]


def repeated(findings: Iterable[Indexed], rows: Mapping[FileKey, int]) -> dict[int, Defect]:
    """Of each finding that repeats in most rows of its file, by its index, the defect in that file."""
    in_file = (part for defect in defects(findings) for part in defect.by_file().values())
    return {index: part for part in in_file if part.is_in_most(rows) for index, _ in part.findings}

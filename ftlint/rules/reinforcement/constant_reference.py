"""FT614."""

from __future__ import annotations

from typing import NamedTuple

from ftlint.core.types import Place, Pointer, Severity, spell_pointer
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Report, Target, WholeFile

MIN_ROWS = 10


class Seen(NamedTuple):
    """Rows that have the fields, their values as long as they are the same, and the first row."""

    rows: int
    values: tuple[str | None, ...]
    first: Place


class ConstantReference(DatasetRule):
    """
    Every row has the same reference value.

    ## Why it matters
    The grader compares the model's answers with a field of the row. When it is the same in all rows, the model
    is rewarded for one answer, whatever the question. Looked at are the fields that the grader compares with as
    a whole, in files of at least 10 rows; a constant field beside one that differs is fine.

    ## Fix
    None: check how the references were made.

    The example holds for a grader `grader.json` with the content
    `{"type": "string_check", "input": "{{ sample.output_text }}", "reference": "{{ item.answer }}", "operation": "eq"}`
    and a validation file `valid.jsonl` with the content
    `{"messages": [{"role": "user", "content": "3 + 3"}], "answer": "6"}`.
    """

    code = "FT614"
    name = "constant-reference"
    severity = Severity.WARNING
    formats = ("reinforcement",)

    options = {"method": "reinforcement", "grader": "grader.json", "validation": "valid.jsonl"}
    bad = b"".join(
        b'{"messages": [{"role": "user", "content": "%d + 1"}], "answer": "4"}\n' % number for number in range(10)
    )
    good = b"".join(
        b'{"messages": [{"role": "user", "content": "%d + 1"}], "answer": "%d"}\n' % (number, number + 1)
        for number in range(10)
    )

    def extract(self, row: Row, target: Target) -> Seen | None:
        """The values of the fields that the grader compares with; nothing of a row that lacks one."""
        if target.grader is None or not target.grader.compared:
            return None
        found = []
        for field in target.grader.compared:
            value = _value(row.value, field.steps)
            if value is None:
                return None
            found.append(repr(value))
        return Seen(1, tuple(found), row.place)

    def combine(self, first: Seen, second: Seen) -> Seen:
        """Keep the values that both have."""
        pairs = zip(first.values, second.values, strict=True)
        return Seen(first.rows + second.rows, tuple(a if a == b else None for a, b in pairs), first.first)

    def conclude(self, seen: Seen, file: WholeFile, target: Target, report: Report) -> None:
        """Report when no field differs."""
        assert target.grader is not None
        if seen.rows < MIN_ROWS or None in seen.values:
            return
        field = target.grader.compared[0]
        report(
            f"{spell_pointer(field.steps)}, which the grader compares with in {spell_pointer(field.at)}, "
            f"is the same in all {seen.rows:,} rows",
            at=field.steps,
            row=seen.first,
        )


def _value(value: object, steps: Pointer) -> object:
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value

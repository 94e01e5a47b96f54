"""FT612."""

from ftlint.core.types import Pointer, Severity, spell_pointer
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import ContentRule, Report, Target


class MissingItemField(ContentRule):
    """
    A row lacks a field that the grader uses.

    ## Why it matters
    The template `{{ item.key }}` stands for a key of the row. Where it is missing, the grader has nothing to
    compare with: the answers to that row are graded with an error, or with 0, whatever the model writes. Fields
    that only a Python source reads are not looked for.

    ## Fix
    None: add the field to the row, or correct the template.

    The example holds for a grader `grader.json` with the content
    `{"type": "string_check", "input": "{{ sample.output_text }}", "reference": "{{ item.answer }}", "operation": "eq"}`
    and a validation file `valid.jsonl` with the content
    `{"messages": [{"role": "user", "content": "3 + 3"}], "answer": "6"}`.
    """

    code = "FT612"
    name = "missing-item-field"
    severity = Severity.ERROR
    formats = ("reinforcement",)

    options = {"method": "reinforcement", "grader": "grader.json", "validation": "valid.jsonl"}
    bad = {"messages": [{"role": "user", "content": "2 + 2"}], "answr": "4"}
    good = {"messages": [{"role": "user", "content": "2 + 2"}], "answer": "4"}

    def applies(self, row: Row, target: Target) -> bool:
        """Where there is a grader that uses fields."""
        return row.format == "reinforcement" and target.grader is not None and bool(target.grader.fields)

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Look every field up; what is missing is said once, whatever would stand inside it."""
        assert target.grader is not None
        said: set[Pointer] = set()
        for field in target.grader.fields:
            missing = _missing(row.value, field.steps)
            if missing is None or missing in said:
                continue
            said.add(missing)
            holder, step = spell_pointer(missing[:-1]) or "Row", missing[-1]
            what = f"no item {step}" if isinstance(step, int) else f"no {shorten(step)}"
            used = f"{{{{ {field.template} }}}}"
            report(
                f"{holder} has {what}, which the grader uses as {shorten(used)[1:-1]} in {spell_pointer(field.at)}",
                at=missing[:-1],
            )


def _missing(value: object, steps: Pointer) -> Pointer | None:
    """The steps up to the first that leads nowhere; a number behind a dot may count the items of a list."""
    for depth, step in enumerate(steps):
        if isinstance(value, dict) and str(step) in value:
            value = value[str(step)]
        elif isinstance(value, list) and str(step).isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return steps[: depth + 1]
    return None

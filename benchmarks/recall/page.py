"""The table of a run, and docs/recall.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import dedent

from benchmarks.recall.measure import Outcome
from ftlint.rules.registry import RULES

HEAD = ("code", "name", "planted", "found", "findings", "knock-on")
NAMES = {rule.code: rule.name for rule in RULES}
Valid = Sequence[tuple[str, list[str]]]


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Aligned lines, which are also a Markdown table: one a code."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.plant.code)
    rows = [HEAD, *(_cells(code, list(group)) for code, group in groupby(ordered, lambda one: one.plant.code))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def _cells(code: str, group: list[Outcome]) -> tuple[str, ...]:
    found, findings = sum(one.is_found for one in group), sum(one.findings for one in group)
    knock_on = " ".join(other for one in group for other in one.knock_on)
    return (code, NAMES[code], str(len(group)), str(found), str(findings), knock_on or "-")


def unclean(outcomes: Sequence[Outcome], valid: Valid) -> Iterator[str]:
    """What is not as it should be."""
    for one in outcomes:
        if not one.is_clean:
            others = ", ".join(one.knock_on) or "no other"
            yield f"{one.plant.code} {one.plant.form}: {one.findings} findings of {one.plant.count}, and {others}"
    for kind, found in valid:
        if found:
            yield f"valid: {kind}: {', '.join(sorted(set(found)))}"


def summary(outcomes: Sequence[Outcome], valid: Valid) -> str:
    """One sentence of figures."""
    found, clean = sum(one.is_found for one in outcomes), sum(one.is_clean for one in outcomes)
    silent = sum(not codes for _, codes in valid)
    return (
        f"{len(outcomes)} defects of {len({one.plant.code for one in outcomes})} codes: "
        f"recall {found / len(outcomes):.1%}, {clean} of them said once and with no knock-on finding; "
        f"{silent} of {len(valid)} valid files without a finding"
    )


def _declared(outcomes: Sequence[Outcome]) -> str:
    """The codes that plants bring along by nature."""
    declared = [f"{' '.join(one.plant.along)} with {one.plant.code}" for one in outcomes if one.plant.along]
    return ", ".join(dict.fromkeys(declared))


def page(outcomes: Sequence[Outcome], valid: Valid, where: str) -> str:
    """docs/recall.md."""
    intro = """\
        # Recall

        *Written by `python -m benchmarks.recall --write`; do not edit by hand.*

        Each defect is planted into a valid file, one a file, and the file is checked with the default rules. *Found* is
        how many are found as what they are, *findings* how many findings of that code there were: one defect is to be
        one finding. *Knock-on* are findings of other codes that the defect drags along.

        """
    rest = f"""

        {summary(outcomes, valid)}. {where}.

        ## How to read it

        - **The defects are our own** (`benchmarks/recall/`, a module a family): forms that we thought of, in questions,
          answers, parts, tool calls, pairs, completions and rows for a grader. Plants and rules were mended until all
          were found, so 100 % says that nothing has got worse since, not how much of foreign data is found. Codes
          with one plant are shown in one form only. FT208 is partly, and FT804 to FT807 are
          planted with the rule selected, as they are off by default.
        - **Without a plant** are FT506, FT507 and FT901: files of half a gigabyte, billions of tokens, a call that
          ends before a file is read.
        - **Not counted as knock-on** is what a plant declares (`along`): {_declared(outcomes)}.
        - **The valid files** (`benchmarks/recall/valid.py`) hold what a careless rule takes for a defect: joiners in
          Persian and emoji, braces in code, long tables, formulas, calls at the end, weights, refusals, images; each
          as it is and escaped to ASCII, for each target that takes it. Nothing may be said about
          them.
        """
    return dedent(intro) + "\n".join(table(outcomes)) + dedent(rest)

"""FT613."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class UnknownTemplate(Rule):
    """
    A template of the grader names neither `item` nor `sample`, or is malformed.

    ## Why it matters
    Templates stand for the row, `{{ item.key }}`, and for the model's answer, `{{ sample.output_text }}`. Any
    other is an error for every answer, or reaches the grader as it stands: the reward says nothing.

    ## Fix
    None: only the author knows which value was meant.
    """

    code = "FT613"
    name = "unknown-template"
    severity = Severity.ERROR

    subject = "grader"
    options = {"method": "reinforcement", "grader": "grader.json", "validation": "valid.jsonl"}
    bad = {
        "type": "string_check",
        "name": "answer",
        "input": "{{ sample.output_text }}",
        "reference": "{{ row.answer }}",
        "operation": "eq",
    }
    good = {
        "type": "string_check",
        "name": "answer",
        "input": "{{ sample.output_text }}",
        "reference": "{{ item.answer }}",
        "operation": "eq",
    }

"""FT611."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class InvalidGrader(Rule):
    """
    The grader is not one that the provider takes.

    ## Why it matters
    The grader gives the reward, so without a valid one there is no job: it is refused, or every answer gets the
    reward 0. Looked for are missing keys, values of the wrong kind, unknown operations and metrics, a range the
    wrong way round, passing labels that are no labels, formulas that do not parse or use a grader that is not
    there, and Python sources that do not compile or have no function `grade(sample, item)`. Sources are compiled
    and never run. Keys that are not known are let through.

    The grader is the JSON file that `--grader` or the configuration names: the grader itself, or the object
    around it, `{"grader": …}` or the `method` of the job.

    ## Fix
    None: only the author knows what the grader should reward.
    """

    code = "FT611"
    name = "invalid-grader"
    severity = Severity.ERROR

    subject = "grader"
    options = {"method": "reinforcement", "grader": "grader.json", "validation": "valid.jsonl"}
    bad = {
        "type": "string_check",
        "name": "answer",
        "input": "{{ sample.output_text }}",
        "reference": "{{ item.answer }}",
        "operation": "equals",
    }
    good = {
        "type": "string_check",
        "name": "answer",
        "input": "{{ sample.output_text }}",
        "reference": "{{ item.answer }}",
        "operation": "eq",
    }

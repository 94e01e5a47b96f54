"""FT316."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.text._examples import COMPLETION, PREPARED, PROMPT, pairs, rows
from ftlint.rules.text.completions import FEW, MAX_PREFIX, CompletionRule, Completions

WORTH_TELLING = 5
"""Characters; the retired preparation tool offered to remove this much."""


class SharedCompletionText(CompletionRule):
    """
    All completions begin with the same text.

    ## Why it matters
    The model is paid to write it in every answer, and learns nothing from it. Put at the end of the prompt it would
    be cheaper, and lead to the same answer. A fixed beginning can be meant, as in JSON.

    Told from 5 characters on, in a file with ten completions or more.

    ## Fix
    Leave only the answer in the completion.
    """

    code = "FT316"
    name = "shared-completion-text"
    severity = Severity.INFO
    help = "leave only the answer in the completion, or move the beginning to the end of the prompts"

    bad = rows(pairs(PROMPT, " Answer:" + COMPLETION))
    good = PREPARED

    def conclude(self, seen: Completions, file: WholeFile, target: Target, report: Report) -> None:
        """Report it at the first completion."""
        completions = seen.completions
        size = len(completions.prefix)
        if completions.rows < FEW or completions.is_constant or size < WORTH_TELLING or not completions.first:
            return
        least = "at least " if size == MAX_PREFIX else ""
        message = f"All {completions.rows:,} completions begin with the same {least}{size} characters"
        text = shorten(completions.prefix, 40)
        report(f"{message}, {text}", at=("completion",), part=(0, size), row=completions.first)

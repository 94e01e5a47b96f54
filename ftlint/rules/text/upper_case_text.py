"""FT317."""

from ftlint.core.types import Severity
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.text._examples import COMPLETION, PREPARED, PROMPT, pairs, rows
from ftlint.rules.text.completions import FEW, CompletionRule, Completions


class UpperCaseText(CompletionRule):
    """
    Most prompts, or most completions, are written in capitals.

    ## Why it matters
    Models have read little text in capitals, and words in capitals fall into more tokens, which cost more. What was
    typed in capitals, as in old records, is mostly better lowered; the prompts in use have to be lowered then too.

    Told when more than half of the texts have several words, 20 characters or more, and no small letter. Codes and
    single words do not count.

    ## Fix
    Write them in ordinary case.
    """

    code = "FT317"
    name = "upper-case-text"
    severity = Severity.INFO
    help = "lower the capitals, in training and in use"

    bad = rows((prompt.upper(), completion) for prompt, completion in pairs(PROMPT, COMPLETION))
    good = PREPARED

    def conclude(self, seen: Completions, file: WholeFile, target: Target, report: Report) -> None:
        """Report it at the first text in capitals, for prompts and completions each."""
        for key, column in (("prompt", seen.prompts), ("completion", seen.completions)):
            capitals = column.capitals
            if capitals and column.rows >= FEW and capitals.rows * 2 > column.rows:
                message = f"{capitals.rows:,} of {column.rows:,} {key}s are written in capitals"
                report(message, at=(key,), row=capitals.place)

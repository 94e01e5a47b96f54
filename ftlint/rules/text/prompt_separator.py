"""FT308."""

from ftlint.core.types import Edit, Fix, Severity
from ftlint.core.visible import shorten
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.text._examples import COMPLETION, PREPARED, pairs, rows
from ftlint.rules.text.completions import DEPTH, FEW, SEPARATORS, CompletionRule, Completions

CHOICES = ("\n\n###\n\n", *SEPARATORS)
"""Separators to add, the usual one first."""


class PromptSeparator(CompletionRule):
    """
    Prompts have no common separator at their end, or one that also occurs inside prompts.

    ## Why it matters
    A completion model continues text. It sees where the prompt ends and its answer begins only by a fixed string
    at the end of every prompt, such as `\\n\\n###\\n\\n` or ` ->`. Without one it may go on with the question; when the
    string stands inside prompts too, it may begin to answer there. In use, the same string has to end the prompt.

    Anything that all prompts end with counts as a separator. Rows with an empty prompt need none. A file with
    fewer than ten prompts is not looked at; endings of more than 16 characters are not looked for inside.

    ## Fix
    Unsafe: the separator that the other prompts have, else a common one that occurs in none, is put at the end of every
    prompt that lacks it; use it for inference too. A separator that occurs inside prompts is left to you.
    """

    code = "FT308"
    name = "prompt-separator"
    severity = Severity.WARNING
    help = "end every prompt, in training and in use, with one string that is nowhere else in them"

    bad = rows(pairs("{0}, on shelf {1}", COMPLETION))
    good = PREPARED

    def conclude(self, seen: Completions, file: WholeFile, target: Target, report: Report) -> None:
        """Report the first prompt that shows the defect."""
        prompts = seen.prompts
        if prompts.rows < FEW or prompts.is_constant:
            return
        at = ("prompt",)
        if separator := prompts.ending:
            inside = prompts.with_inside(separator) if len(separator) <= DEPTH else None
            if inside:
                message = f"All prompts end with {shorten(separator)}, which also occurs inside {inside.rows:,} of them"
                report(message, at=at, row=inside.place)
        elif found := prompts.exceptions(is_separator):
            separator, lacking = found
            do = "does" if lacking.rows == 1 else "do"
            message = (
                f"{lacking.rows:,} of {prompts.rows:,} prompts {do} not end with {shorten(separator)} as the others"
            )
            report(message, at=at, row=lacking.place, fix=_appended((separator,)))
        else:
            message = "Prompts do not end with a separator that all of them share"
            report(message, at=at, row=prompts.other, fix=_appended(CHOICES))


def _appended(separators: tuple[str, ...]) -> Fix:
    return Fix("End every prompt with a separator", "unsafe", (Edit("append", separators, ("prompt",)),))


def is_separator(tail: str) -> bool:
    """Whether marks at the end of prompts are there to separate, and not the punctuation of a sentence."""
    return any(mark in "\n#=>|:" for mark in tail)

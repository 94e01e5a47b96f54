"""FT315."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.text._examples import COMPLETION, PREPARED, PROMPT, pairs, rows
from ftlint.rules.text.completions import FEW, MAX_PREFIX, CompletionRule, Completions

WORTH_TELLING = 12
"""Characters; the retired preparation tool offered to remove what is longer."""


class SharedPromptText(CompletionRule):
    """
    All prompts begin with the same text, or all prompts are the same.

    ## Why it matters
    What every prompt begins with tells the model nothing that tuning would not teach it anyway: the instruction,
    an example. It is paid for in every row and in every call. Where it is kept, every call has to have it, too.
    When all prompts are the same, nothing is asked: leave them empty to teach free writing.

    Told from 13 characters on, in a file with ten prompts or more.

    ## Fix
    Leave only what differs in the prompt, unless the model is to be used with the same instruction.
    """

    code = "FT315"
    name = "shared-prompt-text"
    severity = Severity.INFO
    help = "a tuned model needs no instruction that is the same in every row; keep it only if every call has it too"

    bad = rows(pairs("What is the price of " + PROMPT, COMPLETION))
    good = PREPARED

    def conclude(self, seen: Completions, file: WholeFile, target: Target, report: Report) -> None:
        """Report it at the first prompt."""
        prompts = seen.prompts
        if prompts.rows < FEW or not prompts.first:
            return
        size = len(prompts.prefix)
        if prompts.is_constant:
            if not seen.completions.is_constant:  # else each row is the same
                report(f"All {prompts.rows:,} prompts are the same", at=("prompt",), row=prompts.first)
        elif size > WORTH_TELLING:
            least = "at least " if size == MAX_PREFIX else ""
            message = f"All {prompts.rows:,} prompts begin with the same {least}{size} characters"
            report(f"{message}, {shorten(prompts.prefix, 40)}", at=("prompt",), part=(0, size), row=prompts.first)

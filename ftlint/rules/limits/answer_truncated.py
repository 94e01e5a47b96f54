"""FT502."""

from ftlint.core.types import Severity
from ftlint.rules.base import Report, RowLength, TokenRule
from ftlint.rules.limits._examples import ANSWER, LONG, chat


class AnswerTruncated(TokenRule):
    """
    The cut at the context limit takes a part of the last trained answer, or all of it.

    ## Why it matters
    What is cut is what the row was written to teach. A model trained on answers without an end learns to
    ramble; a row whose whole answer is gone costs money and teaches nothing. The limit depends on the target.

    ## Fix
    None: shorten what stands before the answer, or the answer.
    """

    code = "FT502"
    name = "answer-truncated"
    severity = Severity.ERROR
    help = "shorten what stands before the answer, or the answer itself"

    options = {"model": "gpt-3.5-turbo-0613"}
    with_codes = ("FT501",)
    bad = chat({"role": "assistant", "content": LONG})
    good = chat(ANSWER)

    def check(self, length: RowLength, report: Report) -> None:
        """Report when trained tokens lie behind the limit, at the last trained answer."""
        if length.over_limit != "truncate" or not length.trained_lost:
            return
        share = length.trained_lost / length.trained
        report(
            f"The cut at {length.limit:,} tokens takes {length.trained_lost:,} of the {length.trained:,} "
            f"trained tokens ({share:.0%})",
            at=length.last_trained,
        )

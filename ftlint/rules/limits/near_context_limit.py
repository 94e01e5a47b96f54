"""FT503."""

from ftlint.core.types import Severity
from ftlint.rules.base import Report, RowLength, TokenRule
from ftlint.rules.limits._examples import ANSWER, chat


class NearContextLimit(TokenRule):
    """
    A row uses more than 90 % of the tokens that the model is trained on.

    ## Why it matters
    Nothing is lost yet. A longer system prompt or one more turn would push the row over the limit, which depends
    on the target.

    ## Fix
    None is needed.
    """

    code = "FT503"
    name = "near-context-limit"
    severity = Severity.INFO

    options = {"model": "gpt-3.5-turbo-0613"}
    bad = chat({"role": "assistant", "content": "".join(f"one two three four five six seven {n} " for n in range(425))})
    good = chat(ANSWER)

    def check(self, length: RowLength, report: Report) -> None:
        """The engine hands over rows of more than 90 % of the limit."""
        if length.total <= length.limit:
            report(
                f"Row has {length.total:,} tokens, {length.total / length.limit:.0%} of the limit of {length.limit:,}",
                at=(),
            )

"""FT501."""

from ftlint.core.types import DROP_ROW, Fix, Severity
from ftlint.rules.base import Report, RowLength, TokenRule
from ftlint.rules.limits._examples import ANSWER, LONG, chat


class OverContextLimit(TokenRule):
    """
    A row has more tokens than the model is trained on.

    ## Why it matters
    Providers cut such a row at the end and say nothing; others refuse it. The tokens behind the limit are
    neither trained on nor billed. What depends on the target: the limit, and whether it cuts or refuses.

    ## Fix
    Shorten the row, split the conversation, or choose a model with a longer context. The unsafe fix drops
    the row.
    """

    code = "FT501"
    name = "over-context-limit"
    severity = Severity.ERROR
    help = "shorten or split the row, or choose a model with a longer context"

    options = {"model": "gpt-3.5-turbo-0613"}
    bad = chat(ANSWER, {"role": "user", "content": LONG}, {**ANSWER, "weight": 0})
    good = chat(ANSWER)

    def check(self, length: RowLength, report: Report) -> None:
        """Compare the tokens of the row with the limit."""
        lost = length.total - length.limit
        if lost <= 0:
            return
        consequence = {
            "truncate": f"the last {lost:,} ({lost / length.total:.0%}) are cut off",
            "reject": "the provider refuses the row",
            None: f"{lost:,} too many",
        }[length.over_limit]
        report(
            f"Row has {length.total:,} tokens, the limit is {length.limit:,}: {consequence}",
            at=(),
            fix=Fix("Drop the row", "unsafe", (DROP_ROW,)),
        )

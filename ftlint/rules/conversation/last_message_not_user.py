"""FT203."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class LastMessageNotUser(RowRule):
    """
    A row for reinforcement training ends with another message than the user's.

    ## Why it matters
    In reinforcement training the model writes the answer and a grader judges it, so a row must end where the
    answer begins. A row of supervised training, which ends with the answer, is refused.

    Whether rows have to end with the user depends on the target's method.

    ## Fix
    None: a reference answer belongs under a key of its own, where the grader finds it.
    """

    code = "FT203"
    name = "last-message-not-user"
    severity = Severity.ERROR
    help = "end the row with the user's message; a reference answer goes under a key of its own"

    options = {"method": "reinforcement"}
    bad = {
        "messages": [
            {"role": "user", "content": "What is 7 times 8?"},
            {"role": "assistant", "content": "56"},
        ]
    }
    good = {"messages": [{"role": "user", "content": "What is 7 times 8?"}], "reference": "56"}

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the last message where the model is to answer it."""
        if row.format != "reinforcement" or target.method.last_role != "user":
            return
        last = row.messages[-1]
        if last.role != "user":
            report(
                f'Last message has the role "{last.role}", expected "user": the model is to answer',
                at=last.at,
            )

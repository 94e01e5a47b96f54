"""FT204."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class NothingToTrain(RowRule):
    """
    Every assistant message of a row has weight 0.

    ## Why it matters
    Weight 0 keeps a message out of training. With all of them out, the row is paid for and teaches nothing.

    ## Fix
    None: only the author knows which answer was meant to be learnt.
    """

    code = "FT204"
    name = "nothing-to-train"
    severity = Severity.ERROR
    help = "give weight 1 to the answers to learn from, or remove the row"

    bad = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello", "weight": 0},
        ]
    }
    good = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "What?", "weight": 0},
            {"role": "user", "content": "I said hi"},
            {"role": "assistant", "content": "Hello", "weight": 1},
        ]
    }

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report a row that has answers, none of them trained."""
        if row.format != "chat" or any(message.is_trained for message in row.messages):
            return
        if any(message.role == "assistant" for message in row.messages):
            report("Every assistant message has weight 0, so nothing is trained", at=row.at)

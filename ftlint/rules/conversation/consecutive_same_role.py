"""FT208."""

from itertools import pairwise

from ftlint.core.types import Fix, Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class ConsecutiveSameRole(RowRule):
    """
    Two messages in a row have the same role.

    ## Why it matters
    Many chat templates want user and assistant to alternate and refuse the row otherwise. At OpenAI it is
    legal: its own example of vision data has two user messages in a row. Results of tools may follow one
    another everywhere; a second system message is FT207's.

    The severity depends on the target, and the rule is off unless the target or you turn it on.

    ## Fix
    Unsafe: the two messages are merged.
    """

    code = "FT208"
    name = "consecutive-same-role"
    severity = Severity.WARNING
    default = False
    provider_error = "contains invalid schema (20)"
    help = "join the two messages into one"

    options = {"extend_select": ("FT208",)}
    bad = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "user", "content": "Who are you?"},
            {"role": "assistant", "content": "Hello, I am Ada."},
        ]
    }
    good = {
        "messages": [
            {"role": "user", "content": "Hi. Who are you?"},
            {"role": "assistant", "content": "Hello, I am Ada."},
        ]
    }

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the second of each two."""
        for first, second in pairwise(row.messages):
            if first.role != second.role or first.role in ("tool", "system", "developer"):
                continue
            mergeable = not (first.calls_tools or second.calls_tools)
            report(
                f'Two messages in a row have the role "{second.role}"',
                at=second.at,
                fix=Fix("Merge the two messages", "unsafe") if mergeable else None,
            )

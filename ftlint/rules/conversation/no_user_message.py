"""FT210."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class NoUserMessage(RowRule):
    """
    A row has no user message.

    ## Why it matters
    Providers take such rows, but in use somebody asks. A model that is trained without a question learns
    when to say something from the system message alone.

    ## Fix
    None: only the author knows the question.
    """

    code = "FT210"
    name = "no-user-message"
    severity = Severity.WARNING
    help = "add the user's message"

    bad = {
        "messages": [
            {"role": "system", "content": "Greet the user."},
            {"role": "assistant", "content": "Hello"},
        ]
    }
    good = {
        "messages": [
            {"role": "system", "content": "Greet the user."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
        ]
    }

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report a conversation without a user, but where the row must end with one, which is FT203's."""
        if row.format == "completion":
            return
        if row.format == "reinforcement" and target.method.last_role == "user":
            return
        if not any(message.role == "user" for message in row.messages):
            report("Row has no user message", at=row.at)

"""FT207."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class SeveralSystemMessages(RowRule):
    """
    A row has more than one system message.

    ## Why it matters
    In use, there is mostly one, and a model should be trained on what it will see. Many chat templates of
    open models take one only.

    The severity depends on the target: a warning at OpenAI, an error where the provider refuses it.

    ## Fix
    None: the author has to say which one holds, or how they go together.
    """

    code = "FT207"
    name = "several-system-messages"
    severity = Severity.WARNING
    help = "join the system messages into one"

    bad = {
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
        ]
    }
    good = {
        "messages": [
            {"role": "system", "content": "Be brief. Be kind."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
        ]
    }

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the second system or developer message."""
        found = [message for message in row.messages if message.role in ("system", "developer")]
        if len(found) > 1:
            report(f"Row has {len(found)} system messages, expected one", at=found[1].at)

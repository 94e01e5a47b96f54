"""FT206."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class SystemNotFirst(RowRule):
    """
    The system message is not the first message of the row.

    ## Why it matters
    In use, the system message comes first, and a model should be trained on what it will see. Many chat
    templates of open models refuse or lose a system message further down.

    The severity depends on the target: a warning at OpenAI, an error where the provider refuses it.

    ## Fix
    None: whether it was meant for the whole conversation or from there on is known to the author only.
    """

    code = "FT206"
    name = "system-not-first"
    severity = Severity.WARNING
    help = "move the system message to the front"

    bad = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "system", "content": "Be brief."},
            {"role": "assistant", "content": "Hello"},
        ]
    }
    good = {
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
        ]
    }

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the first system or developer message when another message precedes it."""
        for index, message in enumerate(row.messages):
            if message.role in ("system", "developer"):
                if index:
                    report(f"{message.role.capitalize()} message is not the first of the row", at=message.at)
                return

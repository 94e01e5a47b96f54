"""FT212."""

from ftlint.core.types import Severity
from ftlint.formats.views import Message
from ftlint.rules.base import MessageRule, Report, Target

ROLES = ("system", "developer", "user", "tool")


class EmptyMessage(MessageRule):
    """
    A system, user or tool message has no text.

    ## Why it matters
    Mostly a value was lost on the way to the row, and the model learns to answer a question that is not
    there. White space alone counts as no text; a message with an image needs none.

    ## Fix
    None: only the author knows what was to stand there.
    """

    code = "FT212"
    name = "empty-message"
    severity = Severity.WARNING
    help = "write the text, or remove the message"

    bad = {"messages": [{"role": "user", "content": ""}, {"role": "assistant", "content": "Hello"}]}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    def check(self, message: Message, target: Target, report: Report) -> None:
        """Report a message that is not the assistant's and holds neither text nor an image."""
        if message.role not in ROLES or message.text.strip() or message.has_parts_beside_text:
            return
        report(f"{message.role.capitalize()} message is empty", at=(*message.at, "content"))

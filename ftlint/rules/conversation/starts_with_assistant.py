"""FT209."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class StartsWithAssistant(RowRule):
    """
    The conversation starts with the assistant.

    ## Why it matters
    A model answers somebody. A row that begins with its answer was mostly cut in the wrong place, and chat
    templates that want user and assistant to alternate refuse it. A greeting may be meant; then this warning
    can be ignored.

    The severity depends on the target: a warning at OpenAI, an error where the provider refuses it.

    ## Fix
    None: only the author knows the question.
    """

    code = "FT209"
    name = "starts-with-assistant"
    severity = Severity.WARNING
    help = "begin with the user's message"

    bad = {
        "messages": [
            {"role": "assistant", "content": "Welcome!"},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
        ]
    }
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report an assistant that speaks first, unless the user never does, which is FT210's."""
        for message in row.messages:
            if message.role in ("system", "developer"):
                continue
            if message.role == "assistant" and any(other.role == "user" for other in row.messages):
                report("Conversation starts with the assistant", at=message.at)
            return

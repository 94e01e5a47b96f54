"""FT602."""

from ftlint.core.types import Severity
from ftlint.formats.views import Message
from ftlint.rules.base import MessageRule, Report, Target


class EmptyOutput(MessageRule):
    """
    An output of a preference row has neither text nor tool calls.

    ## Why it matters
    Both outputs are trained: the model learns to write the preferred one and to avoid the other. An empty
    preferred output teaches it to answer with nothing; an empty other one teaches that anything will do. Mostly a
    value was lost on the way to the row. A refusal counts as text, white space alone does not.

    ## Fix
    None: only the author knows what was to stand there.
    """

    code = "FT602"
    name = "empty-output"
    severity = Severity.ERROR
    help = "write the answer, or remove the row"

    bad = {
        "input": {"messages": [{"role": "user", "content": "Hi"}]},
        "preferred_output": [{"role": "assistant", "content": "Hello"}],
        "non_preferred_output": [{"role": "assistant", "content": ""}],
    }
    good = {
        "input": {"messages": [{"role": "user", "content": "Hi"}]},
        "preferred_output": [{"role": "assistant", "content": "Hello"}],
        "non_preferred_output": [{"role": "assistant", "content": "What?"}],
    }

    def check(self, message: Message, target: Target, report: Report) -> None:
        """Report an assistant message of an output that says nothing and calls nothing."""
        if message.role == "assistant" and message.is_output and message.says_nothing:
            side = "Preferred" if message.at[0] == "preferred_output" else "Non-preferred"
            report(f"{side} output is empty", at=(*message.at, "content" if "content" in message.value else "refusal"))

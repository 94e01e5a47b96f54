"""FT211."""

from ftlint.core.types import Severity
from ftlint.formats.views import Message
from ftlint.rules.base import MessageRule, Report, Target


class EmptyAssistant(MessageRule):
    """
    An assistant turn has neither text nor tool calls.

    ## Why it matters
    The assistant's turns are what the model learns to write. An empty one teaches it to answer with nothing,
    and some providers refuse the file. A refusal counts as text, white space alone does not. In the input of a
    preference row and in a row for reinforcement training it is not learnt, and is as much of a mistake; an
    output of a preference row that is empty is FT602.

    ## Fix
    None: only the author knows what the answer should have been.
    """

    code = "FT211"
    name = "empty-assistant"
    severity = Severity.ERROR
    help = "write the answer, or remove the row"

    bad = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": " "}]}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}

    def check(self, message: Message, target: Target, report: Report) -> None:
        """Report an assistant turn that says nothing and calls nothing, unless it is an output, which is FT602's."""
        if message.role != "assistant" or message.is_output or not message.says_nothing:
            return
        # A turn with an empty refusal needs no content.
        report(
            "Assistant turn is empty",
            at=(*message.at, "content" if "content" in message.value else "refusal"),
        )

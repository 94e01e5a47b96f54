"""FT202."""

from ftlint.core.types import Edit, Fix, Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class LastMessageNotAssistant(RowRule):
    """
    A row for supervised training ends with another message than the assistant's.

    ## Why it matters
    Nothing is learnt from what follows the last answer, and it is paid for. Mostly a conversation was cut
    between a question and its answer. An answer that only calls tools may end a row, but for targets that want
    words there.

    Whether rows have to end with the assistant, and how, depends on the target's method.

    ## Fix
    Unsafe: the messages after the last answer are dropped.
    """

    code = "FT202"
    name = "last-message-not-assistant"
    severity = Severity.ERROR
    help = "add the answer, or remove what follows the last one"

    bad = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
            {"role": "user", "content": "Who are you?"},
        ]
    }
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the last message, unless the row has no answer at all, which is FT201's."""
        if row.format != "chat" or target.method.last_role != "assistant":
            return
        last = row.messages[-1]
        if last.role == "assistant" and last.calls_tools and not target.method.ends_with_calls:
            report("Last message calls tools, expected an answer in words", at=last.at)
        if last.role == "assistant" or not any(message.role == "assistant" for message in row.messages):
            return
        answers = [message.at for message in row.messages if message.role == "assistant"]
        tail = tuple(Edit("drop", at=message.at) for message in row.messages if message.at > answers[-1])
        report(
            f'Last message has the role "{last.role}", expected "assistant"',
            at=last.at,
            fix=Fix("Drop the messages after the last answer", "unsafe", tail),
        )

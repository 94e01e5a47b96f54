"""FT604."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class InputEndsWithAssistant(RowRule):
    """
    The input of a preference row ends with the assistant.

    ## Why it matters
    The two outputs are answers to what the input ends with: the user's message, or the result of a tool. Behind an
    assistant message they continue it, which the model is never asked to do in use. Mostly the beginning that both
    answers share was taken for a part of the input, or an answer was left in it. OpenAI documents that it trains on
    one turn only, where the outputs are the last assistant message; some providers refuse the file.

    The severity depends on the target: a warning at OpenAI, where it is not known whether the check of training
    files enforces it, an error where the provider refuses it.

    ## Fix
    None: whether the message belongs into both outputs or nowhere is known to the author only.
    """

    code = "FT604"
    name = "input-ends-with-assistant"
    severity = Severity.ERROR
    help = "end the input with what the outputs answer: a message of the user or the result of a tool"

    bad = {
        "input": {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Good"}]},
        "preferred_output": [{"role": "assistant", "content": "evening"}],
        "non_preferred_output": [{"role": "assistant", "content": "grief"}],
    }
    good = {
        "input": {"messages": [{"role": "user", "content": "Hi"}]},
        "preferred_output": [{"role": "assistant", "content": "Good evening"}],
        "non_preferred_output": [{"role": "assistant", "content": "Good grief"}],
    }

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the last message of the input."""
        if row.format == "preference" and row.messages[-1].role == "assistant":
            report("Input ends with an assistant message", at=row.messages[-1].at)

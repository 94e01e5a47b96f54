"""FT201."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class NoAssistantMessage(RowRule):
    """
    A row for supervised training has no assistant message.

    ## Why it matters
    The assistant's messages are what the model learns to write. Without one there is nothing to learn.

    A file without a single one looks like data for reinforcement training. Unless a method was named, it is
    checked as that, where the target has the method, and this is reported once.

    Whether rows need an answer depends on the target's method.

    ## Fix
    None: only the author knows the answer.
    """

    code = "FT201"
    name = "no-assistant-message"
    severity = Severity.ERROR
    help = "add the answer; rows without one are for `--method reinforcement`"

    options = {"method": "supervised"}
    bad = {"messages": [{"role": "user", "content": "Hi"}]}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report a row without an answer where the method learns from answers."""
        if row.format != "chat" or target.method.last_role != "assistant":
            return
        if not any(message.role == "assistant" for message in row.messages):
            report("Row has no assistant message, so there is nothing to learn", at=row.at)

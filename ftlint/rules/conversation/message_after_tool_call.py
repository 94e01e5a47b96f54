"""FT216."""

from itertools import pairwise

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class MessageAfterToolCall(RowRule):
    """
    A message that calls tools is followed by something other than their results.

    ## Why it matters
    In use, the results come next, and the chat API refuses a conversation without them. The row teaches the
    model to go on without waiting. A row may end with the calls.

    The severity depends on the target: a warning at OpenAI, where it is not known whether the check of
    training files enforces it.

    ## Fix
    None: the results of the calls are missing.
    """

    code = "FT216"
    name = "message-after-tool-call"
    severity = Severity.WARNING
    provider_error = (
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
        "'tool_call_id'. (insufficient tool messages following tool_calls message)"
    )
    help = "add the results of the calls, or end the row with the calls"

    bad = {
        "messages": [
            {"role": "user", "content": "What time is it?"},
            {
                "role": "assistant",
                "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": "{}"}}],
            },
            {"role": "user", "content": "Hello?"},
            {"role": "assistant", "content": "Just a moment."},
        ],
        "tools": [{"type": "function", "function": {"name": "clock"}}],
    }
    good = {
        "messages": [
            {"role": "user", "content": "What time is it?"},
            {
                "role": "assistant",
                "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": "{}"}}],
            },
            {"role": "tool", "tool_call_id": "call_1", "content": "12:05"},
            {"role": "assistant", "content": "It is five past twelve."},
        ],
        "tools": [{"type": "function", "function": {"name": "clock"}}],
    }

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the message that stands where a result should."""
        for message, following in pairwise(row.messages):
            if message.calls_tools and following.role not in ("tool", "function"):
                expected = "tool" if message.value.get("tool_calls") else "function"
                report(
                    f'Message after a tool call has the role "{following.role}", expected "{expected}"',
                    at=following.at,
                )

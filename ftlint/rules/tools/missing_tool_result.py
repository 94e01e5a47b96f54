"""FT409."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import CallRule, Report, Target
from ftlint.rules.tools._examples import ANSWER, a_call, a_result, asked


class MissingToolResult(CallRule):
    """
    One of several calls has no result, though the conversation goes on.

    ## Why it matters
    The chat API refuses a conversation without it, and the model learns to answer before all results are there.
    A row may end with its calls. A turn none of whose calls has a result is FT216.

    The severity depends on the target: a warning at OpenAI, where it is not known whether the check of
    training files enforces it.

    ## Fix
    None: the result of the call is missing.
    """

    code = "FT409"
    name = "missing-tool-result"
    severity = Severity.WARNING
    provider_error = (
        "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
        "'tool_call_id'. (insufficient tool messages following tool_calls message)"
    )
    help = "add the result of the call after its message"

    bad = asked(a_call(), a_call(id="call_2"), then=(a_result(), ANSWER))
    good = asked(a_call(), a_call(id="call_2"), then=(a_result(), a_result("call_2"), ANSWER))

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report calls without a result in turns that have some."""
        for call in row.unmatched.missing:
            which = f"{shorten(call.id)} of " if call.id is not None else "of "
            report(f"Call {which}{shorten(call.name)} has no result", at=call.id_at)

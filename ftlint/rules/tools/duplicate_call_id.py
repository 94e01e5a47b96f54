"""FT410."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import CallRule, Report, Target
from ftlint.rules.tools._examples import ANSWER, a_call, a_result, asked

UNSET = (None, "null")
"""Ids that are none: mistral_common writes the word for the calls that a row ends with."""


class DuplicateCallId(CallRule):
    """
    Two calls of one message have the same id.

    ## Why it matters
    Results name the id of their call; when two calls share it, nobody knows which result is whose. The same id
    in a later turn is no mistake: results follow their calls, and many conversations count from call_1 again.

    ## Fix
    None: the results would have to be told apart.
    """

    code = "FT410"
    name = "duplicate-call-id"
    severity = Severity.ERROR
    help = "give each call of the message an id of its own, and its result the same"

    bad = asked(a_call(), a_call(), then=(a_result(), a_result(), ANSWER))
    good = asked(a_call(), a_call(id="call_2"), then=(a_result(), a_result("call_2"), ANSWER))

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report each call whose id an earlier call of the message has."""
        calls = row.calls
        if len(calls) < 2:
            return
        seen = set()
        for call in calls:
            if call.id in UNSET:
                continue
            key = (call.message_at, call.id)
            if key in seen:
                report(f"Id {shorten(call.id)} stands on two calls of the message", at=call.id_at)
            seen.add(key)

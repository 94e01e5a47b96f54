"""FT408."""

from ftlint.core.suggest import closest
from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import CallRule, Report, Target
from ftlint.rules.tools._examples import ANSWER, a_call, a_result, asked


class OrphanToolResult(CallRule):
    """
    A result answers no call before it.

    ## Why it matters
    The chat API refuses a conversation with such a result. Either its id is misspelt, or the call is missing,
    or the call has a result already.

    Ids belong to the turn that calls: many conversations count from call_1 again in every turn, and the
    provider matches within the turn. The result of a legacy function has no id and is matched by its name; so is
    a result without an id where the target takes it, and where it has no name, any call before it will do.

    ## Fix
    None: only the author knows which call was meant.
    """

    code = "FT408"
    name = "orphan-tool-result"
    severity = Severity.ERROR
    provider_error = "messages with role 'tool' must be a response to a preceding message with 'tool_calls'"
    help = "give it the id of a call before it, or drop the message"

    bad = asked(a_call(), then=(a_result("call_7"), ANSWER))
    good = asked(a_call(), then=(a_result(), ANSWER))

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report results that no open call was waiting for."""
        for result, waiting in row.unmatched.orphans:
            key = "tool_call_id" if result.id is not None else "name" if result.name is not None else None
            name = result.name if result.id is None else result.id
            ids = [call.name if result.id is None else call.id for call in waiting]
            known = [word for word in ids if word is not None]
            meant = closest(name or "", known) or (known[0] if len(known) == 1 else None)
            report(
                f"Result of {shorten(name)} answers no call before it" if name else "Result answers no call before it",
                at=(*result.at, key) if key else result.at,
                help=f"did you mean {shorten(meant)}, which has no result?" if meant else None,
            )

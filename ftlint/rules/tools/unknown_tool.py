"""FT404."""

from itertools import islice

from ftlint.core.suggest import closest
from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import CallRule, Report, Target
from ftlint.rules.tools._examples import a_call, asked

MAX_MEANT = 200
"""Names of tools that a misspelt one is compared with."""


class UnknownTool(CallRule):
    """
    The assistant calls a tool that the row does not define.

    ## Why it matters
    The row teaches the model to make tools up. A row that defines no tools at all is FT413.

    ## Fix
    None: either the name is misspelt, or the definition is missing.
    """

    code = "FT404"
    name = "unknown-tool"
    severity = Severity.ERROR
    help = "correct the name, or add the definition to the row"

    bad = asked(a_call(name="watch"))
    good = asked(a_call())

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the name of a call that no definition has."""
        definitions = row.definitions
        if definitions is None:
            return
        other = _other_list(row)
        known = list(islice(definitions.named, MAX_MEANT))
        for call in row.calls:
            if call.name not in definitions.named and call.name not in other:
                meant = closest(call.name, known)
                report(
                    f"Call of {shorten(call.name)}, which the row does not define",
                    at=(*call.at, "name"),
                    help=f"did you mean {shorten(meant)}?" if meant else None,
                )


def _other_list(row: Row) -> set[str]:
    """The names of legacy `functions` that a row with `tools` has beside them."""
    functions = (row.value.get("functions") if row.format == "chat" else None) or ()
    return {function["name"] for function in functions}

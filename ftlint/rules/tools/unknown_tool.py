"""FT404."""

from ftlint.core.suggest import closest
from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import CallRule, Report, Target
from ftlint.rules.tools._examples import a_call, asked


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
        for call in row.calls:
            if call.name not in definitions.named and not _is_other_list(row, call.name):
                meant = closest(call.name, definitions.named)
                report(
                    f"Call of {shorten(call.name)}, which the row does not define",
                    at=(*call.at, "name"),
                    help=f"did you mean {shorten(meant)}?" if meant else None,
                )


def _is_other_list(row: Row, name: str) -> bool:
    """Whether a row with `tools` has the name among its legacy `functions`."""
    functions = (row.value.get("functions") if row.format == "chat" else None) or ()
    return any(function["name"] == name for function in functions)

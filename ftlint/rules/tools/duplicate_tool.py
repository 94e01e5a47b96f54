"""FT403."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.tools import Definitions
from ftlint.rules.base import Report, Target, ToolsRule
from ftlint.rules.tools._examples import CLOCK, greeted, tool


class DuplicateTool(ToolsRule):
    """
    Two tools of a row have the same name.

    ## Why it matters
    A call names its tool, and the name no longer says which. A provider that does not refuse the row shows both
    definitions to the model.

    ## Fix
    None: only the author knows which definition is meant.
    """

    code = "FT403"
    name = "duplicate-tool"
    severity = Severity.ERROR
    help = "keep one definition, or give them different names"

    bad = greeted(CLOCK, tool("clock", description="Tells the time."))
    good = greeted(CLOCK, tool("calendar"))

    def check(self, definitions: Definitions, target: Target, report: Report) -> None:
        """Report every definition whose name was taken."""
        if len(definitions.named) == len(definitions.functions):
            return
        for function in definitions.functions:
            if definitions.named[function.name] is not function:
                report(f"Tool {shorten(function.name)} is defined again", at=(*function.at, "name"))

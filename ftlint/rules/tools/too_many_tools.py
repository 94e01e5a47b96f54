"""FT415."""

from ftlint.core.types import Severity
from ftlint.formats.tools import Definitions
from ftlint.rules.base import Report, Target, ToolsRule
from ftlint.rules.tools._examples import CLOCK, greeted, tool


class TooManyTools(ToolsRule):
    """
    The row defines more tools than the target takes.

    ## Why it matters
    OpenAI takes 128. The provider refuses the file, and tools beyond the limit could not be offered in use
    either. They are also billed: the definitions are part of every row.

    ## Fix
    None: only the author knows which tools the row needs.
    """

    code = "FT415"
    name = "too-many-tools"
    severity = Severity.ERROR
    help = "keep the tools that the row needs"

    bad = greeted(*(tool(f"tool_{number}") for number in range(129)))
    good = greeted(CLOCK)

    def check(self, definitions: Definitions, target: Target, report: Report) -> None:
        """Report a list that is longer than the limit of the target."""
        limit = target.profile.max_tools
        count = len(definitions.functions)
        if limit is not None and count > limit:
            report(f"Row defines {count:,} tools, more than the {limit:,} that the target takes", at=definitions.at)

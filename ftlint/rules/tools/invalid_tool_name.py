"""FT402."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule
from ftlint.rules.tools._examples import greeted, tool


class InvalidToolName(Rule):
    """
    The name of a tool has characters that no name may have, or too many.

    ## Why it matters
    A name is 1 to 64 letters, digits, underscores and dashes. The provider refuses the file.

    ## Fix
    None: the name stands in the definition and in each call.
    """

    code = "FT402"
    name = "invalid-tool-name"
    severity = Severity.ERROR
    help = "use letters, digits, _ and - only, in the definition and in the calls"

    bad = greeted(tool("get weather"))
    good = greeted(tool("get_weather"))

"""FT019."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class TrailingComma(Rule):
    """
    A comma stands after the object, or before a closing bracket inside it.

    ## Why it matters
    JSON allows neither, and JSON Lines has nothing between its rows. The first is what is left of an array
    whose brackets were removed, the second what is left of an element that was.

    ## Fix
    The comma is removed: safe after the object, unsafe inside it, where something may be missing.
    """

    code = "FT019"
    name = "trailing-comma"
    severity = Severity.ERROR
    help = "remove the comma"

    bad = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]},\n'
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

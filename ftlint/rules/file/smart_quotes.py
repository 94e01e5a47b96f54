"""FT021."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class SmartQuotes(Rule):
    """
    Typographic quotes stand where JSON has its own.

    ## Why it matters
    Word processors and some editors turn `"` into `“` and `”` as one types. Inside a text they are fine; as
    the quotes of JSON no parser takes them.

    ## Fix
    Unsafe: they are replaced by `"`, those inside texts too.
    """

    code = "FT021"
    name = "smart-quotes"
    severity = Severity.ERROR
    help = "turn off smart quotes in the editor"

    bad = ("{“messages”: [{“role”: “user”, “content”: “Hi”}, {“role”: “assistant”, “content”: “Hello”}]}\n").encode()
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

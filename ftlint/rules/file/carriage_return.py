"""FT010."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class CarriageReturn(Rule):
    """
    Lines end with a carriage return, as Windows writes them.

    ## Why it matters
    JSON parsers take it for white space, so nothing breaks. But the same rows have other bytes and another
    hash than on other systems, and version control shows every line as changed.

    ## Fix
    Safe: the carriage return is removed.
    """

    code = "FT010"
    name = "carriage-return"
    severity = Severity.INFO
    once = True
    help = 'save the file with \\n as line end; in Python, open(path, "w", newline="\\n")'

    bad = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\r\n'
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

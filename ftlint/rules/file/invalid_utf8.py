"""FT007."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class InvalidUtf8(Rule):
    """
    A line holds bytes that are not UTF-8.

    ## Why it matters
    JSON is UTF-8, and readers refuse the line or replace what they cannot decode. The usual cause is a file
    that was written on Windows without naming the encoding: its accents and quotation marks are Windows-1252.

    ## Fix
    Unsafe: the bytes are read as Windows-1252, which is a guess.
    """

    code = "FT007"
    name = "invalid-utf8"
    severity = Severity.ERROR
    help = "save the file as UTF-8"

    bad = b'{"messages": [{"role": "user", "content": "Coffee?"}, {"role": "assistant", "content": "Un caf\xe9"}]}\n'
    good = (
        b'{"messages": [{"role": "user", "content": "Coffee?"}, {"role": "assistant", "content": "Un caf\xc3\xa9"}]}\n'
    )

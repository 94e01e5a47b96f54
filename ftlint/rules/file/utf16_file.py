"""FT008."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class Utf16File(Rule):
    """
    The file is UTF-16 or UTF-32, not UTF-8.

    ## Why it matters
    Providers read UTF-8 and see nothing but broken characters here. Windows PowerShell writes UTF-16 whenever
    output is redirected with `>`.

    ## Fix
    Safe: the text is encoded as UTF-8.
    """

    code = "FT008"
    name = "utf16-file"
    severity = Severity.ERROR
    help = "save the file as UTF-8"

    bad = b"\xff\xfe" + (
        '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
    ).encode("utf-16-le")
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

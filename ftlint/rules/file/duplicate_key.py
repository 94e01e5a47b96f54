"""FT012."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class DuplicateKey(Rule):
    """
    The same key stands twice in one object.

    ## Why it matters
    Most parsers keep the last value and say nothing, some keep the first. Part of what was written is never
    trained, and which part depends on the reader.

    ## Fix
    None: only the author knows which of the two was meant.
    """

    code = "FT012"
    name = "duplicate-key"
    severity = Severity.ERROR
    help = "keep one of the two"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, '
        b'{"role": "assistant", "content": "Hello", "content": "Good morning"}]}\n'
    )
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

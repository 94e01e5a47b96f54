"""FT011."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class MissingFinalNewline(Rule):
    """
    The last line does not end with a newline.

    ## Why it matters
    The file is read all the same. But whatever is appended to it continues the last line: two rows on one
    line, which no provider takes.

    ## Fix
    Safe: a newline is added.
    """

    code = "FT011"
    name = "missing-final-newline"
    severity = Severity.INFO
    once = True
    help = "end the last line with a newline: `echo >> train.jsonl`"

    bad = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}'
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

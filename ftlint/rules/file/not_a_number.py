"""FT013."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class NotANumber(Rule):
    """
    A number is one that JSON does not have, or that many readers cannot hold.

    ## Why it matters
    `NaN` and `Infinity` are not JSON, though Python's json module writes them, and pandas has a NaN for every
    missing value. Integers past 64 bits are JSON, but readers refuse or round them.

    ## Fix
    None: leave the key out, or write the value that was meant.
    """

    code = "FT013"
    name = "not-a-number"
    severity = Severity.ERROR
    help = "leave the key out, or write a value that JSON has"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": NaN}]}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello", "weight": 1}]}\n'
    )

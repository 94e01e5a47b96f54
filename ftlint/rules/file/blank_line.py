"""FT009."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class BlankLine(Rule):
    """
    A line is empty.

    ## Why it matters
    Some readers skip blank lines, others take each for a row that is not JSON and refuse the file. It also
    shifts the numbers: the provider's "Example 12" is then no longer line 12.

    ## Fix
    Safe: the line is removed.
    """

    code = "FT009"
    name = "blank-line"
    severity = Severity.WARNING
    once = True
    help = "remove the blank lines: `grep -v '^[[:space:]]*$' old.jsonl > train.jsonl`"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b"\n"
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
    )

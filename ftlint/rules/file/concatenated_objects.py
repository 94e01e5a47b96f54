"""FT005."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class ConcatenatedObjects(Rule):
    """
    Several objects stand on one line.

    ## Why it matters
    A line is one row. Readers refuse what follows the first object. The usual cause is a file that does not
    end with a newline and had another one appended to it.

    ## Fix
    Safe: each object moves to its own line.
    """

    code = "FT005"
    name = "concatenated-objects"
    severity = Severity.ERROR
    help = "write one object a line: `jq -c . train.json > train.jsonl`"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
    )

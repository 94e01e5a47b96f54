"""FT002."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class NotAnObject(Rule):
    """
    A line is JSON, but no object.

    ## Why it matters
    A row is an object with named keys. Providers refuse the file at the first line that is a list, a string
    or a number.

    ## Fix
    None: a list of messages belongs under the key `messages`; anything else is no row.
    """

    code = "FT002"
    name = "not-an-object"
    severity = Severity.ERROR
    provider_error = (
        "Expected file to have JSONL format, where every line is a JSON dictionary. Line 1 is not a dictionary"
    )
    help = "write each row as one JSON object, in braces"

    bad = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n"Good day"\n'
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Good day"}]}\n'
    )

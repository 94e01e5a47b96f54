"""FT004."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class PrettyPrintedJson(Rule):
    """
    Objects span several lines.

    ## Why it matters
    In JSON Lines the end of a line is the end of a row. A reader takes the first line, a lone brace, for the
    whole row and refuses it.

    ## Fix
    Safe: each object is written on one line.
    """

    code = "FT004"
    name = "pretty-printed-json"
    severity = Severity.ERROR
    once = True
    provider_error = (
        "Expected file to have JSONL format, where every line is a JSON dictionary. "
        'Line 1 is not a dictionary (HINT: line starts with: "{...").'
    )
    help = "write each object on one line: `jq -c . train.json > train.jsonl`"

    bad = (
        b"{\n"
        b'  "messages": [\n'
        b'    {"role": "user", "content": "Hi"},\n'
        b'    {"role": "assistant", "content": "Hello"}\n'
        b"  ]\n"
        b"}\n"
    )
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

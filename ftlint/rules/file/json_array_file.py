"""FT003."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class JsonArrayFile(Rule):
    """
    The file is one JSON array, not JSON Lines.

    ## Why it matters
    Providers read one object a line. An array is valid JSON and looks right in an editor, so the error that
    comes back after the upload, about line 1, explains little.

    ## Fix
    Safe: each element moves to its own line, without brackets and commas.
    """

    code = "FT003"
    name = "json-array-file"
    severity = Severity.ERROR
    provider_error = (
        "Expected file to have JSONL format, where every line is a JSON dictionary. Line 1 is not a dictionary"
    )
    help = "write one object a line, without brackets and commas: `jq -c '.[]' train.json > train.jsonl`"

    bad = (
        b"[\n"
        b'  {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]},\n'
        b'  {"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
        b"]\n"
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
    )

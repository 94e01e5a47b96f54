"""FT001."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class InvalidJson(Rule):
    """
    A line is not JSON.

    ## Why it matters
    Providers take one JSON object a line and refuse the file at the first line that is none, often hours
    after the upload. The usual causes are a quotation mark inside a string that is not escaped, and rows
    glued together by hand.

    ## Fix
    None: write rows with a JSON library, not by joining strings.
    """

    code = "FT001"
    name = "invalid-json"
    severity = Severity.ERROR
    provider_error = (
        "Invalid file format. Example 1273 cannot be parsed. Error: line contains invalid json: "
        "Expecting ',' delimiter: line 1 column 79 (char 78) (line 1273)"
    )
    help = 'escape quotation marks inside strings as \\"; write rows with json.dumps'

    bad = b'{"messages": [{"role": "user", "content": "Say "hi""}, {"role": "assistant", "content": "hi"}]}\n'
    good = b'{"messages": [{"role": "user", "content": "Say \\"hi\\""}, {"role": "assistant", "content": "hi"}]}\n'

"""FT018."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class PythonRepr(Rule):
    """
    A row is a printed Python dict, not JSON.

    ## Why it matters
    `print(row)` and `str(row)` write single quotes, `None` and `True`. It looks like JSON and no JSON parser
    takes it.

    ## Fix
    Unsafe: the row is read as Python and written as JSON.
    """

    code = "FT018"
    name = "python-repr"
    severity = Severity.ERROR
    help = "write rows with json.dumps"

    bad = b"{'messages': [{'role': 'user', 'content': 'Hi'}, {'role': 'assistant', 'content': 'Hello'}]}\n"
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

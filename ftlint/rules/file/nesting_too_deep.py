"""FT015."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class NestingTooDeep(Rule):
    """
    A row nests deeper than 100 levels.

    ## Why it matters
    Parsers limit how deep they go, each at another depth, and fail past it. No format needs more than a dozen
    levels of its own; what goes deeper is nearly always a mistake of the program that wrote the row.

    ## Fix
    None: flatten the value.
    """

    code = "FT015"
    name = "nesting-too-deep"
    severity = Severity.ERROR
    help = "flatten the value, or write it as text"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], '
        b'"tools": [{"type": "function", "function": {"name": "greet", "parameters": '
        + b'{"not": ' * 100
        + b"{}"
        + b"}" * 100
        + b"}}]}\n"
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], '
        b'"tools": [{"type": "function", "function": {"name": "greet", "parameters": {"not": {}}}}]}\n'
    )

"""FT104."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class InvalidValue(Rule):
    """
    A value is of the right type, but not one of those that the format takes.

    ## Why it matters
    The provider refuses the file.

    ## Fix
    None: the message names the values that are taken.
    """

    code = "FT104"
    name = "invalid-value"
    severity = Severity.ERROR

    bad = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello", "weight": 2},
        ]
    }
    good = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello", "weight": 1},
        ]
    }

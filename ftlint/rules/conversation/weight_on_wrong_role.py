"""FT205."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class WeightOnWrongRole(Rule):
    """
    A message that is not the assistant's has a weight.

    ## Why it matters
    A weight says whether an answer is trained. Other messages never are, and the provider refuses the key.

    Which messages take a weight depends on the target's schema.

    ## Fix
    Unsafe: the weight is dropped.
    """

    code = "FT205"
    name = "weight-on-wrong-role"
    severity = Severity.ERROR
    help = "remove the weight; only answers are trained"

    bad = {
        "messages": [
            {"role": "user", "content": "Hi", "weight": 0},
            {"role": "assistant", "content": "Hello"},
        ]
    }
    good = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello", "weight": 1},
        ]
    }

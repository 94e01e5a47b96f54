"""FT103."""

from ftlint.core.types import Severity, spell_pointer
from ftlint.formats.views import Message
from ftlint.rules.base import MessageRule, Report, Target


class WrongType(MessageRule):
    """
    A value is of another type than the format asks for.

    ## Why it matters
    The provider refuses the file, at times with an error from inside its own program. Typical are a `content`
    that is a list of strings (OpenAI then says: 'str' object has no attribute 'get'), `arguments` that are an
    object, and a `weight` that pandas made 1.0 or true.

    ## Fix
    None: write the value as the type that the format asks for.
    """

    code = "FT103"
    name = "wrong-type"
    severity = Severity.ERROR
    provider_error = "'str' object has no attribute 'get'"

    bad = {"messages": [{"role": "user", "content": ["Hi"]}, {"role": "assistant", "content": "Hello"}]}
    good = {
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": "Hi"}]},
            {"role": "assistant", "content": "Hello"},
        ]
    }

    def check(self, message: Message, target: Target, report: Report) -> None:
        """The schema finds all wrong types but one: to JSON Schema, 1.0 is an integer."""
        weight = message.value.get("weight")
        if not isinstance(weight, float):
            return
        at = (*message.at, "weight")
        report(f"{spell_pointer(at)} is {weight}, expected the integer 0 or 1", at=at)

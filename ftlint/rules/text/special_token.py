"""FT301."""

from ftlint.core.types import Severity
from ftlint.formats.views import Text
from ftlint.rules.base import Report, Target, TextRule

COMPLETION = ("completion",)


class SpecialToken(TextRule):
    """
    A text contains a special token of the model, such as `<|endoftext|>` or `<|im_start|>`.

    ## Why it matters
    Special tokens mark where a message or a document starts and ends. Only the provider writes them; in a text
    they mostly are what a chat template or an export left behind, and the provider refuses the file after the
    upload. A completion may end with one: as its stop sequence.

    ## Fix
    None: the text before and after the token may be two messages, or one.
    """

    code = "FT301"
    name = "special-token"
    severity = Severity.ERROR
    provider_error = "Example 6174 message contains an invalid token: <|fim_suffix|>."
    help = "remove the token, or write it in another way where the text is about it"

    bad = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello<|im_end|>"}]}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    trigger = rb"<\|[a-z_]+\|>"

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report the first special token of a text."""
        value = text.value
        found = [(value.find(token), token) for token in target.profile.special_tokens if token in value]
        if not found:
            return
        start, token = min(found)
        end = start + len(token)
        if text.at == COMPLETION and not value[end:].strip():
            return
        report(f"Text contains the special token {token}", at=text.at, part=(start, end))

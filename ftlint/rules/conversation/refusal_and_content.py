"""FT215."""

from ftlint.core.types import Severity
from ftlint.formats.views import Message
from ftlint.rules.base import MessageRule, Report, Target


class RefusalAndContent(MessageRule):
    """
    An assistant message has both a refusal and text.

    ## Why it matters
    A model either refuses or answers. The format has one place for each, and a message with both teaches
    neither; which of the two is trained is not documented.

    ## Fix
    None: only the author knows which one was meant.
    """

    code = "FT215"
    name = "refusal-and-content"
    severity = Severity.ERROR
    help = "keep either the refusal or the text"

    bad = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello", "refusal": "I cannot help with that."},
        ]
    }
    good = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello", "refusal": None},
        ]
    }

    def check(self, message: Message, target: Target, report: Report) -> None:
        """Report a message that refuses, by its key or in a content part, and says something else as well."""
        if message.role != "assistant":
            return
        key = "refusal" if message.value.get("refusal") else "content"
        if key == "content" and not message.has_parts_beside_text:
            return
        if message.text.strip():
            report("Assistant message has both a refusal and text", at=(*message.at, key))

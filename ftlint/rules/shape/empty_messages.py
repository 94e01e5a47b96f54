"""FT106."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class EmptyMessages(Rule):
    """
    The list of messages is empty.

    ## Why it matters
    There is nothing to train on, and the provider refuses the file.

    ## Fix
    None: add the conversation, or remove the row.
    """

    code = "FT106"
    name = "empty-messages"
    severity = Severity.ERROR
    help = "add the conversation, or remove the row"

    bad = {"messages": []}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

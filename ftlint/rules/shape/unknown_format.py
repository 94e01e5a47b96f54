"""FT108."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class UnknownFormat(Rule):
    """
    The rows have no format that ftlint knows, and only their JSON was checked.

    ## Why it matters
    A repository may hold JSON Lines that are no training data, so this is a note. If the file is training
    data, no provider takes it as it is. With a format asked for (`--format chat`), it is an error.

    ## Fix
    None: rewrite the rows in the target's format, or leave the file out of the check.
    """

    code = "FT108"
    name = "unknown-format"
    severity = Severity.INFO
    help = 'a chat row is {"messages": [{"role": "user", "content": "…"}, …]}'

    bad = b'{"question": "What is the capital of France?", "answer": "Paris"}\n'
    good = (
        b'{"messages": [{"role": "user", "content": "What is the capital of France?"}, '
        b'{"role": "assistant", "content": "Paris"}]}\n'
    )

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
    `ftlint convert FILE -o OUT.jsonl --to chat` reads a question and an answer under many names, and takes others
    with `--map completion=KEY`. If the file is no training data, leave it out of the check.
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

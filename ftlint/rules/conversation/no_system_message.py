"""FT213."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class NoSystemMessage(Rule):
    """
    Some rows lack the system message that the rest of the file has.

    ## Why it matters
    In use, the model gets the system message always or never. Rows that differ teach it to behave as trained
    with or without one, which may be meant; mostly they were put together from another source. Reported once
    a file, when at least one row and fewer than half of them have no system message.

    ## Fix
    None: only the author knows how the model will be used.
    """

    code = "FT213"
    name = "no-system-message"
    severity = Severity.INFO
    once = True
    help = "train with the system message that the model will get in use"

    bad = (
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
        b'{"messages": [{"role": "user", "content": "Thanks"}, {"role": "assistant", "content": "Sure"}]}\n'
    )
    good = (
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Thanks"}, {"role": "assistant", "content": "Sure"}]}\n'
    )

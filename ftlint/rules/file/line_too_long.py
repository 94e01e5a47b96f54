"""FT016."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class LineTooLong(Rule):
    """
    A line is longer than the limit, and was skipped.

    ## Why it matters
    A row of 64 MiB is far past every model's context. Such a line is mostly a file without line ends, and
    nothing of it was checked. The limit is the setting `max-line-bytes`.

    ## Fix
    None: split the row, or write the missing line ends.

    The example holds for a limit of 200 bytes.
    """

    code = "FT016"
    name = "line-too-long"
    severity = Severity.ERROR
    help = "split the row, or see whether the file lost its line ends"

    options = {"max_line_bytes": 200}
    bad = (
        b'{"messages": [{"role": "user", "content": "How do I reset my password?"}, '
        b'{"role": "assistant", "content": "Open the settings, choose Account, then Security, then Reset, '
        b'and follow the link in the message that we send you."}]}\n'
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "How do I reset my password?"}, '
        b'{"role": "assistant", "content": "In the settings, under Security."}]}\n'
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
    )

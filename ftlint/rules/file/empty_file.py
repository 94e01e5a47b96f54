"""FT020."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class EmptyFile(Rule):
    """
    The file holds no row.

    ## Why it matters
    There is nothing to train on. It is mostly the sign that the step before failed.

    ## Fix
    None: look at what should have written the file.
    """

    code = "FT020"
    name = "empty-file"
    severity = Severity.ERROR
    help = "see whether the program that writes the file failed"

    bad = b""
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

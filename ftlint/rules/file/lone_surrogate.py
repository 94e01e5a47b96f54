"""FT014."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class LoneSurrogate(Rule):
    """
    A string holds half of a character: a surrogate escape without its partner.

    ## Why it matters
    Characters outside the basic plane, such as emoji, are escaped in JSON as two halves. Text that was cut
    between them leaves one. Some parsers read it, but it cannot be written as UTF-8 again; others refuse it.

    ## Fix
    None: write the whole character, or remove the half.
    """

    code = "FT014"
    name = "lone-surrogate"
    severity = Severity.ERROR
    help = "write the whole character; text cut in the middle of an emoji leaves half of it"

    bad = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello \\ud83d"}]}\n'
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello \\ud83d\\ude00"}]}\n'
    )

"""FT006."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class ByteOrderMark(Rule):
    """
    The file starts with a byte-order mark that the target refuses, or lacks one that it asks for.

    ## Why it matters
    Some programs put the three bytes EF BB BF before the text when they save as UTF-8; editors hide them. To
    a strict JSON parser they are a character that must not be there, and the first line is refused.

    Which way round it is wrong depends on the target: for OpenAI a mark is an error, Azure's documentation
    asks for one, and most other targets take both.

    ## Fix
    Safe: the three bytes are removed, or put in.
    """

    code = "FT006"
    name = "byte-order-mark"
    severity = Severity.ERROR
    once = True
    help = 'save the file as UTF-8 without a byte-order mark; Python writes one with encoding="utf-8-sig" only'

    bad = b'\xef\xbb\xbf{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'

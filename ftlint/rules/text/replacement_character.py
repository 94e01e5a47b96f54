"""FT304."""

import re

from ftlint.core.types import Severity
from ftlint.formats.views import Text
from ftlint.rules.base import Report, Target, TextRule
from ftlint.rules.text.written import written

REPLACED = re.compile("\ufffd+")


class ReplacementCharacter(TextRule):
    """
    A text contains U+FFFD, which stands where characters were lost.

    ## Why it matters
    A program read bytes in the wrong encoding, or cut a character in two, and put `that character` there. What it
    replaced is gone, and the model learns to write the damage.

    ## Fix
    None: go back to the source of the text and read it in the right encoding.
    """

    code = "FT304"
    name = "replacement-character"
    severity = Severity.WARNING
    help = "read the source again in its own encoding, or leave the row out"

    bad = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "The caf\ufffd is open."}]}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "The café is open."}]}

    trigger = written("\ufffd")

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report a damaged text at its first lost character."""
        first = REPLACED.search(text.value)
        if first is None:
            return
        count = text.value.count("\ufffd")
        times = "" if count == 1 else f" {count:,} times"
        report(f"Text contains U+FFFD (replacement character){times}", at=text.at, part=first.span())

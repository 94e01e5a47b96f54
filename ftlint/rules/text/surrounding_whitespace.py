"""FT302."""

from collections.abc import Iterator

from ftlint.core.edits import value_at
from ftlint.core.types import Edit, Fix, Problem, Severity
from ftlint.formats.views import Text, Value
from ftlint.rules.base import Report, Target, TextRule

WHITESPACE = " \t\n\r\f\v"


class SurroundingWhitespace(TextRule):
    r"""
    An assistant text starts or ends with white space, and most rows of the file do not.

    ## Why it matters
    The model learns the space as part of the answer: ` Paris` and `Paris` are different tokens. White space
    that only some answers have was left there by whatever joined the data. Reported once a file, and only
    when fewer than half of the rows have it: in the others it is how the author writes. Completions are
    left alone, they are meant to start with a space.

    ## Fix
    Unsafe: strip the text.
    """

    code = "FT302"
    name = "surrounding-whitespace"
    severity = Severity.INFO
    once = True
    formats = ("chat", "preference", "reinforcement")
    share = True
    minority = True
    help = "strip the text, unless the white space is meant"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
        b'{"messages": [{"role": "user", "content": "Thanks"}, {"role": "assistant", "content": " Sure\\n"}]}\n'
    )
    good = {"messages": [{"role": "user", "content": "Hi "}, {"role": "assistant", "content": "Hello"}]}

    trigger = rb':\s*"(?: |\\[tnrf])|(?: |\\[tnrf])"\s*[,}\]]'

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report an assistant's text with white space around it; one of nothing else is another rule's."""
        value = text.value
        stripped = value.strip(WHITESPACE)
        if len(stripped) == len(value) or not stripped or text.message is None or not text.is_wanted:
            return
        start = len(value) - len(value.lstrip(WHITESPACE))
        end = len(value.rstrip(WHITESPACE))
        where = "starts and ends" if start and end < len(value) else "starts" if start else "ends"
        part = (0, start) if start else (end, len(value))
        fix = Fix("Strip the text", "unsafe")
        report(f"Assistant text {where} with white space", at=text.at, part=part, fix=fix)

    def mend(self, row: Value, problem: Problem) -> Iterator[Edit]:
        """Strip the text."""
        yield Edit("replace", value_at(row, problem.pointer or ()).strip(WHITESPACE), problem.pointer)

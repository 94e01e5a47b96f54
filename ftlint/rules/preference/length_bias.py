"""FT605."""

from ftlint.core.types import Severity
from ftlint.formats.views import Message, Row
from ftlint.rules.base import DatasetRule, Report, Target, WholeFile
from ftlint.rules.preference._said import sides

MIN_PAIRS = 20
SHARE = 0.9

Seen = tuple[int, int]
"""Pairs, and those of them whose preferred output is the longer one."""


class LengthBias(DatasetRule):
    """
    The preferred output is the longer one in nearly all pairs.

    ## Why it matters
    The easiest thing to learn from such pairs is to write more. Preference training is known to pick up length
    where it goes along with preference, and answers grow without getting better. Reported once a file, when there
    are at least 20 pairs and more than 90 % of them prefer the longer output; characters of text and calls count.

    ## Fix
    None: add pairs whose better answer is the shorter one, if there are such answers.
    """

    code = "FT605"
    name = "length-bias"
    severity = Severity.INFO
    formats = ("preference",)
    help = "add pairs in which the shorter answer is preferred, or shorten preferred answers that ramble"

    bad = b"".join(
        b'{"input": {"messages": [{"role": "user", "content": "Count to %d"}]}, '
        b'"preferred_output": [{"role": "assistant", "content": "Of course! It goes like this: 1, 2, 3, %d"}], '
        b'"non_preferred_output": [{"role": "assistant", "content": "1, 2, 3, %d"}]}\n' % (number, number, number)
        for number in range(4, 24)
    )
    good = b"".join(
        b'{"input": {"messages": [{"role": "user", "content": "Count to %d"}]}, '
        b'"preferred_output": [{"role": "assistant", "content": "1, 2, 3, %d"}], '
        b'"non_preferred_output": [{"role": "assistant", "content": "Of course! It goes like this: 1, 2, 3, %d"}]}\n'
        % (number, number, number)
        for number in range(4, 24)
    )

    def extract(self, row: Row, target: Target) -> Seen:
        """One pair, and whether its preferred output is the longer one."""
        preferred, other = sides(row)
        return 1, int(_length(preferred) > _length(other))

    def combine(self, first: Seen, second: Seen) -> Seen:
        """Add up."""
        return first[0] + second[0], first[1] + second[1]

    def conclude(self, seen: Seen, file: WholeFile, target: Target, report: Report) -> None:
        """Report the share, if it is high and there are pairs enough to call it one."""
        pairs, longer = seen
        if pairs >= MIN_PAIRS and longer > SHARE * pairs:
            report(f"Preferred output is the longer one in {longer:,} of {pairs:,} pairs ({longer / pairs:.0%})")


def _length(messages: list[Message]) -> int:
    return sum(len(text.value) for message in messages if message.role == "assistant" for text in message.texts())

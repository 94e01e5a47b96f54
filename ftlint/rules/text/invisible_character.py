"""FT305."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftlint.core.edits import value_at
from ftlint.core.types import Edit, Fix, Problem, Severity
from ftlint.formats.views import Text, Value
from ftlint.rules.base import Report, Target, TextRule
from ftlint.rules.text.written import written

ALWAYS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202d\u202e\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
BY_LETTERS = "\u180e\u200c\u200d"
"""Joiners and separators, which many scripts and emoji are written with: odd between Latin letters only."""
DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069"
"""Odd in a text in which nothing is written from right to left."""
TAGS = "\U000e0000-\U000e007f"
"""Odd but in the flags of regions, which are an emoji with tags behind it."""

LATIN = "\x00-\u02ff\u2000-\u206f"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")

COMMON = (
    f"[{ALWAYS}]"
    # Behind the first byte of a broken character they are part of it, and FT303 reports it.
    "|(?<![\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])[\x80-\x9f]|(?<![\xa0-\xdf])\xad"
    f"|(?<![^{LATIN}])[{BY_LETTERS}](?![^{LATIN}])"
    f"|(?<![\U0001f3f4{TAGS}])[{TAGS}]"
)
EVERY = re.compile(f"{COMMON}|[{DIRECTIONS}\u200b]")
BY_SCRIPT = {
    # Thai, Lao, Tibetan, Burmese and Khmer have no spaces between words, but may have U+200B there.
    (False, True): re.compile(f"{COMMON}|[{DIRECTIONS}]"),
    (True, False): re.compile(f"{COMMON}|\u200b"),
    (True, True): re.compile(COMMON),
    (False, False): EVERY,
}
UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u1950-\u1aaf\ua9e0-\uaa7f]")


class InvisibleCharacter(TextRule):
    """
    A text contains an invisible character: a control character, a zero-width character, a change of direction.

    ## Why it matters
    Nobody sees it, and the model learns it: it splits words into other tokens, and can hide text from whoever
    reviews the file. Mostly it was copied along from a web page, a PDF or a terminal, or `\\f` of a formula was
    read as a form feed. What emoji and the scripts of the world need is left alone.

    ## Fix
    Unsafe: remove the characters.
    """

    code = "FT305"
    name = "invisible-character"
    severity = Severity.WARNING
    help = "remove the character"

    bad = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello\u200b there"}]}
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello 👩‍🚀\tthere"}]}

    trigger = (
        # Other control characters have no short escape: a row that holds one is looked at in any case.
        rb"(?:^|[^\\])(?:\\\\)*\\[bf]|\x7f|"
        + written("\u0080-\u009f", "\u00ad\u061c\u180e", "\u200b-\u200f", "\u202a-\u202e", "\u2060-\u206f", "\ufeff")
        + b"|"
        + written("\ufff9-\ufffb", TAGS)
    )

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report the first invisible character of a text, and how many there are."""
        value = text.value
        if EVERY.search(value) is None:
            return
        pattern = _pattern(value)
        first = pattern.search(value)
        if first is None:
            return
        more = sum(1 for _ in pattern.finditer(value, first.end()))
        others = f", and {more:,} more" if more else ""
        fix = Fix("Remove it", "unsafe")
        report(f"Text contains {_named(first[0])}{others}", at=text.at, part=first.span(), fix=fix)

    def mend(self, row: Value, problem: Problem) -> Iterator[Edit]:
        """Remove all of them."""
        text: str = value_at(row, problem.pointer or ())
        yield Edit("replace", _pattern(text).sub("", text), problem.pointer)


def _pattern(text: str) -> re.Pattern[str]:
    """What is odd in a text in these scripts."""
    return BY_SCRIPT[RIGHT_TO_LEFT.search(text) is not None, UNSPACED.search(text) is not None]


def _named(character: str) -> str:
    from unicodedata import name

    known = NAMES.get(character) or name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({known})" if known else "")


NAMES = {
    "\0": "NUL",
    "\b": "backspace",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
    "\ufeff": "byte-order mark",
} | {chr(byte): "control character" for byte in (*range(1, 8), 11, *range(14, 27), *range(28, 32), *range(128, 160))}

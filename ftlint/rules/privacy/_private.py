"""What the rules of this family share: how they report, and how they take out what they find."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from ftlint.core.edits import value_at
from ftlint.core.private.spots import Find, Spot, found_in
from ftlint.core.types import Edit, Fix, Problem
from ftlint.formats.strings import String
from ftlint.rules.base import Report, StringRule

BEGINS = rb"(?:^|[^0-9A-Za-z%s]|\\[bfnrt]|\\u[0-9a-fA-F]{4})"
"""Before a number, in the bytes of a row: what is no part of a longer one. To be filled with further signs of those."""
REDACT = Fix("Redact it", "unsafe")


class PrivateRule(StringRule):
    """Reports each place of something private in a string; of what it is, no more than may be said."""

    says: ClassVar[str]
    """The message, up to how it begins; `{kind}` is what it is."""
    of_key: ClassVar[re.Pattern[str] | None] = None
    """The keys that tell what their values are."""

    def find(self, text: str) -> Iterable[Spot]:
        """Where it stands in a text, apart from escapes."""
        raise NotImplementedError

    def check(self, string: String, report: Report) -> None:
        """Report every place."""
        for spot in spots_of(string, self.find, self.of_key):
            part = (spot.start, spot.end)
            # A row that is a string has no place in it that an edit could name.
            fix = REDACT if string.at else None
            report(said(self.says, spot), at=string.at, on_key=string.is_key, part=part, fix=fix)

    def mend(self, row: dict[str, Any], problem: Problem) -> Iterable[Edit]:
        """Take out all of it that stands in the string."""
        at = problem.pointer
        assert at is not None
        if problem.on_key:
            key = str(at[-1])
            new = redacted(key, spots_of(String(key, at, is_key=True), self.find, self.of_key))
            others = value_at(row, at[:-1])
            number = next(number for number in range(1, len(others) + 2) if _numbered(new, number) not in others)
            return (Edit("rename", key=_numbered(new, number)),)
        text, key = value_at(row, at), next((step for step in reversed(at) if isinstance(step, str)), "")
        return (Edit("replace", redacted(text, spots_of(String(text, at, key), self.find, self.of_key))),)


def spots_of(string: String, find: Find, of_key: re.Pattern[str] | None) -> list[Spot]:
    """The spots of a string, which may be known by the key that leads to it."""
    if of_key is None or not of_key.search(string.key):
        return found_in(string.value, find)
    lead = f"{string.key}: "
    size = len(lead)
    spots = found_in(lead + string.value, find)
    return [spot._replace(start=spot.start - size, end=spot.end - size) for spot in spots if spot.start >= size]


def said(says: str, spot: Spot) -> str:
    """What may be said: `Text contains a secret: OpenAI key sk-proj-… (164 characters, SHA-256 1a2b3c4d…)`."""
    begins = f" {spot.shown}…" if spot.shown else ""
    digest = f", SHA-256 {spot.digest}…" if spot.digest else ""
    return f"{says.format(kind=spot.kind)}{begins} ({spot.end - spot.start:,} characters{digest})"


def redacted(text: str, spots: Iterable[Spot]) -> str:
    """The text with what says what stood there in the place of each spot."""
    for spot in sorted(spots, reverse=True):
        text = text[: spot.start] + spot.redacted + text[spot.end :]
    return text


def _numbered(key: str, number: int) -> str:
    return key if number == 1 else f"{key} {number}"

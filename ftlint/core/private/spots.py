"""Places in a text that hold something private, also behind the escapes of JSON in JSON."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

ESCAPED = r'\\(?:[\\/"bfnrt]|u00(?:2[267bcfBCF]|3[cdeCDE]|60))'
"""What writers of JSON escape though they need not, and what they must; not letters, which no trigger would see."""
ANY_ESCAPED = r'\\(?:[\\/"bfnrt]|u[0-9a-fA-F]{4})'
DEPTH = 4
"""JSON in strings of JSON is looked into so deep."""
PLAIN = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Spot(NamedTuple):
    """Characters of a text, from and to, and what may be said of them: what they are, and how they begin."""

    start: int
    end: int
    kind: str
    shown: str
    digest: str | None
    """The first 8 hexadecimal digits of the SHA-256; None of what can be guessed from it."""
    redacted: str
    """What takes their place when they are taken out."""
    behind: bool = False
    """Whether `shown` stands before them, and is no part of them."""


Find = Callable[[str], Iterable[Spot]]
"""Finds spots in a text as it stands."""


def found_in(text: str, find: Find, *, as_json: bool = False) -> list[Spot]:
    """
    The spots of a text in order, none over another, with those behind escapes: of a string that holds JSON, and in it.

    `as_json`: the text is JSON itself, any character of which may be an escape.
    """
    spots = list(find(text))
    back: list[_Level] = []
    for _ in range(DEPTH):
        if "\\" not in text:
            break
        level = _Level(text, ANY_ESCAPED if as_json else ESCAPED)
        if level.text == text:
            break
        text = level.text
        back.insert(0, level)
        spots.extend(_moved(spot, back) for spot in find(text))
    return list(_apart(sorted(spots, key=lambda spot: (spot.start, -spot.end))))


def _moved(spot: Spot, back: Iterable[_Level]) -> Spot:
    start, end = spot.start, spot.end
    for level in back:
        start, end = level.before(start), level.before(end)
    return spot._replace(start=start, end=end)


def _apart(spots: Iterable[Spot]) -> Iterator[Spot]:
    reached = 0
    for spot in spots:
        if spot.start >= reached:
            reached = spot.end
            yield spot


class _Level:
    """A text without one level of escapes, and where its characters stood."""

    def __init__(self, text: str, pattern: str) -> None:
        parts: list[str] = []
        self.new, self.old = [0], [0]
        """Behind each escape: the place in this text, and the one before."""
        size = end = 0
        for match in _compiled(pattern).finditer(text):
            plain = text[end : match.start()]
            parts += (plain, _decoded(match[0][1:]))
            size += len(plain) + 1
            end = match.end()
            self.new.append(size)
            self.old.append(end)
        self.text = "".join((*parts, text[end:]))

    def before(self, place: int) -> int:
        index = bisect_right(self.new, place) - 1
        return self.old[index] + place - self.new[index]


def _decoded(escape: str) -> str:
    return chr(int(escape[1:], 16)) if escape[0] == "u" else PLAIN.get(escape, escape)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)

"""FT314."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.core.types import Pointer, Severity
from ftlint.core.visible import is_private, shorten
from ftlint.formats.views import Row
from ftlint.rules.base import ContentRule, Report, Target

SHORTEST = 200
"""Characters of a text that is looked at."""
PROBE = 32
LONGEST_PERIOD = 512
LEAST_TIMES = 5
SHORT_PERIOD, LEAST_TIMES_OF_SHORT = 10, 25
WORDS = " ,.;:!?'\"’“”-…。，、！？\n"


class Repetition(ContentRule):
    """
    An answer repeats one phrase or line over and over.

    ## Why it matters
    Models that generate data fall into loops. A model that is trained on a loop learns to fall into it.

    Told when at least half of a text of 200 characters or more is one phrase, letter by letter the same and no
    longer than 512 characters, five times or more; phrases under ten characters have to come 25 times. Phrases
    that are mostly signs or digits do not count: tables, rules, code, encoded data.

    ## Fix
    None: generate the answer again, or remove the row.
    """

    code = "FT314"
    name = "repetition"
    severity = Severity.WARNING
    formats = ("chat", "completion", "preference")
    help = "generate the answer again, or remove the row"

    bad = {
        "messages": [
            {"role": "user", "content": "When does the shop open?"},
            {"role": "assistant", "content": "Let me look. " + "The shop opens at nine. " * 12},
        ]
    }
    good = {
        "messages": [
            {"role": "user", "content": "When does the shop open?"},
            {"role": "assistant", "content": "The shop opens at nine."},
        ]
    }

    def applies(self, row: Row, target: Target) -> bool:
        """Rows with an answer."""
        if row.format == "chat":
            return any(message.role == "assistant" for message in row.messages)
        return row.format in ("completion", "preference")

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report texts that are half a loop."""
        value = row.value
        if row.format == "completion":
            if loop(value["completion"]):
                self._report(value["completion"], ("completion",), report)
            return
        key = "preferred_output" if row.format == "preference" else "messages"
        for index, message in enumerate(value[key]):
            if message["role"] == "assistant":
                content = message.get("content")
                if content.__class__ is str:
                    if (size := len(content)) < SHORTEST:
                        continue
                    middle = size // 2  # as in `loop`, without the call: this is all that most answers see
                    probe = content[middle : middle + PROBE]
                    again = content.find(probe, middle + 1, middle + PROBE + LONGEST_PERIOD)
                    if again >= 0 and loop(content) and message.get("weight") != 0:
                        self._report(content, (key, index, "content"), report)
                elif content and message.get("weight") != 0:
                    for text, at in _parts(content, (key, index, "content")):
                        if loop(text):
                            self._report(text, at, report)

    def _report(self, text: str, at: Pointer, report: Report) -> None:
        found = loop(text)
        assert found is not None
        start, end, period = found
        phrase = "…" if is_private(text, start, start + period) else shorten(text[start : start + period], 40)
        message = f"Text repeats {phrase} {(end - start) // period:,} times"
        report(message, at=at, part=(start, end))


def loop(text: str) -> tuple[int, int, int] | None:
    """
    Where the loop begins and ends that makes at least half of a text, and the length of its phrase.

    Half of a text contains its middle. So what stands there has to come again soon, or there is no loop.
    """
    size = len(text)
    if size < SHORTEST:
        return None
    middle = size // 2
    again = text.find(text[middle : middle + PROBE], middle + 1, middle + PROBE + LONGEST_PERIOD)
    return None if again < 0 else _loop(text, middle, again - middle)


def _loop(text: str, middle: int, period: int) -> tuple[int, int, int] | None:
    """The loop around the middle, if it is one of words."""
    size = len(text)
    end = middle + _same(text[middle : size - period], text[middle + period :]) + period
    before = text[:middle][::-1]
    start = middle - _same(before, text[period : middle + period][::-1])
    times = (end - start) // period
    least = LEAST_TIMES if period >= SHORT_PERIOD else LEAST_TIMES_OF_SHORT
    if (end - start) * 2 < size or times < least:
        return None
    while start < middle and not text[start].isalnum():
        start += 1  # to the beginning of a word
    phrase = text[start : start + period]
    letters = sum(letter.isalpha() for letter in phrase)
    words = letters + sum(letter in WORDS for letter in phrase)
    is_prose = letters * 2 > period and words * 10 >= period * 9 and len(set(phrase)) > 2
    return (start, end, period) if is_prose and (" " in phrase or not phrase.isascii()) else None


def _same(one: str, other: str) -> int:
    """How many characters from the start are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _parts(parts: list[dict[str, Any]], at: Pointer) -> Iterator[tuple[str, Pointer]]:
    for index, part in enumerate(parts):
        if part["type"] == "text":
            yield part["text"], (*at, index, "text")

"""FT707."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ftlint.core.types import Pointer, Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Message, Row
from ftlint.rules.base import Report, Target, WholeFile, later
from ftlint.rules.variants import MOST, Spot, VariantRule, Variants

ROLES = ("system", "developer")
LONGEST = 2000
"""Characters of a prompt that are kept; of a longer one a checksum of the rest is."""
FREQUENT, RARE = 3, 20
"""So many of the most frequent prompts are compared with so many of the rarest."""
NEAR = 0.85
"""The share of characters that two prompts have in common, from which one is a variant of the other."""
SHORT = 200
"""Characters up to which what differs is compared letter by letter."""
BEFORE, SHOWN = 16, 48
"""Characters that are shown before a difference, and in all."""


def _example(last: str) -> bytes:
    prompts = [*["Answer briefly, as one does in a letter."] * 4, last]
    return b"".join(
        b'{"messages": [{"role": "system", "content": "%s"}, {"role": "user", "content": "Is %d even?"}, '
        b'{"role": "assistant", "content": "%d has %d as its half."}]}\n'
        % (prompt.encode(), 2 * number, 2 * number, number)
        for number, prompt in enumerate(prompts)
    )


class Difference(NamedTuple):
    """Where two texts differ first: from and to, in each."""

    start: int
    end: int
    other_end: int


class SystemPromptVariants(VariantRule):
    """
    The rows of a file have several system prompts.

    ## Why it matters
    In use, the model gets one of them, and what it learnt with the others helps less. A few rows whose prompt is
    nearly that of the rest mostly have a typing error or an older wording; two such are shown side by side.

    A row's prompt is its first system or developer message. Several may be meant, as one for each task, and where
    more than half of them are of one row only, as with personas, nothing is said. Reported once a file: at the
    rarest of those that are nearly equal to a more frequent one, else at the second. Of prompts over 2,000 characters
    only these are compared.

    ## Fix
    None: only the author knows which prompt the model will get.
    """

    code = "FT707"
    name = "system-prompt-variants"
    severity = Severity.INFO
    formats = ("chat", "reinforcement", "preference")
    help = "train with the prompt that the model will get in use, in the same words"

    bad = later(lambda: _example("Answer breifly, as one does in a letter."))
    good = later(lambda: _example("Answer briefly, as one does in a letter."))

    def applies(self, row: Row, target: Target) -> bool:
        """To rows with a system or a developer message."""
        return any(message.role in ROLES for message in row.messages)

    def add(self, seen: Variants[Spot] | None, row: Row, target: Target) -> Variants[Spot] | None:
        """Look at one more prompt, which nearly always is known."""
        messages = row.value["messages"] if row.format != "preference" else row.value["input"]["messages"]
        index = 0
        while messages[index]["role"] not in ROLES:
            index += 1
        content = messages[index]["content"]
        text = content if content.__class__ is str else Message(messages[index], ()).text
        if len(text) > LONGEST:
            text = _shortened(text)
        if seen is not None:
            spot = seen.of.get(text)
            if spot is not None:
                spot.rows += 1
                return seen
        if not text or text.isspace():
            return seen
        if seen is None:
            seen = Variants()
        if not seen.is_cut or seen.takes(text):
            at: Pointer = (*row.at, index, "content") if content.__class__ is str else (*row.at, index)
            seen.begin(text, Spot(1, row.place, at))
        return seen

    def extract(self, row: Row, target: Target) -> Variants[Spot] | None:
        """What to remember of one prompt."""
        return self.add(None, row, target)

    def conclude(self, seen: Variants[Spot], file: WholeFile, target: Target, report: Report) -> None:
        """Report how many prompts there are, and two that are nearly equal."""
        total = sum(spot.rows for spot in seen.of.values())
        if len(seen.of) < 2 or len(seen.of) * 2 > total:
            return
        if seen.is_cut:
            report(f"Rows have more than {MOST} different system prompts")
            return
        by_rows = sorted(seen.of.items(), key=lambda item: (-item[1].rows, item[1].place.row))
        most = by_rows[0][1].rows
        message = f"{len(by_rows)} system prompts; {most:,} of {total:,} rows ({most / total:.0%}) have the same"
        for (text, spot), (other, another) in _pairs(by_rows):
            if found := _difference(text[:LONGEST], other[:LONGEST]):
                row = f"row {another.place.row:,}"
                if found.start == LONGEST:
                    said, part = f"this one begins with the same {LONGEST:,} characters as that of {row}", None
                else:
                    this = _shown(text[:LONGEST], found.start, found.end)
                    that = _shown(other[:LONGEST], found.start, found.other_end)
                    said = f"this one is nearly that of {row}: {this} instead of {that}"
                    part = (found.start, max(found.end, found.start + 1)) if found.start < len(text) else None
                is_text = spot.at[-1] == "content"
                report(f"{message}, and {said}", at=spot.at, part=part if is_text else None, row=spot.place)
                return
        second = sorted(seen.of.values(), key=lambda spot: spot.place.row)[1]
        report(f"{message}; here is the second", at=second.at, row=second.place)


Item = tuple[str, Spot]


def _pairs(by_rows: list[Item]) -> Iterator[tuple[Item, Item]]:
    """The rarest prompts with the most frequent ones."""
    for place in range(len(by_rows) - 1, max(0, len(by_rows) - 1 - RARE), -1):
        for frequent in by_rows[: min(place, FREQUENT)]:
            yield by_rows[place], frequent


def _shortened(text: str) -> str:
    from zlib import crc32

    return f"{text[:LONGEST]}{crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def _difference(text: str, other: str) -> Difference | None:
    """Where two prompts differ first, if they are nearly equal."""
    start = _common(text, other)
    end = min(_common(text[::-1], other[::-1]), min(len(text), len(other)) - start)
    longest = max(len(text), len(other))
    first = Difference(start, len(text) - end, len(other) - end)
    if start == longest or start + end >= NEAR * longest:
        return first
    from difflib import SequenceMatcher

    units, others = _units(text[start : first.end]), _units(other[start : first.other_end])
    matcher = SequenceMatcher(None, units, others, autojunk=False)
    if start + end + matcher.quick_ratio() * (longest - start - end) < NEAR * longest:
        return None
    same = sum(len("".join(units[block.a : block.a + block.size])) for block in matcher.get_matching_blocks())
    if start + end + same < NEAR * longest:
        return None
    return Difference(start, min(first.end, start + SHOWN), min(first.other_end, start + SHOWN))


def _units(text: str) -> list[str]:
    """Characters of a short text, words with the space before them of a longer one: comparing takes quadratic time."""
    import re

    return list(text) if len(text) <= SHORT else re.findall(r"\s*\S+|\s+$", text)


def _common(text: str, other: str) -> int:
    pairs = zip(text, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(text), len(other)))


def _shown(text: str, start: int, end: int) -> str:
    begin = max(0, start - BEFORE)
    stop = max(end + BEFORE, begin + SHOWN)
    return shorten(f"{'…' if begin else ''}{text[begin:stop]}{'…' if stop < len(text) else ''}", SHOWN + 2)

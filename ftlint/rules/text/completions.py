"""
What the rules about prompts and completions remember of a file: one memory, read once a row, shared by all of them.

The figures are those of the provider's retired preparation tool, made so that parts of a file can be put together:
what all texts begin and end with, and how far the end of a text also occurs inside of it. How long the common ending
is shows only at the end of the file, so each text is counted under the length of its own longest ending that occurs
inside; the counts of all lengths from the common one on then add up to the exact number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from string import punctuation, whitespace
from typing import Any, ClassVar

from ftlint.core.types import Place
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Target

FEW = 10
"""With fewer rows, what all of them share is chance."""
MAX_PREFIX, MAX_SUFFIX = 512, 64
DEPTH = 16
"""Longer endings are not looked for inside the texts."""
MAX_TAIL, MAX_TAILS = 12, 64
MAX_LABEL, MAX_LABELS = 64, 1000
MARKS = punctuation + whitespace
SEPARATORS = ("\n\n### =>\n\n", "\n\n--->\n\n", "\n\n===>\n\n", "\n\n###\n\n", "\n\n===\n\n", "\n\n---\n\n", " ->")
ENDINGS = ("<|endoftext|>", " [END]", "[END]", " END", "</s>", "###", "***", "+++", "&&&", "$$$", "@@@", "%%%", "\n")
"""The separators and endings that the retired tool offered, and a few more in use; the longer first."""


@dataclass(slots=True)
class Spot:
    """In how many rows something is, and the first of them."""

    rows: int
    place: Place


@dataclass(slots=True)
class Column:
    """All prompts that are not empty, or all such completions."""

    known: tuple[str, ...]
    rows: int = 0
    longest: int = 0
    prefix: str = ""
    """What all begin with, as far as `MAX_PREFIX`."""
    suffix: str = ""
    """What all end with, as far as `MAX_SUFFIX`."""
    first: Place | None = None
    last_of_first: str = ""
    other: Place | None = None
    """The first text whose last character is not that of the first text."""
    inside: dict[int, Spot] = field(default_factory=dict)
    """Texts by the length of their longest ending that also occurs before, no longer than the common one."""
    tails: dict[str, Spot] | None = field(default_factory=dict)
    """Texts by the marks or the known ending at their end; None when there are too many kinds."""
    capitals: Spot | None = None
    """Texts of several words without a small letter."""

    def add(self, text: str, row: Row) -> None:
        """Look at one more text, which is not empty."""
        if not self.rows:
            self.prefix, self.suffix = text[:MAX_PREFIX], text[-MAX_SUFFIX:]
            self.first, self.last_of_first = row.place, text[-1]
        self.rows += 1
        size = len(text)
        if size > self.longest:
            self.longest = size
        if not text.startswith(self.prefix):
            self.prefix = _common_prefix(self.prefix, text)
        if not text.endswith(self.suffix):
            self._shorten(_common_suffix(self.suffix, text[-MAX_SUFFIX:]))
        if self.other is None and text[-1] != self.last_of_first:
            self.other = row.place
        if self.suffix:
            depth, limit = 0, min(len(self.suffix), DEPTH)
            while depth < limit and text.find(text[size - depth - 1 :], 0, size - depth - 1) >= 0:
                depth += 1
            if depth:
                _count(self.inside, depth, row)
        if self.tails is not None:
            self._add_tail(text, row)
        if text[:64].isupper() and size >= 20 and " " in text and text.isupper():
            if self.capitals is None:
                self.capitals = Spot(0, row.place)
            self.capitals.rows += 1

    def merge(self, later: Column) -> None:
        """Append the texts of the part of the file that follows."""
        if not later.rows:
            return
        if not self.rows:
            self.prefix, self.suffix = later.prefix, later.suffix
            self.first, self.last_of_first, self.other = later.first, later.last_of_first, later.other
        self.rows += later.rows
        self.longest = max(self.longest, later.longest)
        self.prefix = _common_prefix(self.prefix, later.prefix)
        suffix = _common_suffix(self.suffix, later.suffix)
        later._shorten(suffix)
        self._shorten(suffix)
        if self.other is None:
            self.other = later.other if later.last_of_first == self.last_of_first else later.first
        _merge(self.inside, later.inside)
        if self.tails is not None and later.tails is not None:
            _merge(self.tails, later.tails)
        if later.tails is None or (self.tails is not None and len(self.tails) > MAX_TAILS):
            self.tails = None
        if self.capitals is None:
            self.capitals = later.capitals
        elif later.capitals is not None:
            self.capitals.rows += later.capitals.rows

    @property
    def is_constant(self) -> bool:
        """Whether all are the same text; not known of texts longer than `MAX_PREFIX`."""
        return self.longest == len(self.prefix)

    @property
    def ending(self) -> str:
        """What all end with: a known ending where it is one, without what else all happen to have before it."""
        return next((known for known in self.known if self.suffix.endswith(known)), self.suffix)

    def with_inside(self, ending: str) -> Spot | None:
        """The texts in which the common ending also occurs before the end."""
        return _summed([spot for depth, spot in self.inside.items() if depth >= len(ending)])

    def exceptions(self, is_ending: Callable[[str], bool]) -> tuple[str, Spot] | None:
        """The ending that three quarters or more of the texts have, if it is one, and those that lack it."""
        if not self.tails:
            return None
        tail, most = max(self.tails.items(), key=lambda item: item[1].rows)
        lacking = _summed([spot for other, spot in self.tails.items() if other != tail])
        return (tail, lacking) if lacking and most.rows * 4 >= self.rows * 3 and is_ending(tail) else None

    def _add_tail(self, text: str, row: Row) -> None:
        tails = self.tails
        assert tails is not None
        end = text[-MAX_TAIL:]
        tail = end[len(end.rstrip(MARKS)) :]
        if text.endswith(self.known):
            tail = next(known for known in self.known if text.endswith(known))
        _count(tails, tail, row)
        if len(tails) > MAX_TAILS:
            self.tails = None

    def _shorten(self, suffix: str) -> None:
        """Make do with a shorter common ending."""
        self.suffix = suffix
        for depth in [depth for depth in self.inside if depth > len(suffix)]:
            spot = self.inside.pop(depth)
            if suffix:
                same = self.inside.get(len(suffix))
                self.inside[len(suffix)] = spot if same is None else Spot(same.rows + spot.rows, _first(same, spot))


@dataclass(slots=True)
class Completions:
    """What is remembered of the rows of a prompt/completion file."""

    prompts: Column = field(default_factory=lambda: Column(SEPARATORS))
    completions: Column = field(default_factory=lambda: Column(ENDINGS))
    labels: dict[str, int] | None = field(default_factory=dict)
    """The different completions with their rows; None when they are too many or too long for classes."""
    starts: dict[str, Spot] = field(default_factory=dict)
    """Completions that begin with white space (`space`), or with a letter behind some (`bare`) or none (`glued`)."""

    def add(self, row: Row) -> None:
        """Look at one more row."""
        prompt: str = row.value["prompt"]
        completion: str = row.value["completion"]
        if prompt:
            self.prompts.add(prompt, row)
        if not completion:
            return
        self.completions.add(completion, row)
        start = completion[0]
        if start.isspace():
            _count(self.starts, "space", row)
        elif start.isalnum() and start < "\u0e00":  # from Thai on, scripts without spaces between words
            _count(self.starts, "glued" if prompt and not prompt[-1].isspace() else "bare", row)
        labels = self.labels
        if labels is not None:
            if len(completion) > MAX_LABEL:
                self.labels = None
            else:
                labels[completion] = labels.get(completion, 0) + 1
                if len(labels) > MAX_LABELS:
                    self.labels = None

    def merge(self, later: Completions) -> None:
        """Append the rows of the part of the file that follows."""
        self.prompts.merge(later.prompts)
        self.completions.merge(later.completions)
        _merge(self.starts, later.starts)
        if self.labels is not None and later.labels is not None:
            for label, rows in later.labels.items():
                self.labels[label] = self.labels.get(label, 0) + rows
        if later.labels is None or (self.labels is not None and len(self.labels) > MAX_LABELS):
            self.labels = None

    @property
    def is_open_ended(self) -> bool:
        """Whether no row has a prompt: the model learns to write freely."""
        return not self.prompts.rows

    @property
    def is_classification(self) -> bool:
        """Whether each completion comes at least three times on average, as labels do."""
        return self.labels is not None and 2 <= len(self.labels) < self.completions.rows / 3


class CompletionRule(DatasetRule):
    """A rule about all prompts and completions of a file."""

    formats: ClassVar[tuple[str, ...]] = ("completion",)
    memory: ClassVar[str | None] = "completions"

    def add(self, seen: Completions | None, row: Row, target: Target) -> Completions:
        """Look at one more row."""
        if seen is None:
            seen = Completions()
        seen.add(row)
        return seen

    def extract(self, row: Row, target: Target) -> Completions:
        """What to remember of one row."""
        return self.add(None, row, target)

    def combine(self, first: Completions, second: Completions) -> Completions:
        """What to remember of two neighbouring parts of a file."""
        first.merge(second)
        return first


def _common_prefix(one: str, other: str) -> str:
    pairs = zip(one, other, strict=False)
    return one[: next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))]


def _common_suffix(one: str, other: str) -> str:
    return _common_prefix(one[::-1], other[::-1])[::-1]


def _count(spots: dict[Any, Spot], key: Any, row: Row) -> None:
    spot = spots.get(key)
    if spot is None:
        spots[key] = Spot(1, row.place)
    else:
        spot.rows += 1


def _merge(spots: dict[Any, Spot], later: dict[Any, Spot]) -> None:
    for key, spot in later.items():
        before = spots.setdefault(key, spot)
        if before is not spot:
            before.rows += spot.rows


def _summed(spots: list[Spot]) -> Spot | None:
    if not spots:
        return None
    return Spot(sum(spot.rows for spot in spots), min((spot.place for spot in spots), key=lambda place: place.row))


def _first(one: Spot, other: Spot) -> Place:
    return min(one.place, other.place, key=lambda place: place.row)

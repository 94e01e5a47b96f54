"""FT606."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

import orjson

from ftlint.core.types import Part, Place, Severity
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Report, Target
from ftlint.rules.preference._said import said, sides

BUCKETS = 256


def _numbers() -> array[int]:
    return array("Q")


@dataclass(slots=True, eq=False)
class Pairs:
    """
    The pairs of some rows: a digest of the input and both outputs whichever way round, which way round they are, and
    the place. As numbers, 48 bytes a row where objects take 350: every row of a preference file is remembered.
    """

    digests: array[int] = field(default_factory=_numbers)
    """Two a pair."""
    places: array[int] = field(default_factory=_numbers)
    """Four a pair, counted from the start of its part."""
    parts: list[tuple[int, Part]] = field(default_factory=list)
    """With the number of the first pair in each."""

    def __len__(self) -> int:
        return len(self.digests) // 2

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pairs) and list(self._told()) == list(other._told())

    def add(self, digest: bytes, turned: bool, place: Place) -> None:
        """One more pair."""
        if not self.parts or self.parts[-1][1] is not place.part:
            self.parts.append((len(self), place.part))
        self.digests.frombytes(digest)
        flags = turned | place.is_counted << 1
        lines = place.row_in_part << 32 | place.line_in_part
        self.places.extend((lines, place.offset_in_part, place.length << 2 | flags, place.prefix))

    def extend(self, later: Pairs) -> None:
        """The pairs of the rows that follow."""
        before = len(self)
        self.parts.extend((first + before, part) for first, part in later.parts)
        self.digests.extend(later.digests)
        self.places.extend(later.places)

    def turned(self, index: int) -> bool:
        """Which way round a pair is."""
        return bool(self.places[4 * index + 2] & 1)

    def place(self, index: int) -> Place:
        """Where a pair stands."""
        lines, offset, length, prefix = self.places[4 * index : 4 * index + 4]
        part = self.parts[bisect_right(self.parts, index, key=lambda item: item[0]) - 1][1]
        return Place(lines >> 32, lines & 0xFFFFFFFF, offset, length >> 2, prefix, part, bool(length & 2))

    def both_ways(self) -> Iterator[tuple[int, int]]:
        """Of each pair that is there both ways round, the first each way, in the order of the second of these."""
        found = _numbers()
        buckets = [_numbers() for _ in range(BUCKETS)]
        for index, half in enumerate(self.digests[::2]):
            buckets[half % BUCKETS].append(index)
        for bucket in buckets:  # a share of all pairs at a time
            firsts: dict[tuple[int, int], int] = {}
            opposites: dict[tuple[int, int], int] = {}
            for index in bucket:
                digest = (self.digests[2 * index], self.digests[2 * index + 1])
                first = firsts.setdefault(digest, index)
                if self.turned(first) != self.turned(index):
                    opposites.setdefault(digest, index)
            found.extend(index << 32 | firsts[digest] for digest, index in opposites.items())
        yield from ((number & 0xFFFFFFFF, number >> 32) for number in sorted(found))

    def _told(self) -> Iterator[tuple[int, int, bool, Place]]:
        for index in range(len(self)):
            yield self.digests[2 * index], self.digests[2 * index + 1], self.turned(index), self.place(index)


class ConflictingPreference(DatasetRule):
    """
    Two rows prefer the opposite of the same two outputs.

    ## Why it matters
    What one row teaches the other takes back. Mostly two people judged the same pair, or a pair got into the file
    a second time with its sides exchanged.

    Inputs are the same when their JSON is, whatever the order of keys; outputs when they say the same, as in
    FT601. Reported once for each pair, at the later row.

    ## Fix
    None: only the author knows which of the two is right.
    """

    code = "FT606"
    name = "conflicting-preference"
    severity = Severity.WARNING
    formats = ("preference",)
    help = "keep the row that is right"

    bad = (
        b'{"input": {"messages": [{"role": "user", "content": "Hi"}]}, '
        b'"preferred_output": [{"role": "assistant", "content": "Hello"}], '
        b'"non_preferred_output": [{"role": "assistant", "content": "What?"}]}\n'
        b'{"input": {"messages": [{"role": "user", "content": "Hi"}]}, '
        b'"preferred_output": [{"role": "assistant", "content": "What?"}], '
        b'"non_preferred_output": [{"role": "assistant", "content": "Hello"}]}\n'
    )
    good = (
        b'{"input": {"messages": [{"role": "user", "content": "Hi"}]}, '
        b'"preferred_output": [{"role": "assistant", "content": "Hello"}], '
        b'"non_preferred_output": [{"role": "assistant", "content": "What?"}]}\n'
        b'{"input": {"messages": [{"role": "user", "content": "Bye"}]}, '
        b'"preferred_output": [{"role": "assistant", "content": "See you"}], '
        b'"non_preferred_output": [{"role": "assistant", "content": "Hello"}]}\n'
    )

    def extract(self, row: Row, target: Target) -> Pairs | None:
        """The pair of one row."""
        return self.add(None, row, target)

    def add(self, seen: Pairs | None, row: Row, target: Target) -> Pairs | None:
        """One more pair: its digest, whichever way round, and which way round it is."""
        preferred, other = sides(row)
        try:
            conversation = orjson.dumps(row.value["input"], option=orjson.OPT_SORT_KEYS)
            first, second = orjson.dumps(said(preferred)), orjson.dumps(said(other))
        except TypeError:  # what orjson cannot write: integers over 64 bits, nesting over 254
            return seen
        if first == second:
            return seen
        digest = blake2b(b"\n".join((conversation, min(first, second), max(first, second))), digest_size=16).digest()
        pairs = Pairs() if seen is None else seen
        pairs.add(digest, first > second, row.place)
        return pairs

    def combine(self, first: Pairs, second: Pairs) -> Pairs:
        """Those of both."""
        first.extend(second)
        return first

    def conclude(self, seen: Pairs, rows: int, target: Target, report: Report) -> None:
        """Report the pairs that are there both ways round, each at the later row."""
        for one, other in seen.both_ways():
            earlier, later = seen.place(one), seen.place(other)
            report(
                f"Row {later.row:,} prefers the opposite of row {earlier.row:,}, of the same two outputs",
                at=(),
                row=later,
            )

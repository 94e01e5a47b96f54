"""FT606."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

import orjson

from ftlint.core.places import Places
from ftlint.core.types import Severity
from ftlint.formats.clusters import Digests
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Report, Target, WholeFile
from ftlint.rules.preference._said import said, sides


@dataclass(slots=True)
class Pairs:
    """The pairs of some rows, in order: digests of the input and both outputs whichever way round, and which it is."""

    digests: Digests = field(default_factory=Digests)
    turned: bytearray = field(default_factory=bytearray)
    places: Places = field(default_factory=Places)

    def extend(self, later: Pairs) -> None:
        """The pairs of the rows that follow."""
        self.digests.extend(later.digests)
        self.turned += later.turned
        self.places.extend(later.places)

    def both_ways(self) -> Iterator[tuple[int, int]]:
        """Of each pair that is there both ways round, the first each way, in the order of the second of these."""
        told = bytearray(len(self.turned))
        for index, first in self.digests.repeated():
            if not told[first] and self.turned[first] != self.turned[index]:
                told[first] = True
                yield first, index


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
        pairs.digests.add(digest)
        pairs.turned.append(first > second)
        pairs.places.add(row.place)
        return pairs

    def combine(self, first: Pairs, second: Pairs) -> Pairs:
        """Those of both."""
        first.extend(second)
        return first

    def conclude(self, seen: Pairs, file: WholeFile, target: Target, report: Report) -> None:
        """Report the pairs that are there both ways round, each at the later row."""
        for one, other in seen.both_ways():
            earlier, later = seen.places.at(one), seen.places.reported(other)
            report(
                f"Row {later.row:,} prefers the opposite of row {earlier.row:,}, of the same two outputs",
                at=(),
                row=later,
            )

"""FT606."""

from __future__ import annotations

from hashlib import blake2b

import orjson

from ftlint.core.types import Place, Severity
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Report, Target
from ftlint.rules.preference._said import said, sides

Seen = dict[bytes, tuple[Place | None, Place | None]]
"""Of a digest of an input and two outputs, the first row that prefers the one, and the first that prefers the other."""


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

    def extract(self, row: Row, target: Target) -> Seen | None:
        """The digest of the pair, whichever way round, and the row at the way round that it has."""
        preferred, other = sides(row)
        try:
            conversation = orjson.dumps(row.value["input"], option=orjson.OPT_SORT_KEYS)
            first, second = orjson.dumps(said(preferred)), orjson.dumps(said(other))
        except TypeError:  # what orjson cannot write: integers over 64 bits, nesting over 254
            return None
        if first == second:
            return None
        digest = blake2b(b"\n".join((conversation, min(first, second), max(first, second))), digest_size=16).digest()
        return {digest: (row.place, None) if first < second else (None, row.place)}

    def combine(self, first: Seen, second: Seen) -> Seen:
        """Keep the first row of each way round."""
        for digest, (one, other) in second.items():
            known = first.get(digest, (None, None))
            first[digest] = (known[0] or one, known[1] or other)
        return first

    def conclude(self, seen: Seen, rows: int, target: Target, report: Report) -> None:
        """Report the pairs that are there both ways round, each at the later row."""
        for one, other in seen.values():
            if one is not None and other is not None:
                earlier, later = sorted((one, other), key=lambda place: place.row)
                report(
                    f"Row {later.row:,} prefers the opposite of row {earlier.row:,}, of the same two outputs",
                    at=(),
                    row=later,
                )

"""FT702."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ftlint.core.places import Places
from ftlint.core.types import Severity
from ftlint.formats.clusters import Digests
from ftlint.formats.identity import digest
from ftlint.formats.near import text_of
from ftlint.formats.signatures import Near, Signatures
from ftlint.formats.views import Row
from ftlint.rules.base import Report, Target, WholeFile, later
from ftlint.rules.dataset.every_row import EveryRowRule


@dataclass(slots=True, eq=False)
class Texts:
    """
    What is remembered of the rows of a file, in order: 16 bytes of a digest, 108 of a signature, and the place, 25.

    Past so many rows as are to be held in memory, all but 9 bytes of each are on disk.
    """

    contents: Digests = field(default_factory=Digests)
    signatures: Signatures = field(default_factory=Signatures)
    places: Places = field(default_factory=Places)
    in_memory: int = 0

    def add(self, row: Row) -> None:
        """One more row."""
        self.contents.add(digest(row.whole))
        self.signatures.add(text_of(row.whole))
        self.places.add(row.place)
        self.in_memory += 1

    def extend(self, later: Texts) -> None:
        """The rows that follow."""
        self.contents.extend(later.contents)
        self.signatures.extend(later.signatures)
        self.places.extend(later.places)
        self.in_memory += later.in_memory

    def spill(self) -> None:
        """Put on disk what is in memory, but for 9 bytes a row."""
        self.contents.spill()
        self.signatures.spill()
        self.places.spill()
        self.in_memory = 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Texts):
            return NotImplemented
        mine = (self.contents, self.signatures, self.places)
        return mine == (other.contents, other.signatures, other.places)

    __hash__ = None  # type: ignore[assignment]  # they grow


def _example(*endings: str) -> bytes:
    return b"".join(
        b'{"messages": [{"role": "user", "content": "%s do you open?"}, {"role": "assistant", "content": '
        b'"We open at nine in the morning on every day of the week but on Sunday, when all of us stay at home, and '
        b'close at six in the evening%s."}]}\n' % (asked, ending.encode())
        for asked, ending in zip((b"When", b"On which days"), endings, strict=True)
    )


class NearDuplicate(EveryRowRule):
    """
    A row says nearly the same as an earlier one.

    ## Why it matters
    Rows that were copied and changed by a word, or made by one template, teach hardly more than one of them does, are
    paid for each, and weigh more than the others. Between training and validation they leak.

    Texts are compared without system messages, definitions of tools, keys and roles, in small letters, as sets of three
    words in a row (in scripts without spaces, three characters). Two are nearly the same when they share four fifths of
    all that either has: the Jaccard index, which the message names, is 0.8 or more. Candidates come from MinHash, and
    each is compared exactly, so that what is reported is so; of two rows that are just as similar as that, one pair in
    20,000 is not found.

    A row is reported with the first row that it is near to and that is not reported itself, and how many others are
    near to that one: these are a cluster. The rows are those that `ftlint dedupe --near` takes out, but for the ones
    that FT701 reports, whether it runs or not: a row that says the same as an earlier one, word for word and key for
    key, is never reported here.

    Off by default, since it takes several times as long as all other rules together: `--extend-select FT702`.

    ## Fix
    None: which of them is the better is for the author to say. `ftlint dedupe --near` keeps the first of each.
    """

    code = "FT702"
    name = "near-duplicate"
    severity = Severity.INFO
    default = False
    help = "`ftlint dedupe --near` keeps the first; rows that are alike on purpose are fine"

    options: ClassVar[dict[str, Any]] = {"extend_select": ("FT702",)}
    bad = later(lambda: _example("", " sharp"))
    good = later(
        lambda: _example("", ", though there is mostly someone in the shop until half past seven in the evening")
    )

    remembers = Texts

    def conclude(self, seen: Texts, file: WholeFile, target: Target, report: Report) -> None:
        """Report each row that is nearly the same as an earlier one that is not reported."""
        nearest = Near(seen.signatures, lambda row: text_of(file.read(seen.places.at(row)))).nearest(seen.contents)
        for copy, _ in seen.contents.repeated():
            nearest.shares[copy] = 0  # FT701 has it
        rows = [row for row, share in enumerate(nearest.shares) if share]
        near_to = Counter(nearest.firsts[row] for row in rows)
        for row in rows:
            first, share = nearest.firsts[row], nearest.shares[row]
            message = f"Row says nearly the same as row {seen.places.at(first).row:,} (Jaccard {share:.2f})"
            if others := near_to[first] - 1:
                message += ", as 1 other row does" if others == 1 else f", as {others:,} other rows do"
            report(message, at=(), row=seen.places.reported(row))

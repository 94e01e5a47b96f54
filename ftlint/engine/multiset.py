"""How often each digest comes, in 16 bytes for each time: what two versions of a file have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ftlint.formats.identity import DIGEST_BYTES

BUCKETS = 256


class Difference(NamedTuple):
    """What is in the later of two sets and not in the earlier, and the other way round."""

    added: int
    removed: int


class Multiset:
    """Digests by their first byte, so that those of one byte at a time are objects."""

    __slots__ = ("_buckets",)

    def __init__(self) -> None:
        self._buckets = [bytearray() for _ in range(BUCKETS)]

    def __len__(self) -> int:
        return sum(map(len, self._buckets)) // DIGEST_BYTES

    def add(self, digest: bytes) -> None:
        """Once more."""
        self._buckets[digest[0]] += digest

    def repeats(self) -> int:
        """How many digests were there before."""
        return len(self) - sum(len(counts) for counts in self._counts())

    def since(self, before: Multiset) -> Difference:
        """What has changed."""
        added = removed = 0
        for now, then in zip(self._counts(), before._counts(), strict=True):
            added += (now - then).total()
            removed += (then - now).total()
        return Difference(added, removed)

    def _counts(self) -> Iterator[Counter[bytes]]:
        for bucket in self._buckets:
            yield Counter(bytes(bucket[at : at + DIGEST_BYTES]) for at in range(0, len(bucket), DIGEST_BYTES))

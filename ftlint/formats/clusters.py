"""Which rows belong together: by digest, 16 bytes a row, or because they are nearly the same."""

from __future__ import annotations

from array import array

from ftlint.formats.identity import DIGEST_BYTES

BUCKETS = 256


def numbers(count: int = 0) -> array[int]:
    """So many whole numbers of 8 bytes, 0 each."""
    return array("Q", bytes(8 * count))


class Digests:
    """A digest a row, as bytes one after another: a set of objects would take ten times as much."""

    __slots__ = ("_bytes",)

    def __init__(self) -> None:
        self._bytes = bytearray()

    def __len__(self) -> int:
        return len(self._bytes) // DIGEST_BYTES

    def __getitem__(self, row: int) -> bytes:
        return bytes(self._bytes[row * DIGEST_BYTES : (row + 1) * DIGEST_BYTES])

    def add(self, digest: bytes) -> None:
        """That of the next row."""
        self._bytes += digest

    def firsts(self) -> array[int]:
        """Of each row the first row that has the same digest, which is the row itself where it is the first."""
        found = numbers(len(self))
        buckets = [numbers() for _ in range(BUCKETS)]
        for row, byte in enumerate(self._bytes[::DIGEST_BYTES]):
            buckets[byte].append(row)
        for bucket in buckets:  # a share of all rows at a time
            firsts: dict[bytes, int] = {}
            for row in bucket:
                found[row] = firsts.setdefault(self[row], row)
        return found


class Components:
    """Rows that are joined one to another."""

    __slots__ = ("_parents",)

    def __init__(self, firsts: array[int]) -> None:
        self._parents = array("Q", firsts)

    def of(self, row: int) -> int:
        """The first row of those that a row is joined with."""
        parents = self._parents
        while (parent := parents[row]) != row:
            parents[row] = row = parents[parent]
        return row

    def join(self, one: int, other: int) -> None:
        """Put two rows, and all that are joined with them, together."""
        low, high = sorted((self.of(one), self.of(other)))
        self._parents[high] = low

    def firsts(self) -> array[int]:
        """Of each row the first that it is joined with."""
        return array("Q", (self.of(row) for row in range(len(self._parents))))

"""Which rows belong together: by digest, 16 bytes a row in memory or none, or because they are nearly the same."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING

from ftlint.formats.identity import DIGEST_BYTES

if TYPE_CHECKING:
    from typing import BinaryIO

PARTITIONS = 64
"""A power of two; so large a share of all digests is looked at at a time."""
FEW = 1 << 18
"""So many are looked at together."""
NUMBER_BYTES = 8
NOT_FOUND = (1 << 64) - 1

Numbered = Iterable[tuple[bytes, int]]
"""Digests with their rows, in the order of these."""


def numbers(count: int = 0, value: int = 0) -> array[int]:
    """So many whole numbers of 8 bytes, all alike."""
    return array("Q", [value]) * count


def in_shares(held: bytearray, size: int, at_once: bool) -> Iterator[Numbered]:
    """Digests of so many bytes, which stand one after another, with their rows: all at once, or share by share."""
    if at_once:
        digests = bytes(held)
        yield zip([digests[start : start + size] for start in range(0, len(digests), size)], count(), strict=False)
        return
    shares = [numbers() for _ in range(PARTITIONS)]
    for row, byte in enumerate(held[::size]):
        shares[byte % PARTITIONS].append(row)
    yield from (((bytes(held[row * size : (row + 1) * size]), row) for row in share) for share in shares)


class Digests:
    """
    A digest a row, as bytes one after another: a set of objects would take ten times as much.

    Those that are spilled stand in a temporary file, with their rows, a share of all possible digests together. What
    is asked of them all is asked of one share after another.
    """

    __slots__ = ("_bytes", "_extents", "_file", "_spilled")

    def __init__(self) -> None:
        self._bytes = bytearray()
        """Of the rows that are not on disk."""
        self._spilled = 0
        """How many are."""
        self._file: BinaryIO | None = None
        self._extents: list[tuple[int, list[int]]] = []
        """Where in the file they stand: the offset of all that was put there at once, and the length of each share."""

    def __len__(self) -> int:
        return self._spilled + len(self._bytes) // DIGEST_BYTES

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Digests) and [*self._in_order()] == [*other._in_order()]

    __hash__ = None  # type: ignore[assignment]  # they grow

    def __getitem__(self, row: int) -> bytes:
        """That of a row that is not on disk."""
        start = (row - self._spilled) * DIGEST_BYTES
        return bytes(self._bytes[start : start + DIGEST_BYTES])

    def add(self, digest: bytes) -> None:
        """That of the next row."""
        self._bytes += digest

    def extend(self, later: Digests) -> None:
        """Those of the rows that follow, none of them on disk."""
        self._bytes += later._bytes

    def spill(self) -> None:
        """Put them on disk."""
        if self._file is None:
            from tempfile import TemporaryFile

            self._file = TemporaryFile()  # noqa: SIM115  # as long as they
        shares = [bytearray() for _ in range(PARTITIONS)]
        for row, start in enumerate(range(0, len(self._bytes), DIGEST_BYTES), self._spilled):
            share = shares[self._bytes[start] % PARTITIONS]
            share += self._bytes[start : start + DIGEST_BYTES]
            share += row.to_bytes(NUMBER_BYTES, "little")
        self._extents.append((self._file.seek(0, 2), [len(share) for share in shares]))
        self._file.writelines(shares)
        self._spilled = len(self)
        self._bytes.clear()

    def firsts(self) -> array[int]:
        """Of each row the first row that has the same digest, which is the row itself where it is the first."""
        found = numbers(len(self))
        for share in self.shares(self.are_few):
            firsts: dict[bytes, int] = {}
            for digest, row in share:
                found[row] = firsts.setdefault(digest, row)
        return found

    def repeated(self) -> Iterator[tuple[int, int]]:
        """The rows whose digest an earlier row has, in order, each with the first of these."""
        return ((row, first) for row, first in enumerate(self.firsts()) if row != first)

    def firsts_in(self, other: Digests) -> array[int]:
        """Of each row the first row of others that has the same digest, or `NOT_FOUND`."""
        found = numbers(len(self), NOT_FOUND)
        at_once = self.are_few and other.are_few
        for mine, theirs in zip(self.shares(at_once), other.shares(at_once), strict=True):
            firsts: dict[bytes, int] = {}
            for digest, row in theirs:
                firsts.setdefault(digest, row)
            for digest, row in mine:
                found[row] = firsts.get(digest, NOT_FOUND)
        return found

    @property
    def are_few(self) -> bool:
        """Whether all of them can be looked at together."""
        return self._file is None and len(self) <= FEW

    def shares(self, at_once: bool) -> Iterator[Numbered]:
        """All of them, or those of one share of all possible ones after another, where they are not few."""
        if self._file is None:
            return in_shares(self._bytes, DIGEST_BYTES, at_once)
        self.spill()
        return map(self._on_disk, range(PARTITIONS))

    def _on_disk(self, share: int) -> Numbered:
        assert self._file is not None
        for offset, lengths in self._extents:
            self._file.seek(offset + sum(lengths[:share]))
            data = self._file.read(lengths[share])
            for start in range(0, len(data), DIGEST_BYTES + NUMBER_BYTES):
                end = start + DIGEST_BYTES
                yield data[start:end], int.from_bytes(data[end : end + NUMBER_BYTES], "little")

    def _in_order(self) -> Numbered:
        return sorted(chain.from_iterable(self.shares(at_once=False)), key=lambda item: item[1])


def repeats(files: Sequence[Digests]) -> int:
    """How many rows of all files together have the digest of an earlier one."""
    at_once = sum(map(len, files)) <= FEW and all(one.are_few for one in files)
    different = 0
    for together in zip(*(one.shares(at_once) for one in files), strict=True):
        different += len({digest for share in together for digest, _ in share})
    return sum(map(len, files)) - different


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

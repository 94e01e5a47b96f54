"""Which of many texts are nearly the same: candidates by what is kept of each, pairs by reading both again."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ftlint.formats.clusters import FEW, PARTITIONS, Components, Digests, in_shares, numbers
from ftlint.formats.identity import digest
from ftlint.formats.near import BAND_BYTES, BANDS, SIMILAR, bands, shingles, similarity

if TYPE_CHECKING:
    from typing import BinaryIO

TEXT_BYTES = 8
ROW_BYTES = BANDS * BAND_BYTES
NEIGHBOURS = 50
"""With so many others of a band a row is compared; more of them agree only where all rows follow a template."""
KEPT = 1 << 19
"""Shingles that are kept while their texts are compared with others: about 60 MB."""

APART = 1 << 18
"""Pairs that turned out not to be near, and are not compared again: about 40 MB."""


class Signatures:
    """
    What is kept of each text, in the order of rows: 8 bytes of its digest, and its bands, 100 bytes, which may be put
    on disk. However long texts are.
    """

    __slots__ = ("_bands", "_extents", "_file", "_texts")

    def __init__(self) -> None:
        self._texts = bytearray()
        self._bands = bytearray()
        """Of the rows that are not on disk, one row after another."""
        self._file: BinaryIO | None = None
        self._extents: list[int] = []
        """Of how many rows the bands were put there at once: one band after another."""

    def __len__(self) -> int:
        return len(self._texts) // TEXT_BYTES

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Signatures):
            return NotImplemented
        return self._texts == other._texts and all(self.band(one) == other.band(one) for one in range(BANDS))

    __hash__ = None  # type: ignore[assignment]  # they grow

    def add(self, text: str) -> None:
        """The text of the next row."""
        self._texts += digest(text)[:TEXT_BYTES]
        self._bands += bands(text)

    def extend(self, later: Signatures) -> None:
        """Those of the rows that follow, none of them on disk."""
        self._texts += later._texts
        self._bands += later._bands

    def spill(self) -> None:
        """Put the bands on disk."""
        if self._file is None:
            from tempfile import TemporaryFile

            self._file = TemporaryFile()  # noqa: SIM115  # as long as they
        self._file.seek(0, 2)
        self._file.writelines(map(self._held, range(BANDS)))
        self._extents.append(len(self._bands) // ROW_BYTES)
        self._bands.clear()

    def text(self, row: int) -> bytes:
        """The digest of a row's text."""
        return bytes(self._texts[row * TEXT_BYTES : (row + 1) * TEXT_BYTES])

    def band(self, band: int) -> bytearray:
        """What all rows have in one band, 4 bytes each."""
        found, start = bytearray(), 0
        for rows in self._extents:
            assert self._file is not None
            self._file.seek(start + rows * BAND_BYTES * band)
            found += self._file.read(rows * BAND_BYTES)
            start += rows * ROW_BYTES
        return found + self._held(band)

    def marks(self, row: int) -> Iterator[tuple[int, int]]:
        """What a row has in each band, with the number of the band."""
        start = 0
        for rows in self._extents:
            if row < rows:
                assert self._file is not None
                found = bytearray()
                for place in range(start + row * BAND_BYTES, start + rows * ROW_BYTES, rows * BAND_BYTES):
                    self._file.seek(place)
                    found += self._file.read(BAND_BYTES)
                return enumerate(memoryview(found).cast("I"))
            start += rows * ROW_BYTES
            row -= rows
        return enumerate(array("I", self._bands[row * ROW_BYTES : (row + 1) * ROW_BYTES]))

    def firsts(self) -> array[int]:
        """Of each row the first that has the same text."""
        found = numbers(len(self))
        for share in in_shares(self._texts, TEXT_BYTES, at_once=len(self) <= FEW):
            firsts: dict[bytes, int] = {}
            for text, row in share:
                found[row] = firsts.setdefault(text, row)
        return found

    def buckets(self, firsts: array[int]) -> Iterator[list[int]]:
        """Rows that agree in a band, at least two, of each text the first; in an order that is not the file's."""
        for band in range(BANDS):
            marks = array("I", bytes(self.band(band)))
            for rows in _shares(marks):
                often = {mark for mark, count in Counter(map(marks.__getitem__, rows)).items() if count > 1}
                found: dict[int, list[int]] = {}
                for row in [row for row in rows if marks[row] in often]:
                    if firsts[row] == row:
                        found.setdefault(marks[row], []).append(row)
                for bucket in found.values():
                    yield sorted(bucket, key=self.text)

    def _held(self, band: int) -> bytes:
        """The band of the rows that are not on disk."""
        return bytes(memoryview(self._bands).cast("I")[band::BANDS])


def _shares(marks: array[int]) -> Iterable[Sequence[int]]:
    """Rows by what they have in a band: all of them, or of many a share of all that may be had at a time."""
    if len(marks) <= FEW:
        return (range(len(marks)),)
    shares = [numbers() for _ in range(PARTITIONS)]
    for row, mark in enumerate(marks):
        shares[mark % PARTITIONS].append(row)
    return shares


class Stays:
    """
    The rows of a cluster that stay. Of more than 50, a row is compared with those that agree with it in a band: in a
    long chain of texts, each near to the next, half of them stay.
    """

    __slots__ = ("_by_mark", "_rows", "_signatures")

    def __init__(self, signatures: Signatures, first: int) -> None:
        self._signatures = signatures
        self._rows = [first]
        self._by_mark: dict[tuple[int, int], list[int]] | None = None

    def add(self, row: int) -> None:
        """One more."""
        self._rows.append(row)
        if self._by_mark is not None:
            self._index(row, self._by_mark)
        elif len(self._rows) > NEIGHBOURS:
            self._by_mark = {}
            for one in self._rows:
                self._index(one, self._by_mark)

    def like(self, row: int) -> list[int]:
        """Those that another row is compared with, in order."""
        if self._by_mark is None:
            return self._rows
        return sorted({one for mark in self._signatures.marks(row) for one in self._by_mark.get(mark, ())})

    def _index(self, row: int, by_mark: dict[tuple[int, int], list[int]]) -> None:
        for mark in self._signatures.marks(row):
            by_mark.setdefault(mark, []).append(row)


class Nearest(NamedTuple):
    """Of each row the one that stays for it, which is the row itself where it stays, and how similar they are."""

    firsts: array[int]
    shares: array[float]
    """The Jaccard index; 0 where a row stays, or goes since it is the same as the one that stays."""


class Near:
    """Compares texts, each of which is read again when it is to be compared."""

    def __init__(self, signatures: Signatures, text_of: Callable[[int], str]) -> None:
        self._signatures = signatures
        self._text_of = text_of
        self._known: dict[int, set[str]] = {}
        """The shingles of texts, those that were asked for last at the end."""
        self._kept = 0

    def components(self) -> Components:
        """The rows, joined where they are nearly the same; whatever their order in the file."""
        firsts = self._signatures.firsts()
        found = Components(firsts)
        apart: set[tuple[int, int]] = set()  # these may well agree in other bands, too
        for bucket in self._signatures.buckets(firsts):
            if len({*map(found.of, bucket)}) == 1:
                continue
            for index, row in enumerate(bucket):
                for other in bucket[max(0, index - NEIGHBOURS) : index]:
                    if (other, row) in apart or found.of(row) == found.of(other):
                        continue
                    if self.similarity(row, other) >= SIMILAR:
                        found.join(row, other)
                    elif len(apart) < APART:
                        apart.add((other, row))
        return found

    def nearest(self, contents: Digests) -> Nearest:
        """The rows that come once: not the same as an earlier one by `contents`, nor nearly the same as one of them."""
        firsts = contents.firsts()
        shares = array("f", bytes(4 * len(firsts)))
        for row, earlier, share in self._leaders(firsts):
            firsts[row], shares[row] = earlier, share
        for row, first in enumerate(firsts):
            if first != row and shares[first]:  # the same as a row that goes
                firsts[row], shares[row] = firsts[first], shares[first]
        return Nearest(firsts, shares)

    def similarity(self, one: int, other: int) -> float:
        """The Jaccard index of two rows."""
        return similarity(self._shingles(one), self._shingles(other))

    def _leaders(self, contents: array[int]) -> Iterator[tuple[int, int, float]]:
        """Of each row that is nearly the same as an earlier one that stays: the row, the earlier one, how similar."""
        clusters: dict[int, Stays] = {}
        for row, first in enumerate(self.components().firsts()):
            if row == first or contents[row] < row:
                continue
            cluster = clusters.setdefault(first, Stays(self._signatures, first))
            for earlier in cluster.like(row):
                if (share := self.similarity(row, earlier)) >= SIMILAR:
                    yield row, earlier, share
                    break
            else:
                cluster.add(row)

    def _shingles(self, row: int) -> set[str]:
        found = self._known.pop(row, None)
        if found is None:
            found = shingles(self._text_of(row))
            self._kept += len(found)
            while self._kept > KEPT and self._known:
                self._kept -= len(self._known.pop(next(iter(self._known))))
        self._known[row] = found
        return found

"""
Near-duplicates: rows whose texts share four fifths of their shingles, three words in a row each.

Candidates come from MinHash: of all shingles the least hash in each of 125 bins (one permutation, an empty bin borrows
from the next), five bins a band; rows that agree in one of the 25 bands are compared shingle by shingle. Of two texts
that are as similar as that, one pair in 20,000 agrees in no band. rensa, in Rust, was weighed: it hashes each shingle
125 times where this does so once, and comparing has to be done all the same.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import groupby
from typing import Any
from zlib import crc32

from ftlint.formats.clusters import Components, Digests
from ftlint.formats.identity import digest

SIMILAR = 0.8
"""The Jaccard index from which on two texts are nearly the same: shared shingles by all shingles."""
SHINGLE_WORDS = 3
BANDS, BAND_BINS = 25, 5
BINS = BANDS * BAND_BINS
EMPTY = 1 << 63
SPREAD = 0x9E3779B97F4A7C15
"""2^64 by the golden ratio, as in Knuth's multiplicative hashing: CRC-32 alone says too much of the text."""
NEIGHBOURS = 50
"""With so many others of a band a row is compared; more of them agree only where all rows follow a template."""
COMPARED = 4096
"""Texts whose shingles are kept while others are compared with them."""

# In scripts that put no space between words, a character is a word: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")
SYSTEM_ROLES = ("system", "developer")
NO_TEXT = ("role", "type", "id", "tool_call_id")


class Near:
    """The signatures of texts, 116 bytes each; the texts are read again when two have to be compared."""

    def __init__(self, text_of: Callable[[int], str]) -> None:
        self.digests = Digests()
        self.bands = array("I")
        self.shingles = lru_cache(COMPARED)(lambda row: shingles(text_of(row)))

    def add(self, text: str) -> None:
        """The text of the next row."""
        self.digests.add(digest(text))
        self.bands.extend(_bands(shingles(text)))

    def components(self) -> Components:
        """The rows, joined where they are nearly the same; whatever their order in the file."""
        firsts = self.digests.firsts()
        found = Components(firsts)
        different = [row for row, first in enumerate(firsts) if row == first]
        different.sort(key=self.digests.__getitem__)
        for band in range(BANDS):
            mark = partial(self._band, band)
            for _, bucket in groupby(sorted(different, key=mark), mark):  # in each the order of digests stays
                self._join([*bucket], found)
        return found

    def leaders(self, components: Components) -> Iterator[tuple[int, int, float]]:
        """Of each row that is nearly the same as an earlier one that stays: the row, the earlier one, how similar."""
        joined: dict[int, list[int]] = {}
        for row, first in enumerate(components.firsts()):
            if row == first:
                continue
            stay = joined.setdefault(first, [first])
            for earlier in stay:
                if (share := self.similarity(row, earlier)) >= SIMILAR:
                    yield row, earlier, share
                    break
            else:
                stay.append(row)

    def similarity(self, one: int, other: int) -> float:
        """The Jaccard index of two rows."""
        first, second = self.shingles(one), self.shingles(other)
        shared = len(first & second)
        return shared / (len(first) + len(second) - shared)

    def _band(self, band: int, row: int) -> int:
        return self.bands[row * BANDS + band]

    def _join(self, bucket: list[int], found: Components) -> None:
        for index, row in enumerate(bucket):
            for other in bucket[max(0, index - NEIGHBOURS) : index]:
                if found.of(row) != found.of(other) and self.similarity(row, other) >= SIMILAR:
                    found.join(row, other)


def shingles(text: str) -> set[str]:
    """All runs of three words of a text, in small letters; of a shorter text, its words; never nothing."""
    words = WORD.findall(text.casefold())
    if len(words) <= SHINGLE_WORDS:
        return {" ".join(words) or text}
    return {" ".join(words[index : index + SHINGLE_WORDS]) for index in range(len(words) - SHINGLE_WORDS + 1)}


def text_of(value: Any) -> str:
    """
    The texts and numbers in a JSON value, without keys, roles and ids.

    System messages are left out: they are the same in most rows, and would make all of them alike.
    """
    return "\n".join(_texts(value))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        if value.get("role") in SYSTEM_ROLES:
            return
        for key in sorted(value):
            if key not in NO_TEXT:
                yield from _texts(value[key])
    elif value is not None:
        yield str(value)


def _bands(shingles: set[str]) -> Iterator[int]:
    bins = [EMPTY] * BINS
    for shingle in shingles:
        spread = crc32(shingle.encode("utf-8", "surrogatepass")) * SPREAD >> 20 & 0xFFFFFFFFFF
        bin = spread % BINS
        if spread < bins[bin]:
            bins[bin] = spread
    last = next(least for least in bins if least != EMPTY)  # the bins stand in a circle
    for bin in range(BINS - 1, -1, -1):
        if bins[bin] == EMPTY:
            bins[bin] = last
        last = bins[bin]
    signature = array("Q", bins).tobytes()
    width = len(signature) // BANDS
    return (crc32(signature[start : start + width]) for start in range(0, len(signature), width))

"""
Near-duplicates: rows whose texts share four fifths of their shingles, three words in a row each.

Candidates come from MinHash: of all shingles the least hash in each of 125 bins (one permutation, an empty bin borrows
from another), five bins a band; rows that agree in one of the 25 bands are compared shingle by shingle. Of two texts
that are as similar as that, one pair in 20,000 agrees in no band.

rensa, in Rust, was measured beside it (`python -m benchmarks.near`, 2026-11-25): of 100,000 texts of 830 characters it
finds the same in 0.7 times the time, as to find words and to compare takes most of it either way. So there is no extra
to install. datasketch takes 3.2 times as long.
"""

from __future__ import annotations

import re
from array import array
from itertools import repeat
from typing import Any
from zlib import crc32

SIMILAR = 0.8
"""The Jaccard index from which on two texts are nearly the same: shared shingles by all shingles."""
SHINGLE_WORDS = 3
BANDS, BAND_BINS = 25, 5
BINS = BANDS * BAND_BINS
BAND_BYTES = 4
EMPTY = 1 << 32
STEPS = sorted(range(1, BINS), key=lambda step: crc32(b"%d" % step))
"""
From an empty bin to those that it may borrow from, the first that is not empty: in an order without order, so that
neighbours do not borrow from the same. If they did, as from the next in a circle, short texts that share a single
shingle would agree in a band.
"""
FACTORS = (0x1E3779B97F4A7C15, 0x22B2AE3D27D4EB4F, 0x165667B19E3779F9)
"""
Odd and of 62 bits: a shingle's hash are bits 32 to 63 of the sum of its words' CRC-32, each times its factor. The CRC
alone says too much of a word, and the sum stays below 96 bits.
"""
LANE = 3
"""Units of 32 bits for each sum."""

# In scripts that put no space between words, a character is a word: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")
SYSTEM_ROLES = ("system", "developer")
NO_TEXT = ("role", "type", "id", "tool_call_id")
DEFINITIONS = ("tools", "functions")
"""Beside messages."""


def shingles(text: str) -> set[str]:
    """All runs of three words of a text, in small letters; of a shorter text, its words; never nothing."""
    words = WORD.findall(text.casefold())
    if len(words) <= SHINGLE_WORDS:
        return {" ".join(words) or text}
    return {*map(" ".join, zip(words, words[1:], words[2:], strict=False))}


def similarity(one: set[str], other: set[str]) -> float:
    """The Jaccard index of the shingles of two texts."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def bands(text: str) -> bytes:
    """What a text is known by in each of the 25 bands, 4 bytes each; the same in every process."""
    bins = [EMPTY] * BINS
    for hashed in _hashes(text):
        bin = hashed % BINS
        if hashed < bins[bin]:
            bins[bin] = hashed
    signature = array("I", [least if least != EMPTY else _borrowed(bins, bin) for bin, least in enumerate(bins)])
    data, width = signature.tobytes(), BAND_BINS * signature.itemsize
    return array("I", [crc32(data[start : start + width]) for start in range(0, len(data), width)]).tobytes()


def text_of(value: Any) -> str:
    """
    The texts and numbers in a JSON value, without keys, roles and ids.

    System messages and definitions of tools are left out: they are the same in most rows, and would make all alike.
    """
    texts: list[str] = []
    _collect(value, texts)
    return "\n".join(texts)


def _collect(value: Any, texts: list[str]) -> None:
    if isinstance(value, str):
        texts.append(value)
    elif isinstance(value, list):
        for item in value:
            _collect(item, texts)
    elif isinstance(value, dict):
        if value.get("role") in SYSTEM_ROLES:
            return
        skipped = NO_TEXT + DEFINITIONS if "messages" in value else NO_TEXT
        for key in sorted(value):
            if key not in skipped:
                _collect(value[key], texts)
    elif value is not None:
        texts.append(str(value))


def _borrowed(bins: list[int], bin: int) -> int:
    """What an empty bin has instead: the same as another."""
    for step in STEPS:
        if (least := bins[bin - step]) != EMPTY:
            return least
    raise AssertionError("every text has a shingle")


def _hashes(text: str) -> array[int]:
    """
    The hashes of all shingles, some twice, 32 bits each: computed all at once, as lanes of one large number, which
    takes less time than to make the shingles themselves.
    """
    words = WORD.findall(text.casefold())
    if len(words) <= SHINGLE_WORDS:
        return array("I", [crc32((" ".join(words) or text).encode("utf-8", "surrogatepass"))])
    lanes = array("I", bytes(4 * LANE * len(words)))
    lanes[::LANE] = array("I", map(crc32, map(str.encode, words, repeat("utf-8"), repeat("surrogatepass"))))
    first, second, third = FACTORS
    one = int.from_bytes(lanes, "little")
    two, three = one >> 32 * LANE, one >> 2 * 32 * LANE
    sums = (one * first + two * second + three * third).to_bytes(4 * LANE * len(words), "little")
    return array("I", sums)[1 : LANE * (len(words) - 2) : LANE]

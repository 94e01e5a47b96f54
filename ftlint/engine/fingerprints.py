"""
What a finding is known by wherever its row stands: the code, and a digest of the row and of the pointer into it.

A row that is moved, indented or written with its keys in another order keeps its fingerprints; one that says something
else has others. A finding of the file is known by its code alone: messages hold numbers, which change with every row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import BinaryIO

from ftlint.core.types import Place, Pointer, Problem, render_pointer
from ftlint.formats.identity import DIGEST_BYTES, digest
from ftlint.rules.index import Entry, entries
from ftlint.sources.parse import parse

CODE_BYTES = 5
WIDTH = CODE_BYTES + DIGEST_BYTES
"""Bytes of a fingerprint: those of many stand one after another, which takes a tenth of what objects would."""
OF_FILE = bytes(DIGEST_BYTES)
NEVER = frozenset(["FT508", "FT710"])
"""
What is never known, for someone set it a limit: budgets and the lock. A finding of the file is known whatever its
numbers, and a budget that did not hold once would hold nothing any more.
"""
ALWAYS = 1 << 62
"""The number of a fingerprint that is known however often it comes."""


def digest_of(raw: bytes) -> bytes:
    """The digest of a row, 16 bytes: of what it says or, where it cannot be parsed, of its bytes without line end."""
    try:
        return digest(parse(raw))
    except ValueError:
        return blake2b(raw.removesuffix(b"\r"), digest_size=DIGEST_BYTES).digest()


def fingerprint(code: str, row: bytes | None, pointer: Pointer | None) -> bytes:
    """The fingerprint of a finding in the row with a digest, or of the file where that is None; `WIDTH` bytes."""
    if row is None and not pointer:
        return code.encode() + OF_FILE
    where = render_pointer(pointer or ()).encode("utf-8", "surrogatepass")
    return code.encode() + blake2b((row or b"") + where, digest_size=DIGEST_BYTES).digest()


def is_of_file(entry: Entry) -> bool:
    """Whether a rule speaks of the file though it names the first place: then it is known by its code."""
    return entry.once and (entry.minority or not entry.share)


def is_of_run(code: str) -> bool:
    """Whether a rule speaks of the target, once a run: then no file is its own."""
    entry = entries().get(code)
    return entry is not None and entry.kind == "FileRule" and bool(getattr(entry.rule, "per_run", False))


def code_of(key: bytes) -> str:
    """The code in a fingerprint."""
    return key[:CODE_BYTES].decode()


def split(keys: bytes | bytearray) -> Iterator[bytes]:
    """Fingerprints that stand one after another."""
    for start in range(0, len(keys), WIDTH):
        yield bytes(keys[start : start + WIDTH])


def row_at(stream: BinaryIO, place: Place) -> bytes:
    """The bytes of the row at a place."""
    stream.seek(place.offset)
    return stream.read(place.length)


@dataclass(frozen=True, slots=True, repr=False)
class Marks:
    """What is done with the findings of a file: those in `known` are muted; where it is None, all are recorded."""

    known: dict[bytes, int] | None = None
    """Fingerprints, and how many findings each of them stands for."""

    def __repr__(self) -> str:
        """By the fingerprints alone: the result of a part of a file does not depend on their numbers."""
        if self.known is None:
            return "Marks()"
        return f"Marks({blake2b(b''.join(sorted(self.known))).hexdigest()})"

    def in_rows(self, left: dict[bytes, int] | None) -> KnownInRows:
        """What tells known findings while rows are scanned; `left` as in `take`."""
        return KnownInRows(self, left)

    def take(self, key: bytes, left: dict[bytes, int] | None) -> tuple[bool, bool]:
        """Whether a finding is to be noted, and whether it is muted; `left` is how many more are, where it matters."""
        if self.known is None:
            return True, False
        if key not in self.known:
            return False, False
        if left is None:
            return True, True
        if not left[key]:
            return False, False
        left[key] -= 1
        return True, True

    def has_more(self, noted: bytearray) -> bool:
        """Whether more findings were muted than are known: only then it matters which of them came first."""
        known = self.known
        return known is not None and any(count > known[key] for key, count in Counter(split(noted)).items())


class KnownInRows:
    """Tells the findings of one row after another that are known. Those of the file are told by a `Sieve`, later."""

    def __init__(self, marks: Marks, left: dict[bytes, int] | None) -> None:
        self._marks = marks
        self._left = left
        self._digest: tuple[bytes, bytes] | None = None
        """The bytes of a row, and its digest, once a finding needed it."""

    def has(self, problem: Problem, raw: bytes, noted: bytearray) -> bool:
        """Whether a finding in the row with these bytes is known; what is to be noted is appended."""
        if is_of_file(entries()[problem.code]):
            return False
        if self._digest is None or self._digest[0] is not raw:
            self._digest = raw, digest_of(raw)
        key = fingerprint(problem.code, self._digest[1], problem.pointer)
        is_noted, is_muted = self._marks.take(key, self._left)
        if is_noted:
            noted += key
        return is_muted


class Sieve:
    """Tells the findings of one file that are news from those that are known, after its rows were scanned."""

    def __init__(self, marks: Marks, stream: BinaryIO | None = None) -> None:
        self.marks = marks
        self.noted = bytearray()
        """The fingerprints of what was muted, or where nothing is known of what was found."""
        self.stream = stream
        self._left: dict[bytes, int] | None = None

    @property
    def muted(self) -> int:
        """How many findings were muted."""
        return 0 if self.marks.known is None else len(self.noted) // WIDTH

    def start(self, noted: bytearray) -> None:
        """Go on behind the scan, which noted these."""
        self.noted = bytearray(noted)
        if self.marks.known is not None:
            self._left = dict(self.marks.known)
            for key, count in Counter(split(noted)).items():
                self._left[key] -= count

    def is_news(self, code: str, pointer: Pointer | None = None, raw: bytes | None = None) -> bool:
        """Whether a finding of the file, or of the row with these bytes, is to be reported."""
        if code in NEVER:
            return True
        if self._left is None and self.marks.known is not None:
            self._left = dict(self.marks.known)
        key = fingerprint(code, None if raw is None else digest_of(raw), pointer)
        noted, muted = self.marks.take(key, self._left)
        if noted:
            self.noted += key
        return not muted

    def is_news_at(self, code: str, pointer: Pointer | None, place: Place) -> bool:
        """The same of a row that is to be read again."""
        assert self.stream is not None
        return self.is_news(code, pointer, row_at(self.stream, place))

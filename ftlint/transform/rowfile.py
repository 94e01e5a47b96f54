"""A file of rows that is read twice: once to look at each row, once to copy its bytes."""

from __future__ import annotations

import shlex
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO
from zlib import crc32

from ftlint.core.errors import FtlintError
from ftlint.engine.reading import sample_of_lines
from ftlint.engine.target import Detected, detect
from ftlint.sources.bounds import too_deep
from ftlint.sources.files import open_source
from ftlint.sources.lines import Block, LongLine, blocks
from ftlint.sources.parse import parse
from ftlint.sources.sniff import Sniffed

Value = Any


@dataclass(slots=True)
class RowFile:
    """An open file of JSON Lines. What is kept of it is a number a row: the line that it stands in."""

    path: str
    bom: bytes
    stream: BinaryIO
    start: int
    lines: array[int] = field(default_factory=lambda: array("I"))
    """The line of each row, from 1."""
    blank: int = 0
    """Lines without a row."""
    checksum: int = 0
    """Of the bytes of all rows, as they were at the first reading."""

    def values(self) -> Iterator[tuple[int, dict[str, Value]]]:
        """
        The offset and the value of each row.

        Raises FtlintError at the end when a line holds no row that can be told from others: no JSON, no object, a key
        that stands twice, or more bytes than are read of a line.
        """
        del self.lines[:]
        self.blank = self.checksum = broken = first = 0
        for line, offset, raw in self._lines():
            if raw is not None and raw.isspace():
                self.blank += 1
                continue
            value = None if raw is None else _value(raw)
            if not isinstance(value, dict):
                broken += 1
                first = first or line
                continue
            self.lines.append(line)
            self.checksum = crc32(raw or b"", self.checksum)
            yield offset, value
        if broken:
            rows = "1 row" if broken == 1 else f"{broken:,} rows"
            where = f"in line {first:,}" if broken == 1 else f"the first in line {first:,}"
            raise FtlintError(
                f"{self.path} has {rows} that cannot be read, {where}: see `ftlint check {shlex.quote(self.path)}`"
            )
        if not self.lines:
            raise FtlintError(f"{self.path} has no rows")

    def rows(self) -> Iterator[bytes]:
        """The bytes of each row again, without the newline. Raises FtlintError at the end when the file has changed."""
        count = checksum = 0
        for _, _, raw in self._lines():
            if raw is not None and not raw.isspace():
                count += 1
                if count > len(self.lines):
                    break
                checksum = crc32(raw, checksum)
                yield raw
        if (count, checksum) != (len(self.lines), self.checksum):
            raise FtlintError(f"{self.path} has changed while it was read")

    def row_at(self, offset: int) -> Value:
        """The value of the row that begins at a byte."""
        self.stream.seek(offset)
        return parse(self.stream.readline().rstrip(b"\n"))

    def detected(self) -> Detected:
        """What the first rows look like."""
        head = next((chunk for chunk in self._chunks() if isinstance(chunk, Block)), None)
        return detect([] if head is None else islice(sample_of_lines([head]), 1000))

    def _chunks(self) -> Iterator[Block | LongLine]:
        return blocks(self.stream, start=self.start)

    def _lines(self) -> Iterator[tuple[int, int, bytes | None]]:
        """Number, offset and bytes of each line; no bytes of one that is too long. An empty line is white space."""
        number = 0
        for chunk in self._chunks():
            if isinstance(chunk, LongLine):
                number += 1
                yield number, chunk.offset, None
                continue
            offset = chunk.offset
            for raw in chunk.lines:
                number += 1
                yield number, offset, raw or b"\n"
                offset += len(raw) + 1


@contextmanager
def open_rows(path: str, stdin: BinaryIO | None = None) -> Iterator[RowFile]:
    """Open a file, or standard input for `-`. Raises FtlintError for what is not JSON Lines in UTF-8."""
    with open_source(path, stdin) as source:
        if reason := _refused(source.sniffed):
            raise FtlintError(f"{path}: {reason}; see `ftlint check {shlex.quote(path)}`")
        yield RowFile(path, source.sniffed.bom, source.stream, source.start)


def _refused(sniffed: Sniffed) -> str | None:
    if sniffed.problem is not None:
        message = sniffed.problem.message
        return message[:1].lower() + message[1:]
    if sniffed.layout != "lines":
        return "the file is JSON, but not one row a line"
    return None


def _value(raw: bytes) -> Value:
    try:
        return None if too_deep(raw) else parse(raw)
    except ValueError:
        return None

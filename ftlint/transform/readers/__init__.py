"""Files of every kind to records: the value of a row, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ftlint.core.errors import FtlintError
from ftlint.sources.files import Source, open_stream, source_of
from ftlint.sources.sniff import HEAD_BYTES
from ftlint.transform.job import Job
from ftlint.transform.readers.base import Reading, Record

GZIP, ZSTD, PARQUET, ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"PK\x03\x04"
TABLES = (".csv", ".tsv", ".tab")
TEXTS = (".txt", ".text")


@contextmanager
def open_records(path: str, stdin: BinaryIO | None, job: Job) -> Iterator[Reading]:
    """
    The records of a file, compressed or not, told apart by its bytes and, where they do not tell, by its name.

    Raises FtlintError, in one sentence, for a file that cannot be read at all.
    """
    with open_stream(path, stdin) as stream:
        magic = stream.read(4)
        stream.seek(0)
        name = Path(path).name
        if magic.startswith((GZIP, ZSTD)):
            from ftlint.transform.readers.compressed import unpacked

            kind = "gzip" if magic.startswith(GZIP) else "zstd"
            with unpacked(stream, kind, path) as plain:
                yield _reading(plain, path, name.rsplit(".", 1)[0], job)
        else:
            yield _reading(stream, path, name, job)


def _reading(stream: BinaryIO, path: str, name: str, job: Job) -> Reading:
    magic = stream.read(4)
    stream.seek(0)
    if magic == PARQUET:
        from ftlint.transform.readers.parquet import parquet

        return parquet(stream, path)
    if magic == ZIP:
        from ftlint.transform.readers.spreadsheet import spreadsheet

        return spreadsheet(stream, path, job)
    return Reading(_text_records(stream, path, name, job), lambda: stream.tell(), stream_size(stream))


def stream_size(stream: BinaryIO) -> int:
    """The bytes of a stream, which stays where it was."""
    here = stream.tell()
    size = stream.seek(0, 2)
    stream.seek(here)
    return size


def _text_records(stream: BinaryIO, path: str, name: str, job: Job) -> Iterator[Record]:
    from ftlint.transform.readers.jsons import lines, objects
    from ftlint.transform.readers.tables import plain_text, table

    suffix = Path(name).suffix.lower()
    if job.encoding:
        yield from (plain_text if suffix in TEXTS else table)(stream, path, job)
        return
    with source_of(stream) as source:
        if source.sniffed.encoding != "utf-8":
            yield from _text_records(source.stream, path, name, job)
            return
        if suffix in TABLES and source.size:
            yield from table(source.stream, path, job)
            return
        problem, layout, head = source.sniffed.problem, source.sniffed.layout, _head(source)
        if suffix in TEXTS and layout == "lines" and not head.lstrip().startswith((b"{", b"[")):
            yield from plain_text(source.stream, path, job)
        elif layout == "none" and problem is not None and problem.message.startswith(("File looks", "File is text")):
            is_table = suffix not in TEXTS and problem.message.startswith("File looks")
            yield from (table if is_table else plain_text)(source.stream, path, job)
        elif layout == "none":
            raise FtlintError(f"cannot convert {path}: {_said(source)}")
        elif layout == "lines" and not _is_long_array(head):
            yield from lines(source.stream, source.start)
        else:
            yield from objects(source.stream, source.start)


def _head(source: Source) -> bytes:
    source.stream.seek(source.start)
    head = source.stream.read(HEAD_BYTES)
    source.stream.seek(source.start)
    return head


def _is_long_array(head: bytes) -> bool:
    """Whether a file is an array whose first line has no end yet."""
    return head.lstrip().startswith(b"[") and len(head) == HEAD_BYTES and b"\n" not in head.strip()


def _said(source: Source) -> str:
    problem = source.sniffed.problem
    if problem is None:
        return "there are no rows in it"
    message = f"{problem.message[:1].lower()}{problem.message[1:]}"
    return f"{message}; {problem.help}" if problem.help else message

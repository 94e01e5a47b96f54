"""Comma- and tab-separated values, and plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from ftlint.core.errors import FtlintError
from ftlint.sources.lines import MAX_LINE_BYTES
from ftlint.sources.parse import parse
from ftlint.transform.job import Job
from ftlint.transform.readers.base import Record

DELIMITERS = (",", "\t", ";", "|")
NESTED = ("messages", "conversations", "conversation", "tools", "functions", "chosen", "rejected")
"""Columns that may hold JSON in a cell."""


def table(stream: BinaryIO, path: str, job: Job) -> Iterator[Record]:
    """One record a line of the table, under the names of its first line."""
    with _text(stream, path, job) as text:
        first = text.readline().removeprefix("\ufeff")
        text.seek(0)
        if text.read(1) != "\ufeff":
            text.seek(0)
        csv.field_size_limit(MAX_LINE_BYTES)
        delimiter = max(DELIMITERS, key=first.count)
        yield from named(_cells(csv.reader(text, delimiter=delimiter)), path)


def _cells(rows: Any) -> Iterator[list[Any] | str]:
    """The cells of line after line; a sentence about a line that has none."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield str(error)


def named(rows: Iterable[list[Any] | str], path: str) -> Iterator[Record]:
    """Rows of cells under the names in the first of them; a row of another width is told."""
    header: list[str] | None = None
    for cells in rows:
        if isinstance(cells, str):
            yield Record(None, cells)
        elif not any(cell not in (None, "") for cell in cells):
            continue  # a blank line is no record
        elif header is None:
            header = [str(name).strip() for name in cells]
            if twice := {name for name in header if header.count(name) > 1 and name}:
                raise FtlintError(f'cannot convert {path}: the column "{min(twice)}" stands twice in the first line')
        elif len(cells) != len(header):
            columns = "1 column" if len(cells) == 1 else f"{len(cells)} columns"
            yield Record(list(cells), f"{columns} where the first line has {len(header)}")
        else:
            yield Record({name: _nested(name, cell) for name, cell in zip(header, cells, strict=True) if name})


def _nested(name: str, cell: Any) -> Any:
    """The value of a cell: JSON where the column is for a list and it looks like one."""
    if name.casefold() not in NESTED or not isinstance(cell, str) or not cell.lstrip().startswith("["):
        return cell
    try:
        value = parse(cell.encode())
    except ValueError:
        return cell
    return value if isinstance(value, list) and value and isinstance(value[0], dict) else cell


def plain_text(stream: BinaryIO, path: str, job: Job) -> Iterator[Record]:
    """One completion a line that is not blank, as the old preparation tool read text."""
    with _text(stream, path, job) as text:
        for line in text:
            if line.strip():
                yield Record({"prompt": "", "completion": line.rstrip("\r\n").removeprefix("\ufeff")})


@contextmanager
def _text(stream: BinaryIO, path: str, job: Job) -> Iterator[io.TextIOWrapper]:
    """A stream as text, which stays open when the text is done with."""
    stream.seek(0)
    try:
        text = io.TextIOWrapper(stream, encoding=job.encoding or "utf-8", newline="")
    except LookupError as error:
        raise FtlintError(f'there is no encoding "{job.encoding}"') from error
    try:
        yield text
    except UnicodeDecodeError as error:
        other = "try another --encoding" if job.encoding else "name its encoding, as in --encoding cp1252"
        sentence = f"cannot convert {path}: it is not {job.encoding or 'UTF-8'}: {error.reason}; {other}"
        raise FtlintError(sentence) from error
    finally:
        text.detach()

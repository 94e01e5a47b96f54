"""Spreadsheets (XLSX and OpenDocument): one sheet, the names of the columns in its first row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean
from ftlint.core.visible import shorten
from ftlint.transform.job import Job
from ftlint.transform.readers.base import Reading, Record, missing
from ftlint.transform.readers.tables import named

MAX_BYTES = 1 << 30
"""Of the unpacked sheets, which are read as a whole; Excel itself takes 1,048,576 rows."""
MAX_RATIO = 200
FREE = 64 << 20


def spreadsheet(stream: BinaryIO, path: str, job: Job) -> Reading:
    """The first sheet, or the one that was asked for; the others are noted."""
    try:
        import python_calamine as calamine
    except ImportError as error:
        raise missing(path, "a spreadsheet", "python-calamine") from error
    _bounded(stream, path)
    try:
        book = calamine.CalamineWorkbook.from_filelike(stream)
        names = book.sheet_names
        if not names:
            raise FtlintError(f"cannot convert {path}: it has no sheet")
        if job.sheet is not None and job.sheet not in names:
            raise FtlintError(f'{path} has no sheet "{job.sheet}".{did_you_mean(job.sheet, names)}')
        sheet = book.get_sheet_by_name(job.sheet or names[0])
    except (calamine.CalamineError, zipfile.BadZipFile, OSError) as error:
        raise FtlintError(f"cannot convert {path}: it is a ZIP archive, and no spreadsheet that can be read") from error
    others = [shorten(name, 30) for name in names if name != sheet.name]
    notes = (f"{path}: sheet {shorten(sheet.name, 30)} is read, and not {', '.join(others)}; --sheet takes another",)
    done = [0]

    def records() -> Iterator[Record]:
        for record in named(([_cell(cell) for cell in row] for row in sheet.iter_rows()), path):
            done[0] += 1
            yield record

    return Reading(records(), lambda: done[0], sheet.height, notes if others else ())


def _cell(cell: Any) -> Any:
    """A cell as text: whole numbers without a point, days as ISO 8601."""
    if isinstance(cell, (bool, str)):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def _bounded(stream: BinaryIO, path: str) -> None:
    """Refuse an archive that unpacks to too much, before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            packed = sum(item.compress_size for item in archive.infolist())
            size = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FtlintError(f"cannot convert {path}: it begins as a ZIP archive and is none") from error
    if size > MAX_BYTES or (size > FREE and size > MAX_RATIO * packed):
        raise FtlintError(f"cannot convert {path}: it unpacks to {size:,} bytes from {packed:,}; export it as CSV")
    stream.seek(0)

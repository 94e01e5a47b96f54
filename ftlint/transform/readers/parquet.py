"""Parquet files, a batch of rows at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, BinaryIO

from ftlint.core.errors import FtlintError
from ftlint.transform.readers.base import Reading, Record, missing

BATCH_BYTES = 8 << 20
"""About so many bytes of rows are held at a time."""
MOST_ROWS = 1024


def parquet(stream: BinaryIO, path: str) -> Reading:
    """The rows; keys that are null, as columns fill in what a row does not have, are left out."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet as reader
    except ImportError as error:
        raise missing(path, "a Parquet file", "pyarrow") from error
    try:
        # Neither reads ahead nor keeps what was read: a row group at a time would be most of many files.
        file = reader.ParquetFile(stream, pre_buffer=False, buffer_size=1 << 20)
        rows = file.metadata.num_rows
        width = sum(file.metadata.row_group(index).total_byte_size for index in range(file.num_row_groups))
    except (arrow.ArrowException, OSError) as error:
        raise FtlintError(f"cannot read {path}: {_first_line(error)}") from error
    size = max(1, min(MOST_ROWS, BATCH_BYTES * rows // max(width, 1)))
    done = [0]

    def records() -> Iterator[Record]:
        try:
            for batch in file.iter_batches(batch_size=size, use_threads=False):
                for row in batch.to_pylist():
                    done[0] += 1
                    yield Record(without_nulls(row))
        except (arrow.ArrowException, OSError) as error:
            raise FtlintError(f"cannot read {path}: {_first_line(error)}") from error

    return Reading(records(), lambda: done[0], rows)


def without_nulls(value: Any) -> Any:
    """A value without the keys of objects that are null or not a number, at any depth; days and bytes as text."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None and item == item}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    return value.decode(errors="backslashreplace") if isinstance(value, bytes) else str(value)


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")

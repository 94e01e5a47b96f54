"""Compressed files, unpacked with bounds: gzip makes 1,029 bytes of one at most, and a bomb does."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from ftlint.core.errors import FtlintError
from ftlint.sources.files import IN_MEMORY
from ftlint.transform.readers.base import missing

MAX_BYTES = 16 << 30
"""More than any provider takes (Uploads API: 8 GB)."""
MAX_RATIO = 200
"""Training data packs 3 to 20 times; a table of one repeated row 300 times and more, but that is small."""
FREE = 64 << 20
"""So many bytes may come out whatever the ratio."""
CHUNK = 1 << 18


@contextmanager
def unpacked(stream: BinaryIO, kind: str, path: str) -> Iterator[BinaryIO]:
    """What a gzip or zstd file holds, to read from its start: in memory as long as it is short, then on disk."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as plain:
        size = 0
        for chunk in (_gzip if kind == "gzip" else _zstd)(stream, path):
            size += len(chunk)
            if size > MAX_BYTES or (size > FREE and size > MAX_RATIO * stream.tell()):
                raise FtlintError(
                    f"cannot convert {path}: it unpacks to more than {size:,} bytes from {stream.tell():,}, "
                    f"past the limit of {MAX_RATIO} for one or of {MAX_BYTES >> 30} GiB; unpack it if you trust it"
                )
            try:
                plain.write(chunk)
            except OSError as error:
                raise FtlintError(f"cannot unpack {path}: {(error.strerror or str(error)).lower()}") from error
        plain.seek(0)
        yield cast("BinaryIO", plain)


def _gzip(stream: BinaryIO, path: str) -> Iterator[bytes]:
    """The members of a file, one after another; zeros may pad them."""
    unpacker: Any = None
    rest = b""
    try:
        while data := rest or stream.read(CHUNK):
            rest = b""
            if unpacker is None:
                if not (data := data.lstrip(b"\0")):
                    continue
                unpacker = zlib.decompressobj(wbits=31)
            yield unpacker.decompress(data, CHUNK)
            if unpacker.eof:
                rest, unpacker = unpacker.unused_data, None
            else:
                rest = unpacker.unconsumed_tail
        if unpacker is not None:
            yield unpacker.flush()
            if not unpacker.eof:
                raise FtlintError(f"cannot unpack {path}: it ends in the middle")
    except zlib.error as error:
        raise FtlintError(f"cannot unpack {path}: it is damaged ({error})") from error


def _zstd(stream: BinaryIO, path: str) -> Iterator[bytes]:
    module = _module(path)
    try:
        with module.open(stream, "rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except (module.ZstdError, EOFError) as error:
        raise FtlintError(f"cannot unpack {path}: {str(error).lower()}") from error


def _module(path: str) -> Any:
    import sys

    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError as error:
        raise missing(path, "a zstandard file", "backports.zstd") from error
    return zstd

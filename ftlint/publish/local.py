"""A file as it will be sent: its bytes, their digest, the name that it gets."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ftlint.core.errors import FtlintError

PIECE = 1 << 20
DIGITS = 12
"""Of the digest, in the name under which a file is found again: the service keeps no digest, but the name."""


class LocalFile(NamedTuple):
    """A file on this machine. `bytes` is its size, `sha256` and `md5` are in hexadecimal digits."""

    path: str
    bytes: int
    sha256: str
    md5: str

    @property
    def name(self) -> str:
        """The name that it has at the service: STEM.DIGEST.jsonl."""
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(self.path).stem).strip("-")[:80]
        return f"{stem or 'data'}.{self.sha256[:DIGITS]}.jsonl"


def digest(path: str) -> LocalFile:
    """Read a file once. Raises FtlintError when it cannot be read."""
    sha256, md5, size = hashlib.sha256(), hashlib.md5(usedforsecurity=False), 0
    try:
        with Path(path).open("rb") as file:
            while piece := file.read(PIECE):
                sha256.update(piece)
                md5.update(piece)
                size += len(piece)
    except OSError as error:
        raise FtlintError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error
    return LocalFile(path, size, sha256.hexdigest(), md5.hexdigest())


class Part(io.RawIOBase):
    """The bytes of an open file from `start` on, `length` of them, as a file of its own; nothing is held in memory."""

    def __init__(self, file: BinaryIO, start: int, length: int, sent: Callable[[int], None] | None = None) -> None:
        super().__init__()
        self._file, self._start, self._length, self._at = file, start, length, 0
        self._sent = sent

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Bytes from the start of the part."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move, as in any file."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as the part goes."""
        self._file.seek(self._start + self._at)
        piece = self._file.read(min(len(buffer), max(0, self._length - self._at)))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        if self._sent is not None and piece:
            self._sent(self._start + self._at)
        return len(piece)

"""Files are replaced as a whole or not at all, and are what they were in all but their content."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, cast

from ftlint.core.errors import FtlintError

SUFFIX = ".ftlint"
"""Ends the name of a file that is being written: none that a check looks for."""
COPY_BYTES = 1 << 20


def place_of(path: str) -> Path:
    """
    The file behind a path, links resolved.

    Raises FtlintError when it is no ordinary file, may not be written to, or lies outside of the tree in which the
    path says it does: the current directory, or else the directory of the path.
    """
    if "\0" in path:
        raise FtlintError(f"cannot write {path!r}: a name holds no NUL")
    named = Path(os.path.abspath(path))  # noqa: PTH100  # links are not to be resolved yet
    here = Path(os.path.abspath("."))  # noqa: PTH100
    tree = here if named.is_relative_to(here) else named.parent
    real = Path(os.path.realpath(named))
    if not real.is_relative_to(os.path.realpath(tree)):
        raise FtlintError(f"will not write {path}: it leads to {real}, outside of {tree}; name that file itself")
    try:
        status = real.stat()
    except OSError as error:
        raise FtlintError(f"cannot write {path}: {_said(error)}") from error
    if not S_ISREG(status.st_mode):
        raise FtlintError(f"will not write {path}: it is no ordinary file")
    if not os.access(real, os.W_OK):
        raise FtlintError(f"cannot write {path}: permission denied")
    return real


@contextmanager
def beside(path: Path) -> Iterator[BinaryIO]:
    """A new file in the directory of `path`, to be read and written; it is gone at the end, unless it was renamed."""
    try:
        new = tempfile.NamedTemporaryFile(prefix=f".{path.name[:99]}.", suffix=SUFFIX, dir=path.parent, delete=False)  # noqa: SIM115
    except OSError as error:
        raise FtlintError(f"cannot write beside {path}: {_said(error)}") from error
    try:
        with new as file:
            yield cast("BinaryIO", file)
    except OSError as error:
        raise FtlintError(f"cannot write {path}: {_said(error)}; it is as it was") from error
    finally:
        with suppress(FileNotFoundError):
            Path(new.name).unlink()


def put_in_place(file: BinaryIO, path: Path, like: os.stat_result | None, *, backup: bool = False) -> None:
    """
    Make what `beside` gave the file at `path`, once it is safe on the disk: with mode and owner of `like`, or where
    that is None, of any new file.

    With `backup`, what stood there keeps the name with `.bak` behind it.
    """
    file.flush()
    if hasattr(os, "fchmod") and like is None:
        os.umask(umask := os.umask(0o077))
        os.fchmod(file.fileno(), 0o666 & ~umask)
    elif hasattr(os, "fchmod") and like is not None:
        if (os.fstat(file.fileno()).st_uid, os.fstat(file.fileno()).st_gid) != (like.st_uid, like.st_gid):
            os.fchown(file.fileno(), like.st_uid, like.st_gid)
        os.fchmod(file.fileno(), like.st_mode & 0o7777)
    os.fsync(file.fileno())
    if backup:
        with path.open("rb") as old, beside(Path(f"{path}.bak")) as kept:
            while chunk := old.read(COPY_BYTES):
                kept.write(chunk)
            put_in_place(kept, Path(f"{path}.bak"), like)
    file.close()  # Windows renames no file that is open
    Path(file.name).replace(path)
    if hasattr(os, "O_DIRECTORY"):
        directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def is_unchanged(path: Path, since: os.stat_result) -> bool:
    """Whether the file at a path is still the one that was read."""
    now = path.stat()
    return (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns) == (
        since.st_dev,
        since.st_ino,
        since.st_size,
        since.st_mtime_ns,
    )


def _said(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

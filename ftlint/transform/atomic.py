"""A file that is there as a whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ftlint.core.errors import FtlintError


@contextmanager
def atomic(path: str) -> Iterator[BinaryIO]:
    """
    A file to write, which takes the place of `path` when the block ends, and leaves no trace when it raises.

    A file that is replaced hands its mode on. Raises FtlintError, in one sentence, where nothing can be written.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # a device, a pipe or a directory must not be replaced
        raise FtlintError(f"cannot write {path}: it is no regular file")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        file = part.open("xb")
    except (OSError, ValueError) as error:
        raise FtlintError(f"cannot write {path}: {_reason(error)}") from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o7777)
        part.replace(target)
    except OSError as error:
        raise FtlintError(f"cannot write {path}: {_reason(error)}") from error
    finally:
        part.unlink(missing_ok=True)


def refuse_overwriting(path: str, inputs: Iterable[str]) -> None:
    """Raise FtlintError where there is something already, an input or not."""
    if not os.path.lexists(path):
        return
    own = os.path.realpath(path)
    if any(os.path.realpath(one) == own for one in inputs):
        raise FtlintError(f"{path} is an input; write to another file, or overwrite it with --force")
    raise FtlintError(f"{path} is there already; overwrite it with --force")


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()

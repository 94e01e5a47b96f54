"""A file that is there as a whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ftlint.core.errors import FtlintError
from ftlint.transform.write import beside, put_in_place


@contextmanager
def atomic(path: str) -> Iterator[BinaryIO]:
    """
    A file to write, which takes the place of `path` when the block ends, and leaves no trace when it raises.

    A file that is replaced hands its mode on. Raises FtlintError, in one sentence, where nothing can be written.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():  # a device, a pipe or a directory must not be replaced
        raise FtlintError(f"cannot write {path}: it is no regular file")
    if not target.parent.is_dir():
        raise FtlintError(f"cannot write {path}: no such file or directory")
    with beside(target) as file:
        yield file
        put_in_place(file, target, target.stat() if target.exists() else None)


def refuse_overwriting(path: str, inputs: Iterable[str]) -> None:
    """Raise FtlintError where there is something already, an input or not."""
    if not os.path.lexists(path):
        return
    own = os.path.realpath(path)
    if any(os.path.realpath(one) == own for one in inputs):
        raise FtlintError(f"{path} is an input; write to another file, or overwrite it with --force")
    raise FtlintError(f"{path} is there already; overwrite it with --force")

"""
What was sent and is about to be: `.ftlint/publish/files/KEY.json` and `.ftlint/publish/jobs/KEY.json`.

A record is written, and on the disk, before the request that it announces goes out (`intent`), and again with the id
that came back. An intent without an id is a request whose outcome is not known. Records hold ids, digests, sizes and
times; never a key, and nothing of the rows.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from ftlint.core.errors import FtlintError
from ftlint.core.visible import visible

Kind = Literal["files", "jobs"]
VERSION = 1


class Record:
    """One record, which nobody else has open."""

    def __init__(self, path: Path, data: dict[str, Any]) -> None:
        self.path, self.data = path, data

    def save(self, **changes: Any) -> None:
        """Change fields (None removes one), and return when the change is on the disk."""
        for name, value in changes.items():
            if value is None:
                self.data.pop(name, None)
            else:
                self.data[name] = value
        text = json.dumps({"version": VERSION, **self.data}, indent=2, sort_keys=True)
        temporary = self.path.with_suffix(".new")
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self.path)
            _sync_directory(self.path.parent)
        except OSError as error:
            raise FtlintError(f"cannot write {self.path}: {(error.strerror or str(error)).lower()}") from error


class Store:
    """The records under one directory, which is made when the first is opened."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @contextmanager
    def record(self, kind: Kind, key: str) -> Iterator[Record]:
        """Open a record, new or old. Raises FtlintError while another process has it open."""
        from filelock import FileLock, Timeout

        path = self.directory / kind / f"{key}.json"
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            ignored = self.directory / ".gitignore"
            if not ignored.exists():
                ignored.write_text("*\n", encoding="ascii")
            with FileLock(path.with_suffix(".lock"), timeout=0, mode=0o600):
                yield Record(path, _read(path))
        except Timeout:
            raise FtlintError("another ftlint is publishing the same; wait until it has ended") from None
        except OSError as error:
            raise FtlintError(f"cannot use {self.directory}: {(error.strerror or str(error)).lower()}") from error

    def values(self, kind: Kind, field: str) -> set[str]:
        """What all records of a kind have in a field."""
        found = (_read(path).get(field) for path in sorted((self.directory / kind).glob("*.json")))
        return {value for value in found if isinstance(value, str)}


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.pop("version", None) != VERSION:
        hint = "move it away; what was sent is then looked for at the service"
        raise FtlintError(f"{visible(str(path))} is damaged, or of another version of ftlint; {hint}")
    return data


def _sync_directory(directory: Path) -> None:
    """A rename is on the disk when its directory is; there is no such call on Windows."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

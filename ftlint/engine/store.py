"""
Small files under digests, in a directory that only its owner can read: what the cache is kept in.

One file an entry, as Git keeps loose objects: no index that two processes could spoil, nothing to lock. A file is
written at once under its final name; one that is cut short, damaged or somebody else's fails its checksum, and then
there is no entry. Whatever the file system refuses, nothing is raised: a cache that does not work is none.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from errno import ENOSPC
from pathlib import Path
from typing import NamedTuple

LIMIT = 500_000_000
"""Bytes on disk; what was not used for longest goes first."""
CHECKS = 32
"""The directory is measured about so often while as much as the limit is written."""
KEPT = 0.8
"""The share of the limit that is left when it was passed."""
MAX_ENTRY = 1 << 20
"""Entries are read whole, so there is an end to them; what would be longer is not kept."""
ALLOCATED = 4096
"""The least that a file takes on disk."""
USED = 3600
"""Seconds after which an entry that is used is marked as used again."""
VERSION = "v1"
"""Of the layout; everything of ours but the two notes lies in the directory of this name."""
NOTES = {
    "CACHEDIR.TAG": (
        "Signature: 8a477f597d28d172789f06886806bc55\n"  # fixed by https://bford.info/cachedir/
        "# Results of ftlint, to be made again at any time; `ftlint cache clean` removes them.\n"
    ),
    ".gitignore": "*\n",
}
"""For programs that make backups, and for directories inside a repository."""
FLAGS = 0
for _name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # the second, so that a pipe of that name stops nobody
    FLAGS |= getattr(os, _name, 0)

Hash = Callable[[bytes | memoryview], bytes]


def fastest_hash() -> tuple[str, Hash]:
    """
    A cryptographic hash, because a false hit would hide findings, and other people write the data.

    Of 100 MB in blocks: BLAKE3 15 ms, SHA-256 (with the processor's help) 53, BLAKE2b 78.
    """
    try:
        from blake3 import blake3
    except ImportError:
        from hashlib import sha256

        return "sha256", lambda data: sha256(data).digest()
    return "blake3", lambda data: blake3(data).digest()


class Entry(NamedTuple):
    """A file of ours: its bytes on disk, and when it was used last, in seconds since the epoch."""

    path: Path
    size: int
    used: float


class Usage(NamedTuple):
    """What a directory holds; `oldest` and `newest` say when the entries were used, None where there are none."""

    entries: int = 0
    bytes: int = 0
    oldest: float | None = None
    newest: float | None = None


class Store:
    """Entries by digest. Raises nothing: what cannot be read is not there, what cannot be written is not kept."""

    def __init__(self, directory: Path, limit: int = LIMIT) -> None:
        self.directory = directory
        self.limit = limit
        self.name, self.hash = fastest_hash()
        self.top = directory / VERSION
        self._prefix = f"{self.top}{os.sep}"
        self.is_ours = _is_ours(directory) and _is_ours(self.top)
        """Whether entries can be trusted: nobody else can have written them."""
        self.is_writable = self.is_ours

    def read(self, digest: bytes) -> bytes | None:
        """The entry of a digest."""
        if not self.is_ours:
            return None
        try:
            file = os.open(self._file(digest), os.O_RDONLY | FLAGS)
        except OSError:
            return None
        try:
            about = os.fstat(file)
            if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_ENTRY:
                return None
            content = os.read(file, about.st_size)
            if not _is_recent(about.st_mtime) and os.utime in os.supports_fd:
                os.utime(file)
        except OSError:
            return None
        finally:
            os.close(file)
        return content[32:] if content[:32] == self.hash(digest + content[32:]) else None

    def write(self, digest: bytes, data: bytes) -> None:
        """Keep an entry, in place of what stands there."""
        if not self.is_writable or len(data) + 32 > MAX_ENTRY:
            return
        content = self.hash(digest + data) + data
        try:
            self._create(self._file(digest), content)
        except OSError:  # a disk that is full or read-only is not asked again
            self.is_writable = False
            return
        size = max(len(content), ALLOCATED)
        # Digests are as good as dice, and need no counter that processes would share.
        if int.from_bytes(digest[-4:], "big") * self.limit < CHECKS * size << 32:
            self.prune()

    def prune(self) -> None:
        """When there is more than the limit, remove what was not used for longest."""
        entries = list(self.entries())
        size = sum(entry.size for entry in entries)
        if size <= self.limit:
            return
        for entry in sorted(entries, key=lambda entry: entry.used):
            if size <= self.limit * KEPT:
                break
            _remove(entry.path)
            size -= entry.size

    def entries(self) -> Iterator[Entry]:
        """Everything that is kept; another process may remove it at any time."""
        if not self.is_ours:
            return
        for folder in _listed(self.top):
            if len(folder.name) != 1 or not folder.is_dir(follow_symlinks=False):
                continue
            for file in _listed(folder.path):
                try:
                    about = file.stat(follow_symlinks=False)
                except OSError:
                    continue
                if stat.S_ISREG(about.st_mode) and _is_digest(folder.name + file.name):
                    yield Entry(Path(file.path), max(about.st_size, ALLOCATED), about.st_mtime)

    def usage(self) -> Usage:
        """What there is."""
        entries = list(self.entries())
        times = [entry.used for entry in entries]
        return Usage(
            len(entries), sum(entry.size for entry in entries), min(times, default=None), max(times, default=None)
        )

    def clean(self) -> Usage:
        """Remove all that is ours, and nothing else; what that was."""
        before = self.usage()
        for entry in list(self.entries()):
            _remove(entry.path)
        if self.is_ours:
            for folder in list(_listed(self.top)):
                _remove_directory(Path(folder.path))
            _remove_directory(self.top)
            for name, note in NOTES.items():
                if _content(self.directory / name) == note:
                    _remove(self.directory / name)
            _remove_directory(self.directory)
        return before

    def _file(self, digest: bytes) -> str:
        name = digest.hex()
        return f"{self._prefix}{name[0]}{os.sep}{name[1:]}"

    def _create(self, path: str, content: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | FLAGS
        try:
            file = os.open(path, flags, 0o600)
        except FileNotFoundError:
            self._make_directories(Path(path).parent)
            file = os.open(path, flags, 0o600)
        try:
            if os.write(file, content) < len(content):
                raise OSError(ENOSPC, "the disk is full")
        finally:
            os.close(file)

    def _make_directories(self, folder: Path) -> None:
        if not self.top.is_dir():
            self.directory.parent.mkdir(parents=True, exist_ok=True)
            self.directory.mkdir(mode=0o700, exist_ok=True)
            for name, note in NOTES.items():
                try:
                    with (self.directory / name).open("x", encoding="utf-8", newline="\n") as file:
                        file.write(note)
                except FileExistsError:
                    continue
            self.top.mkdir(mode=0o700, exist_ok=True)
            if not (_is_ours(self.directory) and _is_ours(self.top)):
                raise PermissionError("somebody else was quicker")
        folder.mkdir(mode=0o700, exist_ok=True)


def _is_ours(directory: Path) -> bool:
    """Whether a directory is the user's own and nobody else can write to it; one that is not there yet will be."""
    try:
        about = os.lstat(directory) if directory.name == VERSION else directory.stat()
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False
    if not stat.S_ISDIR(about.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True  # Windows: a user's profile is closed to others
    others_write = about.st_mode & (stat.S_IWGRP | stat.S_IWOTH) if directory.name == VERSION else 0
    return about.st_uid == os.geteuid() and not others_write


def _is_recent(moment: float) -> bool:
    return time.time() - moment < USED


def _is_digest(name: str) -> bool:
    return len(name) == 64 and not name.strip("0123456789abcdef")


def _listed(directory: Path | str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(directory) as found:
            yield from found
    except OSError:
        return


def _content(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        return


def _remove_directory(path: Path) -> None:
    try:
        path.rmdir()
    except OSError:  # not empty: somebody else's file, or another process has just written
        return

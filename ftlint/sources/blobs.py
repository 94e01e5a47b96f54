"""
What files held at a git commit: one git process gives one after another.

A process for each would take 5 ms, which is most of the time where there are thousands of small files. Nothing of a
file is held in memory: it goes to a temporary file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import BinaryIO, cast

from ftlint.core.errors import FtlintError
from ftlint.sources.git import Blob, Repository, environment, is_pointer, said

PIECE = 1 << 20


class Blobs:
    """Gives the content of blobs of a repository, as long as it is entered."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: subprocess.Popen[bytes] | None = None
        self._errors = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  # as long as the process

    def __enter__(self) -> Blobs:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        self._errors.close()

    @contextmanager
    def opened(self, blob: Blob) -> Iterator[BinaryIO]:
        """
        The content of a file at the commit, in a temporary file that is gone at the end.

        Of a Git LFS pointer it is what that points to, where git-lfs is installed and has it; else the pointer.
        Raises FtlintError when git cannot give it.
        """
        with tempfile.TemporaryFile() as content:
            self._copy(blob, content)
            if is_pointer(content) and shutil.which("git-lfs"):
                with tempfile.TemporaryFile() as smudged:
                    words = ("cat-file", "--filters", f"--path={blob.path}", blob.object)
                    done = self._repository.run(*words, into=smudged)
                    if not done.returncode and smudged.seek(0, os.SEEK_END) and not is_pointer(smudged):
                        smudged.seek(0)
                        yield smudged
                        return
            content.seek(0)
            yield content

    def _copy(self, blob: Blob, content: BinaryIO) -> None:
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        answer = b""
        try:
            process.stdin.write(f"{blob.object}\n".encode())
            process.stdin.flush()
            answer = process.stdout.readline()
            _, kind, size = answer.split()
            left = int(size) if kind == b"blob" else -1
            while left > 0 and (piece := process.stdout.read(min(left, PIECE))):
                content.write(piece)
                left -= len(piece)
            is_whole = left == 0 and process.stdout.read(1) == b"\n"
        except (BrokenPipeError, ValueError):  # it has ended, or says that it has no such object
            is_whole = False
        if not is_whole:
            raise FtlintError(f"git cannot give what it has at {self._repository.ref}: {self._why(answer)}")

    def _running(self) -> subprocess.Popen[bytes]:
        """The process, which is started once somebody asks, and again where it ended early."""
        if self._process is None:
            self._process = subprocess.Popen(
                self._repository.command("cat-file", "--batch"),
                cwd=self._repository.top,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        return self._process

    def _why(self, answer: bytes) -> str:
        """What the process complained of, or else its answer; it is not asked again."""
        self._stop()
        self._errors.seek(0)
        reason = said(self._errors.read() or answer)
        self._errors.seek(0)
        self._errors.truncate()
        return reason

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()  # it only reads, and processes that were forked meanwhile hold its input open
        self._process.communicate()
        self._process = None

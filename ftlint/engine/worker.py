"""What a worker process does: it scans one range of a file after another, until nobody asks for more."""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ftlint.core.visible import visible
from ftlint.engine.chunks import scan_all
from ftlint.engine.context import Context
from ftlint.engine.ranges import Range, Window
from ftlint.engine.reading import chunks_of
from ftlint.engine.result import ChunkResult
from ftlint.engine.scan import Scanner

if TYPE_CHECKING:
    from ftlint.engine.cache import Cache


@dataclass(frozen=True, slots=True)
class Job:
    """The file and what it is scanned for. `identity` tells whether the path still names the file: device and node."""

    path: str
    identity: tuple[int, int]
    context: Context
    cache: Cache | None = None

    def open(self) -> BinaryIO | None:
        """The file, opened once more; None where that is not possible, or would give another file."""
        try:
            if identity(Path(self.path).stat()) == self.identity:  # asked before: to open a pipe may take forever
                return Path(self.path).open("rb")
        except (OSError, ValueError):
            pass
        return None

    def scan(self, stream: BinaryIO, part: Range) -> ChunkResult:
        """Scan a range."""
        context = self.context
        chunks = chunks_of(Window(stream, part), part.start, context.max_line_bytes)
        return scan_all(Scanner(context), chunks, self.cache, context.join)


def identity(status: os.stat_result) -> tuple[int, int]:
    """The device and the node of a file."""
    return status.st_dev, status.st_ino


def work(job: Job, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer each range that comes with its result, or with the exception that it raised; True says: I am ready."""
    stream = job.open()
    if stream is None:
        return
    with stream:
        tell(answers, True)
        while True:
            try:
                part = pickle.load(questions)
            except EOFError:  # no more, or nobody there any more
                return
            try:
                answer: Any = job.scan(stream, part)
            except BaseException as error:  # a panic in a native library is no Exception
                where = f"bytes {part.start:,} to {part.end:,} of {visible(job.path)}"
                answer = _portable(error, f"In a worker process, at {where}:\n{traceback.format_exc()}")
            tell(answers, answer)


def tell(pipe: BinaryIO, value: Any) -> None:
    """Send a value through a pipe."""
    pickle.dump(value, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _portable(error: BaseException, note: str) -> BaseException:
    """The exception with a note; one like it, where it cannot be sent as it is."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # whatever its class makes of that
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(note)
    return error


def main() -> None:
    """Work as a program of its own: the job and the ranges come by standard input, results leave by standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever else is printed is no result
    with suppress(EOFError, BrokenPipeError):  # whoever started it is gone
        work(pickle.load(sys.stdin.buffer), sys.stdin.buffer, answers)
    os._exit(0)  # nothing is left to tidy up

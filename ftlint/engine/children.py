"""
The processes that work for this one, each with a pipe that leads to it and one that leads back.

Forked where nothing can go wrong, else started as new interpreters: `ftlint.engine.processes` says what for.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, NoReturn, Protocol

from ftlint.core.errors import FtlintError
from ftlint.engine.processes import Start
from ftlint.engine.ranges import Range
from ftlint.engine.result import ChunkResult
from ftlint.engine.worker import Job, tell, work


@contextmanager
def uninterrupted() -> Iterator[None]:
    """
    Ctrl-C is kept back. A process that is started meanwhile never sees it: its parent does, and stops it.

    (There are no signal masks on Windows, where `_spawned` does the same by a process group.)
    """
    if sys.platform == "win32":
        yield
        return
    import signal

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Process(Protocol):
    """All that is asked of `subprocess.Popen`."""

    def kill(self) -> None: ...

    def wait(self) -> int: ...


class Child:
    """A process that scans the ranges it is handed."""

    def __init__(self, job: Job, start: Start, others: list[Child]) -> None:
        self.job, self.start = job, start
        self.process: _Process
        self.process, self.questions, self.answers = _forked(job, others) if start == "fork" else _spawned()

    def is_ready(self) -> bool:
        """Wait for the process to be ready; False if it cannot work here, as where the package is not found."""
        try:
            if self.start == "spawn":
                tell(self.questions, self.job)
            return bool(pickle.load(self.answers))
        except (OSError, EOFError, pickle.UnpicklingError):
            return False

    def scan(self, part: Range) -> ChunkResult:
        """The result of a range. Raises what the scan raised, and FtlintError where the process has died."""
        try:
            tell(self.questions, part)
            answer = pickle.load(self.answers)
        except (OSError, EOFError, pickle.UnpicklingError):
            raise FtlintError(
                f"cannot read {self.job.path}: a worker process died ({_cause(self.process.wait())}) at bytes "
                f"{part.start:,} to {part.end:,}; run again with --jobs 1, which needs no other process"
            ) from None
        if isinstance(answer, BaseException):
            raise answer
        result: ChunkResult = answer
        return result

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.wait()
        self.answers.close()
        with suppress(OSError):  # a question that nobody reads any more
            self.questions.close()


class _Forked:
    """A copy of this process, by its number."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.status: int | None = None

    def kill(self) -> None:
        import signal

        if self.status is None:
            with suppress(ProcessLookupError):
                os.kill(self.number, signal.SIGKILL)

    def wait(self) -> int:
        if self.status is None:
            try:
                self.status = os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])
            except ChildProcessError:  # someone else has waited for it
                return 0
        return self.status


def _forked(job: Job, others: list[Child]) -> tuple[_Process, BinaryIO, BinaryIO]:
    asked, questions = os.pipe()
    answers, answered = os.pipe()
    number = os.fork()
    if not number:
        for other in others:  # whose questions must end when the parent does
            os.close(other.questions.fileno())
            os.close(other.answers.fileno())
        os.close(questions)
        os.close(answers)
        _work_and_exit(job, asked, answered)
    os.close(asked)
    os.close(answered)
    return _Forked(number), os.fdopen(questions, "wb"), os.fdopen(answers, "rb")


def _work_and_exit(job: Job, asked: int, answered: int) -> NoReturn:
    """In the new process, which must never return into the old one's code, nor run what that has set up for signals."""
    status = 1
    try:
        import signal

        for number in signal.valid_signals():
            if callable(signal.getsignal(number)):
                signal.signal(number, signal.SIG_DFL)
        work(job, os.fdopen(asked, "rb"), os.fdopen(answered, "wb"))
        status = 0
    except BrokenPipeError:  # the parent is gone
        pass
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def _spawned() -> tuple[_Process, BinaryIO, BinaryIO]:
    import subprocess

    if not sys.executable or hasattr(sys, "frozen"):
        raise OSError("there is no interpreter to start")
    # From where we import, too: not from the current directory, which may hold anything, unless we do.
    code = f"import sys; sys.path[:] = {sys.path!r}; from ftlint.engine.worker import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    assert process.stdin is not None and process.stdout is not None
    return process, process.stdin, process.stdout  # type: ignore[return-value]


def _cause(status: int) -> str:
    """Why a process ended."""
    if status >= 0:
        return f"exit status {status}"
    import signal

    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"

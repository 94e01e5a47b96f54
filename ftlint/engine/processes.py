"""
Large files on several cores: a process for each range of bytes, cut at line ends; results merge in order.

By `fork`, which inherits the compiled schema and costs a millisecond. Where there is none (Windows), where it is not
safe (macOS), for standard input and for small files, one process does all. The findings are the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

from ftlint.engine.result import ChunkResult, Combine

WORTHWHILE_BYTES = 8 << 20
"""A range below this is scanned before a second process would have begun to pay."""
PIECE_BYTES = 1 << 16

Scan = Callable[["Range"], ChunkResult]


@dataclass(slots=True)
class Range:
    """Bytes of an open file from `position` to `end`, to be read like a stream. Reading moves no shared offset."""

    descriptor: int
    position: int
    end: int

    def seek(self, position: int) -> None:
        """Read from there on."""
        self.position = position

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`."""
        data = os.pread(self.descriptor, min(size, self.end - self.position), self.position)
        self.position += len(data)
        return data


def cores() -> int:
    """How many processes can run at once here; 1 where processes cannot be forked."""
    if not sys.platform.startswith("linux"):
        return 1
    return len(os.sched_getaffinity(0))


def cut(descriptor: int, start: int, end: int, jobs: int) -> list[Range]:
    """At most `jobs` ranges of at least `WORTHWHILE_BYTES`, each but the last ending behind a newline."""
    pieces = max(1, min(jobs, (end - start) // WORTHWHILE_BYTES))
    marks = [start]
    for number in range(1, pieces):
        mark = _line_end(descriptor, max(start + (end - start) * number // pieces, marks[-1]), end)
        if marks[-1] < mark < end:
            marks.append(mark)
    return [Range(descriptor, low, high) for low, high in zip(marks, [*marks[1:], end], strict=True)]


def scan_ranges(ranges: list[Range], scan: Scan, combine: Combine) -> ChunkResult:
    """
    Scan the first range here and each other one in a process of its own.

    A process that dies is made good for here, so that nothing is lost but time.
    """
    workers = [_Worker(part, scan) for part in ranges[1:]]
    try:
        whole = scan(ranges[0])
        for worker in workers:
            whole.absorb(worker.result(), combine)
    finally:
        for worker in workers:
            worker.stop()
    return whole


def _line_end(descriptor: int, position: int, end: int) -> int:
    """The first byte behind the newline that comes next."""
    while position < end:
        piece = os.pread(descriptor, PIECE_BYTES, position)
        found = piece.find(b"\n")
        if found >= 0:
            return position + found + 1
        if not piece:
            break
        position += len(piece)
    return end


class _Worker:
    """A process that scans one range and sends its result through a pipe."""

    def __init__(self, part: Range, scan: Scan) -> None:
        self.part, self.scan = part, scan
        self.source, sink = os.pipe()
        self.process = os.fork()
        if self.process:
            os.close(sink)
            return
        status = 1
        try:  # from here on in the new process, which must never return into the old one's code
            import pickle

            os.close(self.source)
            with os.fdopen(sink, "wb") as pipe:
                pickle.dump(scan(Range(part.descriptor, part.position, part.end)), pipe, pickle.HIGHEST_PROTOCOL)
            status = 0
        except BaseException:  # Ctrl-C reaches both processes; any other failure the old one meets again, and reports
            status = 1
        finally:
            os._exit(status)

    def result(self) -> ChunkResult:
        with os.fdopen(os.dup(self.source), "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(self.process, 0)
        self.process = 0
        if status != 0:
            return self.scan(self.part)
        import pickle

        found: ChunkResult = pickle.loads(data)
        return found

    def stop(self) -> None:
        """End the process, if it still runs."""
        os.close(self.source)
        if self.process:
            import signal

            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)

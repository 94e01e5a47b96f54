"""
Large files on several cores: processes that take one range of the file after another; results merge in file order.

Where nothing can go wrong, a process is forked, which takes a millisecond and inherits what the first rows needed: on
Linux, where there is a single thread, as on the command line. Elsewhere (macOS, Windows, a program with threads that
uses the library) a new interpreter is started. It is told where to import from and what to do, and nothing else: the
program that called us is not run a second time, whether it is a script without a `__main__` guard, a notebook, or
`python -c`.

This process scans along. Ranges are handed out as processes ask for them, so that it does most of the work while they
start, and a file whose second half is harder keeps all of them busy. A range is so small that an interruption is
prompt, and that a process whose parent was killed soon notices that nobody asks any more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from ftlint.engine.context import Context
from ftlint.engine.ranges import Range, cut
from ftlint.engine.result import ChunkResult
from ftlint.sources.files import Source

if TYPE_CHECKING:
    from ftlint.engine.cache import Cache
    from ftlint.engine.children import Child
    from ftlint.engine.worker import Job

Start = Literal["fork", "spawn"]

WORTHWHILE_BYTES: dict[tuple[Start, bool], int] = {
    ("fork", False): 4 << 20,
    ("fork", True): 2 << 20,
    ("spawn", False): 16 << 20,
    ("spawn", True): 8 << 20,
}
"""
The bytes that are worth a process, by the way it starts and whether the tokens of every row are counted.

From twice as many on, two processes need at most nine tenths of one's time; with a quarter of that they need longer.
(Computed from processor time, medians on 2 cores, 2026-11-25: a forked process costs 20 ms, a new interpreter 100 ms
and, where tokens are counted, 300 ms more for the vocabulary; a megabyte is scanned in 8 to 13 ms, counted in 65.)
"""

RANGES = 4
"""
Ranges for each process. By the times of the parts of real files, the last of two processes then ends at most 2 % later
than if all took equally long; with one range each, it is up to 66 % where only half of the rows are so long that their
tokens are counted.
"""
MIN_RANGE, MAX_RANGE = 1 << 20, 16 << 20


def cores() -> int:
    """How many processes can run at once here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def how() -> Start:
    """How processes are started here: by `fork` where nothing can go wrong."""
    try:
        alone = sys.platform == "linux" and sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:
        alone = False
    return "fork" if alone else "spawn"


def scan_together(
    path: str, source: Source, context: Context, jobs: int, cache: Cache | None = None
) -> ChunkResult | None:
    """Scan a file of lines by up to `jobs` processes; None where one is as good, or where it cannot be opened twice."""
    whole = Range(source.start, source.size)
    size = whole.end - whole.start
    if jobs < 2 or size < 2 * min(WORTHWHILE_BYTES.values()):
        return None
    start = how()
    processes = min(jobs, size // WORTHWHILE_BYTES[start, context.floor == -1])
    if processes < 2:
        return None
    from ftlint.engine.worker import Job, identity

    job = Job(path, identity(os.fstat(source.stream.fileno())), context, cache)
    again = job.open()
    if again is None:
        return None
    with again as stream:
        ranges = cut(stream, whole, min(max(size // (processes * RANGES), MIN_RANGE), MAX_RANGE))
        parts = scan_ranges(job, stream, ranges, min(processes, len(ranges)) - 1, start)
    result = ChunkResult()
    for part in parts:
        result.absorb(part, context.combine)
    return result


def scan_ranges(job: Job, stream: BinaryIO, ranges: list[Range], helpers: int, start: Start) -> list[ChunkResult]:
    """
    Scan ranges here and in `helpers` other processes.

    Raises FtlintError where one of them dies, and what its work raised where that fails.
    """
    from collections import deque
    from queue import SimpleQueue
    from threading import Thread

    from ftlint.engine.children import Child, uninterrupted

    waiting = deque(enumerate(ranges))
    done: SimpleQueue[tuple[int, Any]] = SimpleQueue()

    def rest() -> Iterator[tuple[int, Range]]:
        with suppress(IndexError):
            while True:
                yield waiting.popleft()

    def serve(child: Child) -> None:
        index = -1
        try:
            if child.is_ready():
                for index, part in rest():
                    done.put((index, child.scan(part)))
        except BaseException as error:
            waiting.clear()
            done.put((index, error))

    children: list[Child] = []
    threads: list[Thread] = []
    results: dict[int, ChunkResult] = {}
    try:
        if start == "fork":  # copies inherit what the first rows make us import and load, which takes longer than they
            results[0] = job.scan(stream, ranges[0])
            waiting.popleft()
        with uninterrupted(), suppress(OSError):  # no more processes for us: those that are there do it
            for _ in range(helpers):
                children.append(Child(job, start, children))
        with suppress(RuntimeError):  # no more threads for us
            for child in children:
                thread = Thread(target=serve, args=(child,), daemon=True)
                thread.start()
                threads.append(thread)
        for index, part in rest():
            results[index] = job.scan(stream, part)
        while len(results) < len(ranges):
            index, result = done.get()
            if isinstance(result, BaseException):
                raise result
            results[index] = result
    finally:
        with uninterrupted():
            for child in children:
                child.stop()
        for thread in threads:  # a thread that is left would keep the next file from being scanned by copies
            thread.join(timeout=1)
    return [results[index] for index in range(len(ranges))]

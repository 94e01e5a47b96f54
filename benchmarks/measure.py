"""Time and memory of commands, each a process of its own; needs a POSIX system."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Command = Sequence[str]
BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds, processor seconds with those of its children, peak megabytes."""

    wall: float
    cpu: float
    peak: float


def run(command: Command, directory: Path) -> Run:
    """Run a command to its end, reading what it prints from a pipe. Raises RuntimeError when it fails."""
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=directory, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{printed.decode()[:2000]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * BYTES_OF_MAXRSS / 1e6)


def medians(
    commands: Mapping[str, Command],
    rounds: int,
    directory: Path,
    before: Mapping[str, Callable[[], None]] | None = None,
) -> dict[str, Run]:
    """
    Measure commands in rounds, one after another in each, so that a busy minute falls on all of them.

    Every second round goes backwards. Time is the median of the rounds, and so is memory. What is to be done
    `before` a command is no part of it.
    """
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds):
        for name in reversed(list(commands)) if number % 2 else commands:
            if before and name in before:
                before[name]()
            runs[name].append(run(commands[name], directory))
    return {
        name: Run(median(r.wall for r in some), median(r.cpu for r in some), median(r.peak for r in some))
        for name, some in runs.items()
    }

"""Inputs for a harness until the time is up, and what fails made small."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random

from tests.fuzz.harnesses import Harness
from tests.fuzz.mutate import mutated

MAX_SECONDS = 10.0
"""CPU time of one input; all are small, so what takes longer grows faster than it should."""
MAX_FAILURES = 10
SMALL = 4_000
"""Bytes of a seed that the suite tries."""
SHRINKING = 20.0
"""Seconds to make a failing input smaller."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that a harness does not hold for, made small; failures of one cause are one."""

    harness: str
    cause: str
    trace: str
    data: bytes

    @property
    def digest(self) -> str:
        """The name of its file."""
        return sha256(self.data).hexdigest()[:12]


@dataclass(slots=True)
class Outcome:
    """What came of one harness."""

    harness: str
    executions: int = 0
    slowest: float = 0.0
    failures: list[Failure] = field(default_factory=list)


def drive(harness: Harness, random: Random, seconds: float, executions: int | None = None) -> Outcome:
    """Each seed as it is, then seeds with accidents, until the time is up or so many `executions` are made."""
    outcome = Outcome(harness.name)
    seeds = harness.seeds()
    causes: set[str] = set()
    end = time.monotonic() + seconds
    while time.monotonic() < end and outcome.executions != executions and len(causes) < MAX_FAILURES:
        data = seeds[outcome.executions] if outcome.executions < len(seeds) else mutated(random, seeds)
        outcome.executions += 1
        start = time.process_time()
        cause = cause_of(harness, data)
        outcome.slowest = max(outcome.slowest, time.process_time() - start)
        if cause is not None and cause not in causes:
            causes.add(cause)
            outcome.failures.append(_failure(harness, cause, data))
    return outcome


def run(harness: Harness, data: bytes) -> None:
    """One input. Raises what the harness raises, and TimeoutError where it took too long."""
    start = time.process_time()
    harness.holds(data)
    took = time.process_time() - start
    if took > MAX_SECONDS:
        raise TimeoutError(f"{len(data):,} bytes took {took:.1f} s")


def cause_of(harness: Harness, data: bytes) -> str | None:
    """Where and how a harness fails for an input; None where it holds."""
    try:
        run(harness, data)
    except TimeoutError:
        return "TimeoutError"
    except BaseException as error:  # a panic of Rust is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {last.name}, line {last.lineno} of {last.filename.rsplit('/', 1)[-1]}"
    return None


def _failure(harness: Harness, cause: str, data: bytes) -> Failure:
    data = shrunk(harness, cause, data)
    try:
        run(harness, data)
    except BaseException:
        return Failure(harness.name, cause, traceback.format_exc(limit=-4), data)
    return Failure(harness.name, cause, "It does not fail again.", data)


def shrunk(harness: Harness, cause: str, data: bytes) -> bytes:
    """A smaller input that fails in the same way: pieces are left out as long as it still does."""
    end = time.monotonic() + SHRINKING
    size = len(data) // 2
    while size and time.monotonic() < end:
        position = 0
        while position < len(data) and time.monotonic() < end:
            shorter = data[:position] + data[position + size :]
            if cause_of(harness, shorter) == cause:
                data = shorter
            else:
                position += size
        size //= 2
    return data

"""`python -m tests.fuzz --seconds 60 [--only reader] [--seed N] [--jobs 2]`, and `--only reader --input FILE`."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import traceback
from pathlib import Path
from random import Random

from tests.fuzz.drive import Failure, Outcome, drive, run
from tests.fuzz.harnesses import HARNESSES, Harness

FAILURES = Path("fuzz-failures")
"""Where inputs that failed are kept."""


def main() -> int:
    """Run the harnesses, print the number of executions of each, and keep what failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="for all harnesses together")
    parser.add_argument("--only", choices=[harness.name for harness in HARNESSES], help="one harness")
    parser.add_argument("--seed", type=int, help="of the accidents; a new one by default")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="processes")
    parser.add_argument("--input", type=Path, help="run one harness on the bytes of a file")
    given = parser.parse_args()
    harnesses = [harness for harness in HARNESSES if given.only in (None, harness.name)]
    if given.input is not None:
        for harness in harnesses:
            run(harness, given.input.read_bytes())
            print(f"{harness.name}: holds")
        return 0
    seed = given.seed if given.seed is not None else Random().randrange(10**9)
    print(f"seed {seed}, {given.seconds:g} seconds")
    tasks = [
        (harness.name, f"{seed}-{job}", given.seconds / len(harnesses))
        for harness in harnesses
        for job in range(given.jobs)
    ]
    with multiprocessing.Pool(given.jobs) as pool:
        outcomes = pool.map(_driven, tasks, chunksize=1)
    for harness in harnesses:
        _tell(harness, [outcome for outcome in outcomes if outcome.harness == harness.name])
    total = sum(outcome.executions for outcome in outcomes)
    failures = {(failure.harness, failure.cause): failure for outcome in outcomes for failure in outcome.failures}
    print(f"{total:,} executions, {len(failures)} failures")
    for failure in failures.values():
        _keep(failure)
    return 1 if failures else 0


def _driven(task: tuple[str, str, float]) -> Outcome:
    name, seed, seconds = task
    (harness,) = (harness for harness in HARNESSES if harness.name == name)
    return drive(harness, Random(f"{name}-{seed}"), seconds)


def _tell(harness: Harness, outcomes: list[Outcome]) -> None:
    executions = sum(outcome.executions for outcome in outcomes)
    slowest = max(outcome.slowest for outcome in outcomes)
    print(f"{harness.name:<14} {executions:>9,} executions, slowest {slowest:.2f} s of CPU time")


def _keep(failure: Failure) -> None:
    FAILURES.mkdir(exist_ok=True)
    path = FAILURES / f"{failure.harness}-{failure.digest}"
    path.write_bytes(failure.data)
    print(f"\n{failure.harness} fails: {failure.cause}")
    print(failure.trace.rstrip())
    print(f"input: {failure.data[:2000]!r}{' …' if len(failure.data) > 2000 else ''}")
    print(f"again: python -m tests.fuzz --only {failure.harness} --input {path}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Exception:
        traceback.print_exc()
        sys.exit(1)

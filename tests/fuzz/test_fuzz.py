"""Each harness holds for its seeds and for some accidents; `python -m tests.fuzz` makes more of them."""

import subprocess
import sys
from random import Random

import pytest

from tests.fuzz import drive
from tests.fuzz.harnesses import HARNESSES, Harness
from tests.fuzz.mutate import MAX_BYTES, mutated
from tests.support import ROOT

ACCIDENTS = 60
"""Of each harness, beside its seeds; the same in every run."""


@pytest.mark.parametrize("harness", HARNESSES, ids=lambda harness: harness.name)
def test_a_harness_holds(harness):
    own = [seed for seed in harness.seeds() if len(seed) <= drive.SMALL]
    small = Harness(harness.name, harness.holds, lambda: tuple(own[:: len(own) // 40 + 1]))
    outcome = drive.drive(small, Random(1), 60, executions=len(small.seeds()) + ACCIDENTS)
    assert outcome.failures == []
    assert outcome.executions > 0


def test_accidents_change_seeds_in_many_ways_and_are_the_same_again():
    seeds = HARNESSES[0].seeds()
    made = [mutated(Random(number), seeds) for number in range(300)]
    assert made == [mutated(Random(number), seeds) for number in range(300)]
    assert len(set(made)) > 270
    assert not set(made) <= set(seeds)
    assert max(map(len, made)) <= MAX_BYTES


def test_an_input_that_fails_is_made_small_and_told_once():
    def holds(data):
        assert b"7" not in data

    harness = Harness("digits", holds, lambda: (b"".join(b"%d," % number for number in range(200)),))
    outcome = drive.drive(harness, Random(1), 60, executions=20)
    (failure,) = outcome.failures
    assert failure.data == b"7"
    assert failure.cause.startswith("AssertionError in holds, line ")


def test_an_input_that_takes_too_long_fails(monkeypatch):
    monkeypatch.setattr(drive, "MAX_SECONDS", 0.01)
    harness = Harness("loop", lambda data: None if len(data) < 9 else sum(range(3_000_000)), lambda: (b"x" * 20,))
    (failure,) = drive.drive(harness, Random(1), 60, executions=1).failures
    assert failure.cause == "TimeoutError"
    assert len(failure.data) == 9


def test_one_command_runs_a_harness_and_tells_its_executions(tmp_path):
    command = [sys.executable, "-m", "tests.fuzz", "--seconds", "1", "--only", "tokens", "--seed", "3", "--jobs", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "executions, 0 failures" in done.stdout

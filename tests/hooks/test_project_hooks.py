"""The hooks for whole datasets under the real pre-commit and the real prek."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

FTLINT = Path(sys.executable).with_name("ftlint")
CONFIG = """\
today = 2026-09-01

[[dataset]]
name = "chat"
train = "train.jsonl"
model = "gpt-4o-mini"
"""
PROGRAMS = pytest.mark.parametrize("program", ["pre-commit", "prek"])


def ran(machine, program, hook, repository):
    words = (program, "run", hook, "--hook-stage", "manual", "--all-files", "--verbose")
    return machine.run(*words, cwd=repository)


def told(done):
    """What a hook printed itself."""
    return [line for line in done.stdout.splitlines()[1:] if line.strip() and not line.strip().startswith("- ")]


@PROGRAMS
def test_the_project_passes_in_silence_and_fails_over_budget_and_for_drift(machine, project, good, program):
    repository = project(train_jsonl=good)
    (repository / "ftlint.toml").write_text(CONFIG)
    machine.must(FTLINT, "lock", cwd=repository)
    machine.must("git", "add", "--all", cwd=repository)
    done = ran(machine, program, "ftlint-project", repository)
    assert (done.returncode, told(done)) == (0, []), done.stdout + done.stderr
    (repository / "ftlint.toml").write_text(CONFIG + "[dataset.budget]\nmax-rows = 11\n")
    done = ran(machine, program, "ftlint-project", repository)
    assert done.returncode == 1
    assert "chat: train.jsonl: max-rows 11: 12, exceeded" in done.stdout
    (repository / "ftlint.toml").write_text(CONFIG)
    machine.repository(repository, {"train.jsonl": [*good, good[0]]})
    done = ran(machine, program, "ftlint-project", repository)
    assert done.returncode == 1
    assert "FT710 Content differs from the lock: 12 → 13 rows (+1)" in done.stdout


@PROGRAMS
def test_a_validation_row_that_is_trained_on_fails_the_project(machine, project, good, program):
    repository = project(train_jsonl=good, valid_jsonl=good[:1])
    (repository / "ftlint.toml").write_text(CONFIG + 'validation = "valid.jsonl"\n')
    done = ran(machine, program, "ftlint-project", repository)
    assert done.returncode == 1
    assert "valid.jsonl:1:1 error FT704 Row is trained on as well: row 1 of train.jsonl" in done.stdout
    assert "[chat]" in done.stdout


@PROGRAMS
def test_the_budget_prints_totals_and_gates_and_fails_when_one_does_not_hold(machine, project, good, program):
    repository = project(train_jsonl=good)
    (repository / "ftlint.toml").write_text(CONFIG + "[dataset.budget]\nmax-cost = 1\n")
    done = ran(machine, program, "ftlint-budget", repository)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "train.jsonl: 12 rows, 180 tokens" in done.stdout
    assert "train.jsonl: max-cost $1.00: $0.0043, ok" in done.stdout
    (repository / "ftlint.toml").write_text(CONFIG + "[dataset.budget]\nmax-cost = 0\n")
    assert ran(machine, program, "ftlint-budget", repository).returncode == 1


@PROGRAMS
def test_a_project_without_datasets_fails_with_one_sentence(machine, project, good, program):
    done = ran(machine, program, "ftlint-project", project(train_jsonl=good))
    assert done.returncode == 1 and "no dataset is configured" in done.stdout


@PROGRAMS
def test_many_files_are_one_run_in_the_order_of_the_configuration(machine, project, bad, program):
    names = [f"{'long' * 40}{number:04}" for number in range(1200)]  # more than one command line holds
    repository = project(**{f"{name}_jsonl": bad[4:5] for name in names})
    files = json.dumps([f"{name}.jsonl" for name in names[:30]])
    (repository / "ftlint.toml").write_text(f'ignore = ["FT504"]\n[[dataset]]\nname = "many"\ntrain = {files}\n')
    done = ran(machine, program, "ftlint-project", repository)
    assert done.returncode == 1
    assert done.stdout.count("Found ") == 1 and "Found 30 errors" in done.stdout

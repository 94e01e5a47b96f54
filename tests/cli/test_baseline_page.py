"""What docs/baseline.md shows is what ftlint does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.cli.pages import blocks, commands, run_all
from tests.support import ROOT

PAGE = "baseline.md"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def clone(tmp_path):
    """A clone of a repository with a file and a directory of files, in which the file was changed."""
    origin = tmp_path / "origin"
    (origin / "data").mkdir(parents=True)
    for name in ("train.jsonl", "data/more.jsonl"):
        shutil.copy(ROOT / "examples/chat.jsonl", origin / name)
    _git(origin, "init", "-q", "-b", "main")
    _git(origin, "add", "-A")
    _git(origin, "commit", "-q", "-m", "one")
    _git(tmp_path, "clone", "-q", f"file://{origin}", "clone")
    train = tmp_path / "clone" / "train.jsonl"
    roles = {"system": "You sell bicycles.", "user": "Is it red?", "assistant": ""}
    row = {"messages": [{"role": role, "content": text} for role, text in roles.items()]}
    first = train.read_bytes().splitlines(keepends=True)[0]
    train.write_bytes(train.read_bytes() + first + json.dumps(row).encode() + b"\n")
    return Shell(tmp_path / "clone")


def _git(cwd: Path, *words: str) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *words]
    subprocess.run(command, cwd=cwd, check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})


def test_every_command_of_the_page_works_one_after_another(clone):
    assert len(commands(PAGE)) >= 9
    run_all(clone, PAGE)


def test_the_difference_looks_as_the_page_shows_it(clone):
    (shown,) = blocks(PAGE, "text")
    done = clone.run("check", "--base", "origin/main", "--totals", "--model", "gpt-4o-mini")
    assert done.stdout.endswith(f"\n{shown}"), done.stdout

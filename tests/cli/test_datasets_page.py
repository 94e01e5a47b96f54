"""What docs/datasets.md shows is what ftlint does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields

import pytest

from ftlint.config.load import load
from ftlint.config.settings import Budget, Dataset
from tests.cli.pages import blocks, commands, run_all
from tests.support import ROOT

PAGE = "datasets.md"
(CONFIGURATION,) = blocks(PAGE, "toml")
EXAMPLES = {
    "data/chats.jsonl": "chat.jsonl",
    "data/math.jsonl": "reinforcement.jsonl",
    "data/math-held.jsonl": "reinforcement-validation.jsonl",
    "grader.json": "grader.json",
}


@pytest.fixture
def project(shell, row):
    """The configuration of the page, and its files: one repeats a row of another, and one is validated with, too."""
    shell.file("ftlint.toml", f"today = 2026-09-01\n{CONFIGURATION}".encode())
    (shell.directory / "data").mkdir()
    for name, example in EXAMPLES.items():
        shutil.copy(ROOT / "examples" / example, shell.directory / name)
    first, second, *_ = (shell.directory / "data/chats.jsonl").read_bytes().splitlines(keepends=True)
    for name, more in {"mails": first, "held": second}.items():
        path = shell.directory / shell.file(f"data/{name}.jsonl", [row(f"{name} {n}?", f"{n}.") for n in range(12)])
        path.write_bytes(path.read_bytes() + more)
    return shell


def test_the_configuration_of_the_page_has_every_key(project):
    support, math = load(project.directory).settings.dataset
    for field in fields(Dataset):
        assert any(getattr(dataset, field.name) is not None for dataset in (support, math)), field.name
    assert all(getattr(support.budget, field.name) is not None for field in fields(Budget))


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_every_command_of_the_page_works_one_after_another(project):
    assert len(commands(PAGE)) >= 15
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "one")):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *words]
        subprocess.run(command, cwd=project.directory, check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})
    run_all(project, PAGE)


def test_findings_look_as_the_page_shows_them(project):
    shown, _ = blocks(PAGE, "text")
    (command,) = [line for line in commands(PAGE) if "concise" in line]
    done = project.run(*command.split()[1:])
    assert (done.returncode, done.stdout) == (1, shown)


def test_the_totals_of_datasets_look_as_the_page_shows_them(project):
    _, shown = blocks(PAGE, "text")
    assert project.run("stats").stdout.endswith(f"\n\n{shown}")


def test_the_program_of_the_page_runs(project):
    (program,) = blocks(PAGE, "python")
    done = subprocess.run([sys.executable, "-c", program], cwd=project.directory, capture_output=True, text=True)
    assert done.stderr == ""
    assert "support max-duplicates 1 exceeded\n" in done.stdout
    assert "support data/held.jsonl 13 FT704" in done.stdout


def test_the_hooks_of_the_page_are_there():
    (shown,) = blocks(PAGE, "yaml")
    hooks = dict(re.findall(r"- id: ([\w-]+) +# (ftlint [^,\n]*)", shown))
    known = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert set(hooks) == {"ftlint-project", "ftlint-budget"}
    for name, command in hooks.items():
        assert re.search(rf"- id: {name}\n(?:  .*\n)*?  entry: {command}\n", known)

"""`ftlint init`: a configuration for what is there, and never over one that is."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support import PAIR, ROOT, alike, chat

OTHERS = [chat("system: Be brief.", f"user: Who was {name}?", "assistant: A poet.") for name in ("Ada", "Bo", "Cy")]
ROWS = [chat("system: Be brief.", f"user: What is {number}?", f"assistant: It is {number}.") for number in range(12)]
QUESTIONS = [chat(f"user: What is {number}?", answer=str(number)) for number in range(12)]


def configured(shell):
    return tomllib.loads((shell.directory / "ftlint.toml").read_text(encoding="utf-8"))


def test_files_that_belong_together_become_one_dataset_by_their_names(shell):
    shell.file("data/support.train.jsonl", ROWS)
    shell.file("data/support.validation.jsonl", OTHERS)
    shell.file("data/support.test.jsonl", ROWS[:3])
    shell.file("data/pairs.jsonl", alike(12, PAIR))
    done = shell.run("init")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (
        "ftlint.toml written, with 2 datasets\n"
        "  data-pairs: preference, data/pairs.jsonl\n"
        "  data-support: chat, data/support.train.jsonl, data/support.validation.jsonl\n"
    )
    assert done.stderr == "next: ftlint check\n"
    table = configured(shell)
    assert "model" not in table
    assert table["dataset"] == [
        {"name": "data-pairs", "train": "data/pairs.jsonl"},
        {
            "name": "data-support",
            "train": "data/support.train.jsonl",
            "validation": "data/support.validation.jsonl",
        },
    ]
    assert table["per-file-ignores"] == {
        "data/support.test.jsonl": ["FT504"],
        "data/support.validation.jsonl": ["FT504"],
    }
    assert shell.run("check").returncode == 0


def test_one_dataset_is_what_a_check_is_about(shell):
    shell.file("rft_train.jsonl", QUESTIONS)
    shell.file("rft_valid.jsonl", QUESTIONS[:2])
    (shell.directory / "grader.json").write_bytes((ROOT / "examples" / "grader.json").read_bytes())
    shell.run("init")
    table = configured(shell)
    assert (table["validation"], table["grader"], table["method"]) == (
        "rft_valid.jsonl",
        "grader.json",
        "reinforcement",
    )
    assert table["dataset"][0]["method"] == "reinforcement"
    done = shell.run("check", "--output-format", "concise")
    assert "FT504" not in done.stdout and "FT615" not in done.stdout and "FT201" not in done.stdout


@pytest.mark.parametrize(
    ("names", "pair"),
    [
        (("train.jsonl", "valid.jsonl"), ("train.jsonl", "valid.jsonl")),
        (("train/a.jsonl", "dev/a.jsonl", "train/b.jsonl"), ("train/a.jsonl", "dev/a.jsonl")),
        (("chat.jsonl", "validation.jsonl"), ("chat.jsonl", "validation.jsonl")),
        (("my_Training_data.jsonl", "my_Val_data.jsonl"), ("my_Training_data.jsonl", "my_Val_data.jsonl")),
        (("latest.jsonl", "validated.jsonl"), ("latest.jsonl", None)),
    ],
)
def test_names_say_what_a_file_is_for(shell, names, pair):
    for name in names:
        shell.file(name, ROWS)
    shell.run("init")
    first = configured(shell)["dataset"][0]
    assert (first["train"], first.get("validation")) == pair


def test_what_is_in_no_dataset_is_told_with_the_reason(shell):
    shell.file("train.jsonl", ROWS)
    shell.file("train.removed.jsonl", ROWS)
    shell.file("old_validation.jsonl", [PAIR])
    shell.file("talk.jsonl", [{"conversations": [{"from": "human", "value": "Hi"}]}])
    shell.file("log.jsonl", [{"level": "info"}])
    shell.file("empty.jsonl", b"")
    done = shell.run("init")
    assert [line for line in done.stderr.splitlines() if line.startswith("ftlint: note: ")] == [
        "ftlint: note: empty.jsonl is not listed: File is empty",
        "ftlint: note: log.jsonl is not listed: rows of no known format",
        "ftlint: note: talk.jsonl is not listed: rows of ShareGPT",
        "ftlint: note: old_validation.jsonl is not listed: for validation by its name, of no training file here",
    ]
    assert [one["train"] for one in configured(shell)["dataset"]] == ["train.jsonl"]


@pytest.mark.parametrize(
    "name", ['quo"te.jsonl', "back\\slash.jsonl", "new\nline.jsonl", "[a].train.jsonl", "ünï😀\x7f.jsonl", "#.jsonl"]
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_any_name_of_a_file_gives_a_configuration_that_loads(shell, name):
    shell.file(name, ROWS)
    shell.file(name.replace(".jsonl", ".test.jsonl"), ROWS[:2])
    shell.file(f"x.{name}", b"[1]\n")
    done = shell.run("init")
    assert done.returncode == 0, done.stderr
    assert configured(shell)["dataset"][0]["train"] == name
    assert shell.run("check", name, name.replace(".jsonl", ".test.jsonl")).returncode == 0


def test_a_directory_without_data_gets_a_configuration_to_fill_in(shell):
    done = shell.run("init")
    assert done.stdout == "ftlint.toml written, with no datasets\n"
    assert configured(shell) == {}
    shell.file("train.jsonl", ROWS)
    assert shell.run("check").returncode == 0


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("ftlint.toml", b"# mine\n", "there is an ftlint.toml already; nothing is written"),
        ("pyproject.toml", b"[tool.ftlint]\n", "pyproject.toml has a table [tool.ftlint] already; nothing is written"),
    ],
)
def test_a_configuration_that_is_there_is_never_overwritten(shell, name, content, message):
    shell.file(name, content)
    done = shell.run("init")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"ftlint: error: {message}\n")
    assert [(path.name, path.read_bytes()) for path in shell.directory.iterdir()] == [(name, content)]


def test_a_configuration_further_up_is_mentioned_as_it_no_longer_holds(shell):
    shell.file("pyproject.toml", b"[tool.ftlint]\n")
    shell.file("data/train.jsonl", ROWS)
    done = shell.run("init", cwd="data")
    assert done.returncode == 0
    assert "pyproject.toml no longer holds in this directory" in done.stderr


def test_the_hook_that_is_written_runs(shell):
    shell.file("train.jsonl", ROWS)
    assert shell.run("init", "--pre-commit").returncode == 0

    def run(*words):
        path = f"{Path(sys.executable).parent}:{shell.environment['PATH']}"
        environment = {**shell.environment, "PATH": path, "PRE_COMMIT_HOME": str(shell.directory / ".cache")}
        return subprocess.run(words, cwd=shell.directory, env=environment, capture_output=True, text=True)

    run("git", "init", "-q")
    run("git", "add", "-A")
    pre_commit = str(Path(sys.executable).with_name("pre-commit"))
    assert (done := run(pre_commit, "run", "--all-files")).returncode == 0, done.stdout
    shell.file("train.jsonl", [*ROWS, chat("user: Hi")])
    run("git", "add", "-A")
    done = run(pre_commit, "run", "--all-files")
    assert done.returncode == 1
    assert "FT202" in done.stdout or "FT201" in done.stdout


def test_hooks_that_are_there_stay_and_the_entry_is_printed(shell):
    shell.file(".pre-commit-config.yaml", b"repos: []\n")
    shell.file("ftlint.toml", b"# mine\n")
    done = shell.run("init", "--pre-commit")
    assert done.returncode == 0
    assert "- id: ftlint\n" in done.stdout
    assert "there is an ftlint.toml already; it stays as it is" in done.stderr
    assert (shell.directory / ".pre-commit-config.yaml").read_bytes() == b"repos: []\n"
    assert (shell.directory / "ftlint.toml").read_bytes() == b"# mine\n"

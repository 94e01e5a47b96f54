"""0 clean, 1 findings, 2 the call was wrong, something could not be read, or we were wrong."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest


def assert_one_sentence(done, *words: str) -> None:
    """A wrong call: nothing on stdout, one line on stderr, exit status 2."""
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ftlint: error: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_a_clean_file_exits_with_0_and_says_nothing_in_a_pipe(shell, clean):
    done = shell.run("check", clean)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_findings_exit_with_1_and_go_to_standard_output(shell, broken):
    done = shell.run("check", broken)
    assert (done.returncode, done.stderr) == (1, "")
    assert "broken.jsonl:3:83 error FT211 Assistant turn is empty\n" in done.stdout


@pytest.mark.parametrize("command", ["check", "stats", "models", "rule", "schema"])
def test_an_unknown_option_is_a_wrong_call(shell, command):
    assert_one_sentence(shell.run(command, "--nonsense"), "--nonsense")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--model", "gpt-4o-mimi"], ['unknown model "gpt-4o-mimi"', 'Did you mean "gpt-4o-mini"?']),
        (["--model", "opemai/gpt-4o"], ['unknown provider "opemai"', 'Did you mean "openai"?']),
        (["--select", "FT999"], ['unknown rule "FT999" in select']),
        (["--ignore", "empty-asistant"], ['unknown rule "empty-asistant"', 'Did you mean "empty-assistant"?']),
        (["--per-file-ignores", "*.jsonl:FT999"], ['unknown rule "FT999" in per-file-ignores']),
        (["--per-file-ignores", "FT211"], ["GLOB:RULE"]),
        (["--method", "ppo"], ["ppo"]),
        (["--format", "csv"], ["csv"]),
        (["--epochs", "0"], ["--epochs"]),
        (["--max-cost", "cheap"], ['"cheap" is not a sum in dollars']),
        (["--max-cost", "nan"], ['"nan" is not a sum in dollars']),
        (["--max-tokens", "-1"], ["--max-tokens"]),
        (["--today", "tomorrow"], ['"tomorrow" is not a day']),
        (["--fail-on", "fatal"], ["fatal"]),
        (["--output-format", "xml"], ["xml"]),
        (["--config", "nowhere.toml"], ["nowhere.toml", "No such file"]),
    ],
)
def test_a_wrong_value_is_one_sentence_with_the_remedy(shell, clean, options, words):
    assert_one_sentence(shell.run("check", clean, *options), *words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('modle = "gpt-4o"', ['unknown key "modle" in ftlint.toml', 'Did you mean "model"?']),
        ('select = "FT2"', ['wrong value for "select" in ftlint.toml']),
        ("epochs = 'many'", ['wrong value for "epochs" in ftlint.toml']),
        ('ignore = ["FT999"]', ['unknown rule "FT999"']),
        ('model = "gtp-4o"', ['unknown model "gtp-4o"']),
        ("= 1", ["ftlint.toml is not valid TOML"]),
    ],
)
def test_a_wrong_configuration_is_one_sentence(shell, clean, content, words):
    shell.file("ftlint.toml", content.encode())
    assert_one_sentence(shell.run("check", clean), *words)


def test_an_unknown_key_of_pyproject_is_named_with_its_table(shell, clean):
    shell.file("pyproject.toml", b"[tool.ftlint]\nepoch = 3\n")
    done = shell.run("check", clean)
    assert_one_sentence(done, 'unknown key "epoch" in pyproject.toml, [tool.ftlint].', 'Did you mean "epochs"?')


def test_an_unknown_command_is_a_wrong_call_with_a_suggestion(shell):
    assert_one_sentence(shell.run("chekc"), 'no such command "chekc". Did you mean "check"?')


def test_without_paths_the_current_directory_is_checked(shell, broken):
    done = shell.run("check")
    assert done.returncode == 1
    assert "broken.jsonl:3:83 error FT211" in done.stdout


@pytest.mark.parametrize("command", ["check", "stats"])
def test_a_missing_file_is_named(shell, command):
    assert_one_sentence(shell.run(command, "nowhere.jsonl"), "cannot read nowhere.jsonl: no such file or directory")


@pytest.mark.parametrize("command", ["check", "stats"])
def test_a_directory_without_training_files_is_not_passed_in_silence(shell, command):
    shell.file("data/notes.md", b"# Notes\n")
    done = shell.run(command, "data")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "ftlint: note: no .jsonl or .ndjson file found\n"


def test_a_directory_with_training_files_is_searched_to_the_bottom(shell, broken):
    (shell.directory / "deep/er").mkdir(parents=True)
    (shell.directory / broken).rename(shell.directory / "deep/er/UP.JSONL")
    shell.file("deep/.hidden/rows.jsonl", b"no")
    shell.file("deep/node_modules/rows.jsonl", b"no")
    shell.file("deep/rows.json", b"no")
    report = shell.report("deep")
    assert [file["path"] for file in report["files"]] == [str(Path("deep/er/UP.JSONL"))]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(shell, clean):
    (shell.directory / clean).chmod(0)
    assert_one_sentence(shell.run("check", clean), "cannot read clean.jsonl: permission denied")


def test_what_cannot_be_opened_is_unreadable(shell):
    (shell.directory / "loop.jsonl").symlink_to("loop.jsonl")
    assert_one_sentence(shell.run("check", "loop.jsonl"), "cannot read loop.jsonl: ")


def test_a_socket_is_unreadable(shell, monkeypatch):
    monkeypatch.chdir(shell.directory)  # a socket's address has to be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s.jsonl")
        assert_one_sentence(shell.run("check", "s.jsonl"), "cannot read s.jsonl: ")


def test_of_several_files_those_that_can_be_read_are_checked(shell, clean, broken):
    done = shell.run("check", clean, "nowhere.jsonl", broken)
    assert done.returncode == 2
    assert done.stderr == "ftlint: error: cannot read nowhere.jsonl: no such file or directory\n"
    assert "broken.jsonl:3:83 error FT211" in done.stdout


def test_a_missing_file_leaves_the_json_report_of_the_others_whole(shell, clean):
    done = shell.run("check", clean, "nowhere.jsonl", "--output-format", "json")
    assert done.returncode == 2
    assert [file["path"] for file in json.loads(done.stdout)["files"]] == ["clean.jsonl"]


@pytest.mark.parametrize(
    ("fail_on", "error", "warning", "info"),
    [(None, 1, 0, 0), ("error", 1, 0, 0), ("warning", 1, 1, 0), ("info", 1, 1, 1), ("never", 0, 0, 0)],
)
def test_fail_on_is_the_least_severity_that_counts(shell, broken, fail_on, error, warning, info):
    options = ["--fail-on", fail_on] if fail_on else []
    with_info = shell.file("info.jsonl", (shell.directory / broken).read_bytes().replace(b"\n", b"\r\n"))
    assert shell.run("check", broken, "--select", "FT211", *options).returncode == error
    assert shell.run("check", broken, "--select", "FT207", *options).returncode == warning
    assert shell.run("check", with_info, "--select", "FT010", *options).returncode == info


def test_exit_zero_hides_findings_from_the_exit_status_and_nothing_else(shell, broken):
    done = shell.run("check", broken, "--exit-zero")
    assert done.returncode == 0
    assert "FT211" in done.stdout
    assert shell.run("check", broken, "nowhere.jsonl", "--exit-zero").returncode == 2
    assert shell.run("check", broken, "--select", "FT999", "--exit-zero").returncode == 2


def test_an_internal_error_is_a_traceback_and_exits_with_2(shell, clean):
    code = (
        "import sys, ftlint.engine.run as engine\n"
        "def checked(*_, **__): raise ZeroDivisionError('a bug')\n"
        "engine.checked = checked\n"
        f"sys.argv = ['ftlint', 'check', '{clean}']\n"
        "from ftlint.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=shell.directory, env=shell.environment, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "ZeroDivisionError: a bug" in done.stderr
    assert done.stderr.endswith("ftlint: internal error; please report it with the lines above\n")


def test_ftlint_alone_shows_its_commands_and_exits_with_2(shell):
    done = shell.run()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ftlint")
    assert "\n  check " in done.stderr


def test_excluded_files_alone_are_no_error(shell, broken):
    done = shell.run("check", broken, "--exclude", "broken*", "--force-exclude")
    assert (done.returncode, done.stdout) == (0, "")

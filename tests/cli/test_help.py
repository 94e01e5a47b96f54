"""Help, version, and the ways to call it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import ftlint

COMMANDS = (
    *("init", "check", "convert", "split", "dedupe", "sample", "merge", "drop", "lock", "stats"),
    *("publish", "jobs", "files", "try", "models", "rule", "explain", "schema", "baseline", "cache"),
)


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_explains_itself(shell, command, option):
    done = shell.run(*filter(None, (command,)), option)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Usage: ftlint {command}".rstrip())
    assert "-h, --help" in done.stdout


def test_the_help_lists_every_command_in_the_order_of_use(shell):
    listed = shell.run("-h").stdout.split("Commands:\n")[1]
    assert [line.split()[0] for line in listed.splitlines() if line[2:3].isalpha()] == [*COMMANDS]


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_the_version_is_that_of_the_package(shell, option):
    assert shell.run(option).stdout == f"ftlint {ftlint.__version__}\n"


def test_python_m_ftlint_is_the_same_command(shell, broken):
    def call(*words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "ftlint", *words], cwd=shell.directory, env=shell.environment, capture_output=True
        )

    assert call("--version").stdout.decode() == f"ftlint {ftlint.__version__}\n"
    assert call("check", "--today", "2026-09-01", broken).stdout.decode() == shell.run("check", broken).stdout
    assert call("check", broken).returncode == 1
    assert call("check", "nowhere.jsonl").returncode == 2

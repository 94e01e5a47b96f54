"""The commands that a page of docs/ shows, and what they do."""

from __future__ import annotations

import re
import subprocess

from tests.cli.conftest import Shell
from tests.support import ROOT


def blocks(page: str, kind: str) -> list[str]:
    """The blocks of a page that are of a kind: `bash`, `text`, …"""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n((?:.*\n)*?)```", text)


def commands(page: str) -> list[str]:
    """The command lines of a page."""
    return [line for block in blocks(page, "bash") for line in block.splitlines()]


def run_all(shell: Shell, page: str) -> None:
    """Every command of a page does what it can, one after another: there may be findings, but nothing is wrong."""
    for line in commands(page):
        words = f"{shell.command()[0]}{line.removeprefix('ftlint')}"
        done = subprocess.run(words, shell=True, cwd=shell.directory, env=shell.environment, capture_output=True)
        assert done.returncode in (0, 1), (line, done.stderr)
        assert b"error:" not in done.stderr, (line, done.stderr)

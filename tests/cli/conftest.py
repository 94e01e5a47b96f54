"""Runs the real command, in a directory of its own and a clean environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support import alike

FTLINT = Path(sys.executable).with_name("ftlint")


class Shell:
    """A directory with files, and `ftlint` in it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.environment = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"}

    def file(self, name: str, rows: Iterable[object] | bytes) -> str:
        """Write rows, or bytes as they are; gives the name back."""
        content = rows if isinstance(rows, bytes) else b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return name

    def command(self, *words: object) -> list[str]:
        """The words of a command line; a day is fixed, so that a test of today passes in a year."""
        words = ("check", "--today", "2026-09-01", *words[1:]) if words[:1] == ("check",) else words
        return [str(FTLINT), *map(str, words)]

    def run(
        self, *words: object, stdin: bytes | None = b"", cwd: str = ".", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run in a pipe."""
        done = subprocess.run(
            self.command(*words),
            cwd=self.directory / cwd,
            env={**self.environment, **environment},
            input=stdin,
            capture_output=True,
            timeout=60,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    def report(self, *words: object, **environment: str) -> dict:
        """The report of `check` as JSON."""
        return json.loads(self.run("check", "--output-format", "json", *words, **environment).stdout)

    def codes(self, *words: object, **environment: str) -> set[str]:
        """The codes that `check` finds."""
        return {finding["code"] for finding in self.report(*words, **environment)["findings"]}

    def on_terminal(self, *words: object, **environment: str) -> tuple[int, str]:
        """Exit status and output where standard output and standard error are a terminal."""
        ours, theirs = pytest.importorskip("pty").openpty()
        process = subprocess.Popen(
            self.command(*words),
            cwd=self.directory,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        output = b""
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # Linux says so when the other end is closed
                break
            if not chunk:
                break
            output += chunk
        os.close(ours)
        return process.wait(timeout=60), output.decode().replace("\r\n", "\n")


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path)


def make_row(question: object = "Hi", answer: object = "Hello", **more: object) -> dict:
    return {"messages": [{"role": "user", "content": question}, {"role": "assistant", "content": answer}], **more}


@pytest.fixture(name="row")
def row_maker():
    """Makes a row: `row("question", "answer")`."""
    return make_row


@pytest.fixture
def clean(shell):
    """Twelve good rows."""
    return shell.file("clean.jsonl", alike(12, make_row()))


@pytest.fixture
def broken(shell):
    """Twelve rows: an error in the third (empty answer), a warning in the fifth (two system messages)."""
    rows = alike(12, make_row())
    rows[2] = make_row(answer=" ")
    system = {"role": "system", "content": "Be kind"}
    rows[4] = {"messages": [system, system, *make_row()["messages"]]}
    return shell.file("broken.jsonl", rows)

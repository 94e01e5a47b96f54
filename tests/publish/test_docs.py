"""The two commands that README and docs/publish.md show, run as they stand there; the transcript is what they print."""

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

PAGE = (ROOT / "docs" / "publish.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
VARIES = (
    (r"file-[0-9a-f]{24}", "file-…"),
    (r"ftjob-[0-9a-f]{24}", "ftjob-…"),
    (r"::[0-9a-f]{8}", "::…"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
)


def block(text, name):
    return re.search(rf"<!-- {name} -->\n```\w*\n(.*?)```", text, re.DOTALL)[1]


def constant(text):
    for pattern, name in VARIES:
        text = re.sub(pattern, name, text)
    return text


def words_of(line, port):
    """The words of a command, with the programs of this environment and another port; its variables apart."""
    words = shlex.split(line.replace("4010", str(port)))
    environment = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    words = [word for word in words if not re.match(r"[A-Z_]+=", word)]
    program = Path(words[0]).name
    return [sys.executable, *words[1:]] if program == "python" else [
        Path(sys.executable).with_name(program),
        *words[1:],
    ], environment


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_new_user_gets_from_a_file_to_a_model_with_two_commands(port, tmp_path):
    server, _ = words_of(block(PAGE, "servers").strip(), port)
    publish, environment = words_of(block(PAGE, "publish").strip(), port)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    running = subprocess.Popen(server, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert "The service listens" in running.stdout.readline()
        done = subprocess.run(
            [*publish, "--today", "2026-11-25"],
            cwd=tmp_path,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    finally:
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=10) == 0
    assert done.returncode == 0, done.stdout
    told = [line for line in constant(done.stdout).splitlines() if not line.startswith("ftlint: note: ")]
    shown = [line for line in constant(block(PAGE, "transcript")).splitlines() if not line.startswith("ftlint: note: ")]
    assert told == shown


def test_the_readme_shows_the_same_commands():
    for name in ("servers", "publish"):
        command = block(PAGE, name).strip().removeprefix("python ").split("ftlint publish ")[-1]
        assert command in README

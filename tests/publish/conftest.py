"""The shell of the command line's tests, with a key and no service."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.fixtures import *  # noqa: F403  # the services that are published to
from tests.support import chat

FTLINT = Path(sys.executable).with_name("ftlint")
KEY = "sk-" + "hidden" * 5
"""The key of every test; no output may hold it."""
FAST = "lag = 0.3\npoll = 0.02\nretry = 0.02\ntimeout = 10\n"
"""For a service on this machine: its lists do not lag, and nobody likes to wait."""


def rows(count=12, word="Hi"):
    return [chat("system: Be brief.", f"user: {word} {number}", "assistant: Hello.") for number in range(count)]


class Desk:
    """A directory with files, ftlint, and a key that must stay secret."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.environment = {**os.environ, "FTLINT_API_KEY": KEY, "TERM": "xterm", "PYTHONUTF8": "1"}
        self.environment.pop("OPENAI_API_KEY", None)

    def file(self, name, content):
        """Write rows, bytes or text; gives the name back."""
        path = self.directory / name
        if isinstance(content, str):
            content = content.encode()
        if not isinstance(content, bytes):
            content = b"".join(json.dumps(row).encode() + b"\n" for row in content)
        path.write_bytes(content)
        return name

    def service(self, url, **table):
        """Write a configuration with a destination `test` at this address."""
        more = "".join(f"{name.replace('_', '-')} = {json.dumps(value)}\n" for name, value in table.items())
        kept = "".join(line + "\n" for line in FAST.splitlines() if line.split(" =")[0] not in table)
        self.file("ftlint.toml", f'[destinations.test]\nbase-url = "{url}"\n{kept}{more}')

    def run(self, *words, **environment):
        """Run; whatever is printed or kept has no key in it."""
        done = subprocess.run(
            [FTLINT, *map(str, words)],
            cwd=self.directory,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
        )
        done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
        assert KEY not in done.stdout and KEY not in done.stderr
        self.assert_no_key_is_kept()
        return done

    def assert_no_key_is_kept(self):
        """No file that was written holds the key."""
        for path in self.directory.rglob("*"):
            if path.is_file():
                assert KEY.encode() not in path.read_bytes(), path


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)

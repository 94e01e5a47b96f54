"""A real git repository, with `ftlint` in it."""

from __future__ import annotations

import os
import subprocess

from tests.cli.conftest import Shell


class Repository(Shell):
    """A git repository with one commit, and `ftlint` in it."""

    def git(self, *words: str, cwd: str = ".") -> str:
        environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        options = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
        options += ("-c", "protocol.file.allow=always", "-c", "core.autocrlf=false")
        done = subprocess.run(
            ["git", *options, *words], cwd=self.directory / cwd, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "more")

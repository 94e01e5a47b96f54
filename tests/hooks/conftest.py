"""Git repositories with training data, and this checkout as a repository of hooks that is installed once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import alike

CHECKOUT = Path(__file__).parents[2]
SCRIPTS = Path(sys.executable).parent
GOOD = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
BAD = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": " "}]}
CONFIG = """\
repos:
- repo: {repository}
  rev: {revision}
  hooks:
  - id: ftlint
  - id: ftlint-fix
    stages: [manual]
  - id: ftlint-project
    stages: [manual]
  - id: ftlint-budget
"""


class Machine:
    """Commands in a clean environment, whose caches of hooks live in a temporary directory."""

    def __init__(self, home: Path) -> None:
        self.environment = {
            **os.environ,
            "PATH": f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}",
            "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "PREK_HOME": str(home / "prek"),
            "UV_NATIVE_TLS": "1",  # prek installs with uv, which else ignores the certificates of the system
            "GIT_CONFIG_GLOBAL": os.devnull,
            **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Tester"),
            **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "tester@example.com"),
        }

    def run(self, *command: object, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=500,
        )

    def must(self, *command: object, cwd: Path) -> str:
        done = self.run(*command, cwd=cwd)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def repository(self, where: Path, files: dict[str, list[dict]]) -> Path:
        """A git repository in which these files are staged."""
        where.mkdir(parents=True, exist_ok=True)
        for name, rows in files.items():
            (where / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        self.must("git", "init", "--quiet", cwd=where)
        self.must("git", "add", "--all", cwd=where)
        return where


@pytest.fixture(scope="session")
def machine(tmp_path_factory):
    for program in ("git", "pre-commit", "prek"):
        if shutil.which(program, path=f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}") is None:
            pytest.skip(f"{program} is not installed")
    return Machine(tmp_path_factory.mktemp("hook-homes"))


@pytest.fixture(scope="session")
def index(machine, tmp_path_factory):
    """An environment of a hook is made by pip, from a package index."""
    target = tmp_path_factory.mktemp("index")
    pip = ("-m", "pip", "download", "--quiet", "--no-deps", "--dest", target, "hatchling")
    if machine.run(sys.executable, *pip, cwd=target).returncode != 0:
        pytest.skip("pip reaches no package index")


@pytest.fixture(scope="session")
def hooks(machine, index, tmp_path_factory):
    """This checkout as it stands, uncommitted files too, as a repository with one commit; and that commit."""
    copy = tmp_path_factory.mktemp("ftlint-repository")
    listed = machine.must("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=CHECKOUT)
    for name in filter(None, listed.split("\0")):
        if (CHECKOUT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, copy / name)
    machine.must("git", "init", "--quiet", cwd=copy)
    machine.must("git", "add", "--all", cwd=copy)
    machine.must("git", "commit", "--quiet", "--message", "hooks", cwd=copy)
    return copy, machine.must("git", "rev-parse", "HEAD", cwd=copy).strip()


@pytest.fixture(scope="session")
def installed(machine, hooks, tmp_path_factory):
    """The text of a configuration whose hook is installed already."""
    config = CONFIG.format(repository=hooks[0], revision=hooks[1])
    project = machine.repository(tmp_path_factory.mktemp("install"), {})
    (project / ".pre-commit-config.yaml").write_text(config)
    machine.must("pre-commit", "install-hooks", cwd=project)
    return config


@pytest.fixture
def project(machine, installed, tmp_path):
    """Makes a repository that has the hook, and the files that are given."""

    def make(**files: list[dict]) -> Path:
        (tmp_path / ".pre-commit-config.yaml").write_text(installed)
        return machine.repository(tmp_path, {name.replace("_", "."): rows for name, rows in files.items()})

    return make


@pytest.fixture
def good():
    return alike(12, GOOD)


@pytest.fixture
def bad():
    """Twelve rows, of which the fifth has an empty answer."""
    rows = alike(12, GOOD)
    rows[4] = BAD
    return rows


@pytest.fixture(scope="session")
def offline():
    """The words to put before a command to run it without a network."""
    for words in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        if shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    pytest.skip("the kernel lets us cut no network off (unshare --net)")

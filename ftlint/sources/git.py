"""
Files as they are at a git commit, by git's own commands.

Names of files come from git with NUL behind them, so that no name, whatever it holds, is taken for anything else. What
is in files is read by `ftlint.sources.blobs`.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ftlint.core.errors import FtlintError
from ftlint.sources.files import SUFFIXES

KEPT = ("GIT_EXEC_PATH", "GIT_SSH", "GIT_SSL", "GIT_CONFIG", "GIT_ASKPASS", "GIT_CEILING_DIRECTORIES", "GIT_TRACE")
"""Of git's variables, those that do not say where the repository is: inside a hook, the others name its own."""
LFS = b"version https://git-lfs.github.com/spec/"
FILE_MODES = ("100644", "100755")


class Blob(NamedTuple):
    """A file at a commit: its path from the top of the repository, and the object that holds its content."""

    path: str
    object: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What is different in the working tree, by paths from the top of the repository."""

    files: tuple[str, ...]
    """Changed, renamed and new files."""
    renamed: dict[str, str]
    """The old paths of files that have a new one."""
    deleted: tuple[str, ...]


class Repository:
    """A repository, with the commit that files are compared with."""

    def __init__(self, directory: Path, ref: str) -> None:
        """Raises FtlintError where there is no repository, no git, or no such commit."""
        if not ref.removesuffix("...") or ref.startswith("-") or "\0" in ref:
            raise FtlintError(f"{ref!r} is no name of a commit: --base takes a branch, a tag or a commit")
        self.ref = ref
        self.top = directory
        found = self._asked("rev-parse", "--show-toplevel")
        if found is None or not found.strip():
            raise FtlintError(f"{directory} is in no git work tree, so that nothing can be compared with {ref}")
        self.top = Path(os.fsdecode(found.removesuffix(b"\n")))
        self.commit = self._commit()

    def relative(self, path: str) -> str:
        """A path as seen from the top of the repository. Raises FtlintError where it lies elsewhere."""
        if "\0" in path:
            raise FtlintError(f"cannot read {path!r}: no file has a NUL in its name")
        # Of a file, links are resolved in the directory alone: what git knows of a link is the link.
        named = Path(os.path.abspath(path))  # noqa: PTH100
        place = Path(os.path.realpath(named)) if named.is_dir() else Path(os.path.realpath(named.parent), named.name)
        top = os.path.realpath(self.top)
        if not place.is_relative_to(top):
            raise FtlintError(f"{path} is not in the git work tree {self.top}, so that --base cannot compare it")
        return place.relative_to(top).as_posix()

    def changed(self) -> Changed:
        """What is different in the working tree, with the files that git does not know and does not ignore."""
        options = ("--name-status", "-z", "--find-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules")
        words = iter(os.fsdecode(self._told("diff", *options, self.commit, "--")).split("\0"))
        files: list[str] = []
        renamed: dict[str, str] = {}
        deleted: list[str] = []
        for status in words:
            if not status:
                break
            path = next(words)
            if status[0] in "RC":
                new = next(words)
                if status[0] == "R":
                    renamed[new] = path
                path = new
            (deleted if status == "D" else files).append(path)
        unknown = os.fsdecode(self._told("ls-files", "--others", "--exclude-standard", "-z")).split("\0")
        return Changed(tuple(sorted({*files, *filter(None, unknown)})), renamed, tuple(deleted))

    def blobs(self, paths: Collection[str]) -> dict[str, Blob]:
        """Files at the commit by their paths, of those that are asked for and were there; one question for all."""
        found: dict[str, Blob] = {}
        if not paths:
            return found
        wanted = {os.fsencode(path): path for path in paths}
        for entry in self._told("ls-tree", "-r", "-z", "--full-tree", self.commit).split(b"\0"):
            about, _, name = entry.partition(b"\t")
            if path := wanted.get(name):
                mode, _, identity = about.decode().split(" ")
                if mode in FILE_MODES:
                    found[path] = Blob(path, identity)
        return found

    def command(self, *words: str) -> list[str]:
        """A command of git, to be run at the top."""
        return ["git", "-c", "core.quotepath=off", *words]

    def run(self, *words: str, into: BinaryIO | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run a command of git at the top. Raises FtlintError where that cannot be."""
        try:
            return subprocess.run(
                self.command(*words),
                cwd=self.top,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=into or subprocess.PIPE,
                stderr=subprocess.PIPE,
                check=False,
            )
        except FileNotFoundError as error:
            if not self.top.is_dir():
                raise FtlintError(f"cannot read {self.top}: no such directory") from error
            raise FtlintError("--base needs git, which is not installed or not on the PATH") from error
        except OSError as error:
            raise FtlintError(f"cannot run git: {(error.strerror or str(error)).lower()}") from error

    def _commit(self) -> str:
        name = self.ref.removesuffix("...")
        found = self._asked("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if found is None:
            raise FtlintError(f'git has no commit "{name}" here{self._remedy(name)}')
        if name == self.ref:
            return found.decode().strip()
        base = self._asked("merge-base", found.decode().strip(), "HEAD")
        if base is None:
            known = f'git finds no commit that "{name}" and HEAD have in common'
            deeper = ": the clone is shallow; `git fetch --deepen=100` brings more of the history, `--unshallow` all"
            raise FtlintError(known + (deeper if self._is_shallow() else ""))
        return base.decode().strip()

    def _is_shallow(self) -> bool:
        return self._asked("rev-parse", "--is-shallow-repository") == b"true\n"

    def _remedy(self, name: str) -> str:
        if not self._is_shallow():
            return "; `git fetch` may bring it"
        remote, _, branch = name.partition("/")
        known = (self._asked("remote") or b"").decode(errors="replace").split()
        what = f"origin {name}"
        if branch and remote in known:
            what = f"{remote} +{branch}:refs/remotes/{name}"
        elif any(sign in name for sign in "~^@:"):
            what = "--deepen=100"
        depth = "" if what.startswith("-") else "--depth=1 "
        return (
            f": the clone is shallow; `git fetch {depth}{what}` brings it, or a whole clone does "
            "(`fetch-depth: 0` of actions/checkout)"
        )

    def _told(self, *words: str) -> bytes:
        done = self.run(*words)
        if done.returncode:
            raise FtlintError(f"git {words[0]} failed: {said(done.stderr)}")
        return done.stdout

    def _asked(self, *words: str) -> bytes | None:
        """The answer, or None where git has none."""
        done = self.run(*words)
        if done.returncode and b"dubious ownership" in done.stderr:
            raise FtlintError(f"git refuses to read the repository: {said(done.stderr)}")
        return None if done.returncode else done.stdout


def environment() -> dict[str, str]:
    """What git is told. Paths are those of the top: inside a hook, it would else read its own variables."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_") or key.startswith(KEPT)}
    return kept | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def is_rows(path: str) -> bool:
    """Whether a file is one that a check looks for."""
    return path.lower().endswith(SUFFIXES)


def is_pointer(content: BinaryIO) -> bool:
    """Whether a file holds a Git LFS pointer instead of its content."""
    content.seek(0)
    head = content.read(len(LFS))
    content.seek(0)
    return head == LFS


def said(stderr: bytes) -> str:
    """What git complains of."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "it does not say why"

"""
Servers that nobody of this project wrote: aimock, which keeps files and jobs, behind Prism, which holds what passes to
OpenAI's description. Both come from npm, at the versions of `node/package-lock.json`, when they are first wanted.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tests.servers.description import FILE

HERE = Path(__file__).with_name("node")
MODULES = HERE / "node_modules"
DONE = MODULES / ".installed"
OLDEST = (20, 15)
"""Of Node: aimock 1.43 wants it, Prism 5.14 is content with 18; Prism 5.15 wants 24."""
NULL_WHEN_EMPTY = ("first_id", "last_id")
"""Of a list of files: text, says the description; null where there is none, says aimock. Prism is to let that pass."""
NETWORK = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT")


class NodeMissing(Exception):
    """There is no Node, or one that is too old."""


class InstallFailed(Exception):
    """npm could not install what the lockfile names."""


class NodeServers(NamedTuple):
    """Addresses: Prism's, to which requests go (without /v1), and aimock's behind it."""

    prism: str
    aimock: str

    def ask(self, path: str, method: str = "GET", data: bytes | None = None) -> Any:
        """What aimock itself says, past Prism."""
        headers = {"Authorization": "Bearer test", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.aimock}{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def reset(self) -> None:
        """Forget everything."""
        self.ask("/__aimock/reset", "POST", b"{}")


def node_version() -> str:
    """The version of Node. Raises NodeMissing."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise NodeMissing("node and npm are not installed")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if tuple(map(int, re.findall(r"\d+", version)[:2])) < OLDEST:
        raise NodeMissing(f"node is {version}, at least {'.'.join(map(str, OLDEST))} is needed")
    return version


def install() -> None:
    """Install what the lockfile names unless it is there; one process at a time. Raises InstallFailed."""
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    if DONE.is_file() and DONE.read_text() == wanted:
        return
    from filelock import FileLock

    with FileLock(HERE / ".lock"):
        if DONE.is_file() and DONE.read_text() == wanted:
            return
        command = [shutil.which("npm") or "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        try:
            run = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=300)
        except subprocess.TimeoutExpired:
            raise InstallFailed("npm ci took longer than 300 seconds") from None
        if run.returncode:
            if lost := NETWORK.search(run.stderr):
                raise InstallFailed(f"npm ci could not reach the registry ({lost[0]})")
            raise InstallFailed(f"npm ci ended with status {run.returncode}: {' '.join(run.stderr.split())[:500]}")
        DONE.write_text(wanted)


@contextmanager
def node_servers() -> Iterator[NodeServers]:
    """Both servers, until the end of the block. Raises NodeMissing, InstallFailed."""
    node_version()
    install()
    with ExitStack() as stack:
        directory = Path(stack.enter_context(TemporaryDirectory(prefix="ftlint-node-")))
        (directory / "fixtures").mkdir()
        options = ["-f", str(directory / "fixtures"), "--journal-max", "0", "--log-level", "warn"]
        aimock = stack.enter_context(_running("llmock", options, directory))
        yield NodeServers(stack.enter_context(prism_before(f"{aimock}/v1")), aimock)


@contextmanager
def prism_before(upstream: str) -> Iterator[str]:
    """Prism, which holds each request and answer of a server to the description, until the end of the block."""
    with TemporaryDirectory(prefix="ftlint-prism-") as directory:
        description = Path(directory) / FILE.name
        description.write_text(json.dumps(_description()), "utf-8")
        options = ["proxy", str(description), upstream, "--errors", "-v", "error"]
        with _running("prism", options, Path(directory)) as address:
            yield address


def _description() -> Any:
    """OpenAI's description, with `NULL_WHEN_EMPTY`."""
    document = json.loads(FILE.read_text("utf-8"))
    for name in NULL_WHEN_EMPTY:
        document["components"]["schemas"]["ListFilesResponse"]["properties"][name]["type"] = ["string", "null"]
    return document


@contextmanager
def _running(name: str, options: list[str], directory: Path) -> Iterator[str]:
    """A program of node_modules on a free port, until the end of the block; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = ["node", str((MODULES / ".bin" / name).resolve()), *options, "-h", "127.0.0.1", "-p", port]
    said = directory / f"{name}.txt"
    with said.open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment())
    try:
        _wait_until_it_answers(process, f"http://127.0.0.1:{port}", name, said)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment() -> dict[str, str]:
    """Ours, without keys: these servers ask nobody else."""
    return {name: value for name, value in os.environ.items() if not re.search("KEY|TOKEN|SECRET", name)}


def _wait_until_it_answers(
    process: subprocess.Popen[bytes], address: str, name: str, said: Path, seconds: float = 60
) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"{name} ended with status {process.returncode}: {said.read_text()[-500:]}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{name} gave no answer within {seconds:g} seconds")

"""
Runs ftlint in processes that start at once: everything is imported, then each call is a fork of this process.

A call comes as a line of JSON on standard input; the process id is answered at once, the exit status when it has
ended (negative: the signal). `die` kills the process by itself: at the n-th record that it writes, before or after.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

from tests.support import ROOT


class Zygote:
    """The process that the others are forks of."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.publish.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, *arguments: str, cwd: Path, env: dict[str, str], die: tuple[int, str] | None = None) -> Running:
        """Start a call."""
        output = cwd / f"output-{os.urandom(4).hex()}"
        call = {"arguments": arguments, "cwd": str(cwd), "env": env, "output": str(output), "die": die}
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(call) + "\n")
        self._process.stdin.flush()
        return Running(self._process, int(self._process.stdout.readline()), output)

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


class Running:
    """A call that was started; one at a time."""

    def __init__(self, zygote: subprocess.Popen[str], pid: int, output: Path) -> None:
        self._zygote, self.pid, self._output = zygote, pid, output

    def kill(self) -> None:
        """SIGKILL."""
        os.kill(self.pid, signal.SIGKILL)

    def interrupt(self) -> None:
        """SIGINT, as Ctrl-C sends it."""
        os.kill(self.pid, signal.SIGINT)

    def wait(self) -> tuple[int, str]:
        """The exit status and everything that was printed."""
        assert self._zygote.stdout
        status = int(self._zygote.stdout.readline())
        return status, self._output.read_text(encoding="utf-8", errors="replace")


def _serve() -> None:
    import ftlint.cli.publish
    import ftlint.cli.publishing
    import ftlint.reporters.text  # noqa: F401
    from ftlint import check

    check(str(ROOT / "examples" / "chat.jsonl"), model="gpt-4o-mini")
    import openai

    openai.OpenAI(api_key="nothing").close()
    for line in sys.stdin:
        call = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _run(call)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _run(call: dict[str, Any]) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a job in the background would not hear
    os.chdir(call["cwd"])
    os.environ.clear()
    os.environ.update(call["env"])
    descriptor = os.open(call["output"], os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin = open(0)  # noqa: SIM115
    if call["die"]:
        _die_at(*call["die"])
    sys.argv = ["ftlint", *call["arguments"]]
    status = 70
    try:
        from ftlint.cli import main

        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _die_at(number: int, when: str) -> None:
    from ftlint.publish.state import Record

    save, saved = Record.save, []

    def mortal(record: Record, **changes: Any) -> None:
        saved.append(1)
        if len(saved) == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        save(record, **changes)
        if len(saved) == number and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    Record.save = mortal  # type: ignore[method-assign]


if __name__ == "__main__":
    _serve()

"""`ftlint check` with several processes: interrupted, killed, and with a worker killed under it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from ftlint.engine import processes
from tests.support import alike

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and process groups")

# A second thread, so that the command may not fork.
THREADED = (
    "import threading, sys; threading.Thread(target=threading.Event().wait, daemon=True).start();"
    "from ftlint.cli import main; main()"
)
STARTS = ["fork", "spawn"] if sys.platform == "linux" else ["spawn"]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A file whose tokens take some seconds to count: no text comes twice."""
    path = tmp_path_factory.mktemp("large") / "train.jsonl"
    words = [f"{word}{number}" for number in range(40) for word in ("alpha", "Ω", "naïve ", "x=", "\\n\\n", "if ")]
    enough = 4 * max(processes.WORTHWHILE_BYTES["spawn", True], processes.WORTHWHILE_BYTES["fork", True])
    with path.open("w", encoding="utf-8") as file:
        row = 0
        while file.tell() <= enough:
            text = " ".join(words[row % 200 :: 1 + row % 3]) * 4 + f" {row}"
            messages = f'{{"role": "user", "content": "{text}"}}, {{"role": "assistant", "content": "{row}"}}'
            file.write(f'{{"messages": [{messages}]}}\n')
            row += 1
    return path


class Command:
    """`ftlint check` in a process group of its own."""

    def __init__(self, start, *words):
        program = ["-c", THREADED] if start == "spawn" else ["-m", "ftlint"]
        options = ("--isolated", "--no-cache", "--encoder", "tiktoken", "--jobs", "3", "--exit-zero")
        self.process = subprocess.Popen(
            [sys.executable, "-P", *program, "check", *options, *map(str, words)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            # A shell starts its background jobs deaf to Ctrl-C, and what they start inherits that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def workers(self):
        """The processes that it has started and that live."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True)
        every = [line.split() for line in listed.stdout.splitlines()]
        return [int(pid) for pid, parent, stat in every if int(parent) == self.process.pid and stat[0] != "Z"]

    def wait_for_workers(self):
        """Wait until it has started one; none if it came to its end before."""
        while self.process.poll() is None:
            if found := self.workers():
                return found
            time.sleep(0.01)
        return []

    def end(self):
        """Exit status, and what it printed on standard output and on standard error."""
        output, stderr = self.process.communicate(timeout=60)
        return self.process.returncode, output, stderr

    def leaves_nothing(self, seconds):
        """Whether every process of its group has ended."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, 0)
                time.sleep(0.01)
                continue
            return True
        return False


@pytest.fixture
def command():
    started = []

    def start(*words):
        started.append(Command(*words))
        return started[-1]

    yield start
    for one in started:
        with suppress(ProcessLookupError):
            os.killpg(one.process.pid, signal.SIGKILL)
        one.process.communicate()


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("to", ["the group, as a terminal does", "the command alone"])
@pytest.mark.parametrize("seconds", [0, 0.3])
def test_an_interruption_ends_every_process_and_says_one_line(command, large, start, to, seconds):
    running = command(start, "--totals", "--model", "gpt-4o-mini", large)
    assert running.wait_for_workers()
    time.sleep(seconds)
    (os.kill if to == "the command alone" else os.killpg)(running.process.pid, signal.SIGINT)
    status, _, stderr = running.end()
    assert (status, stderr.strip()) == (130, "ftlint: interrupted")
    assert running.leaves_nothing(seconds=5)


@pytest.mark.parametrize("start", STARTS)
def test_the_workers_of_a_command_that_is_killed_end_by_themselves(command, large, start):
    running = command(start, "--totals", "--model", "gpt-4o-mini", large)
    assert running.wait_for_workers()
    running.process.kill()
    status, _, stderr = running.end()
    assert (status, stderr) == (-signal.SIGKILL, "")
    assert running.leaves_nothing(seconds=30)


@pytest.mark.parametrize("start", STARTS)
def test_a_worker_that_is_killed_fails_its_file_and_no_other(command, large, start, shell, row):
    small = shell.directory / shell.file("small.jsonl", alike(12, row(answer=" ")))
    fate = r"ftlint: error: cannot read .*train\.jsonl: a worker process died \(SIGKILL\) at bytes [\d,]+ to [\d,]+; .*"
    for seconds in (0.3, 0.6, 1.2, 2.4):
        running = command(start, "--totals", "--model", "gpt-4o-mini", "--output-format", "concise", large, small)
        running.wait_for_workers()
        time.sleep(seconds)
        for worker in running.workers():
            os.kill(worker, signal.SIGKILL)
        status, output, stderr = running.end()
        assert output.count("FT211") == 12  # the other file is checked in any case
        assert running.leaves_nothing(seconds=5)
        if stderr:
            assert re.fullmatch(fate, stderr.strip())
            assert status == 2
            return
        assert status == 0  # too early, before they were at work, or too late
    pytest.fail("no worker was killed at its work")

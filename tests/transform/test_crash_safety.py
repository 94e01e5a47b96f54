"""
Whenever a fix is killed, the file is the old one or the new one, whole, and no row is lost.

The suite kills a few fixes of a small file. `python -m tests.transform.test_crash_safety --runs 50 --megabytes 50` does
as often as one likes with a file as large as one likes.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

WORDS = ["the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog", "and", "sleeps"]
KEPT = "train.dropped.jsonl"


def row(number, random):
    """A row of about 4 KB; of each hundred, one is to be dropped and some are to be mended."""
    words = " ".join(random.choices(WORDS, k=350))
    other = words if number % 100 == 0 else f"{words} or not"
    sides = {
        side: [{"role": "assistant", "content": f"{number} {text}"}]
        for side, text in (("preferred_output", words), ("non_preferred_output", other))
    }
    more = {"source": number} if number % 7 == 0 else {}
    return json.dumps({"input": {"messages": [{"role": "user", "content": f"Row {number}?"}]}, **sides, **more})


def content(megabytes, seed=1):
    """A file with line ends of Windows, unknown keys, and rows that say nothing."""
    chance = random.Random(seed)
    lines, size = [], 0
    while size < megabytes * 1_000_000:
        lines.append(row(len(lines), chance).encode() + b"\r\n")
        size += len(lines[-1])
    return b"".join(lines)


def command(path):
    options = ["--fix", "--unsafe-fixes", "--isolated", "--no-cache", "--jobs", "1", "--method", "dpo"]
    return [sys.executable, "-m", "ftlint", "check", *options, str(path)]


class Trials:
    """A file whose fix is killed again and again."""

    def __init__(self, directory, megabytes):
        self.path = directory / "train.jsonl"
        self.old = content(megabytes)
        self.path.write_bytes(self.old)
        start = time.perf_counter()
        subprocess.run(command(self.path), stdout=subprocess.DEVNULL, check=False)
        self.seconds = time.perf_counter() - start
        self.new = sha256(self.path.read_bytes()).digest()
        self.dropped = (directory / KEPT).read_bytes().splitlines()
        assert self.new != sha256(self.old).digest() and self.dropped
        self.left = 0
        """Unfinished files that were left behind."""

    def kill(self, after, near_the_end=False):
        """
        Kill a fix after so many seconds; says whether the file is then the old or the new one.

        With `near_the_end`, they count from when the dropped rows are put beside, just before the files change places.
        """
        directory = self.path.parent
        for name in directory.iterdir():
            name.unlink()
        self.path.write_bytes(self.old)
        process = subprocess.Popen(command(self.path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while near_the_end and process.poll() is None and not (directory / KEPT).exists():
            time.sleep(0.001)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        self.left += sum(name.suffix == ".ftlint" for name in directory.iterdir())
        assert not [name.name for name in directory.iterdir() if name.suffix not in (".jsonl", ".ftlint")]
        now = self.path.read_bytes()
        if now == self.old:
            return "old"
        assert sha256(now).digest() == self.new, f"neither old nor new after {after:.3f} s: {len(now):,} bytes"
        assert (directory / KEPT).read_bytes().splitlines() == self.dropped
        return "new" if process.returncode == -signal.SIGKILL else "done"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_fix_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path):
    trials = Trials(tmp_path, 1)
    chance = random.Random(2)
    for _ in range(3):
        trials.kill(trials.seconds * chance.uniform(0.2, 1.05))
        trials.kill(chance.uniform(0, 0.02), near_the_end=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        trials = Trials(Path(directory), given.megabytes)
        chance = random.Random(given.seed)
        found = Counter()
        for number in range(given.runs):
            # Every third time near the end, where the files change places.
            if number % 3:
                found[trials.kill(chance.uniform(0, trials.seconds * 1.05))] += 1
            else:
                found[trials.kill(chance.uniform(0, 0.03), near_the_end=True)] += 1
        print(f"{len(trials.old):,} bytes, a fix takes {trials.seconds:.1f} s; {len(trials.dropped):,} rows dropped")
        print(f"killed {given.runs} times (seed {given.seed}): {dict(found)}; {trials.left} unfinished files left")


if __name__ == "__main__":
    main()

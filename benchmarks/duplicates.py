"""
Five million small rows and their duplicates: the time and the memory it takes (`python -m benchmarks.duplicates`).

One row in a hundred is a copy of another. Twice: with all that is remembered in memory, and with it on disk past a
million rows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

CODE = (
    "import resource, subprocess, sys, time\n"
    "start = time.perf_counter()\n"
    "subprocess.run(sys.argv[1:], check=True)\n"
    "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024\n"
    "print(f'{time.perf_counter() - start:.1f} s, {peak:.0f} MB')\n"
)
ROW = '{"messages": [{"role": "user", "content": "Is %d prime?"}, {"role": "assistant", "content": "No"}]}\n'


def write(path: Path, rows: int) -> None:
    """So many rows, one in a hundred a copy."""
    random = Random(20261125)
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            file.write(ROW % (number if number % 100 else random.randrange(number + 1)))


def main() -> None:
    """Print what `ftlint check --select FT701,FT703` finds, its time and its peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as directory:
        path, on_disk = Path(directory, "rows.jsonl"), Path(directory, "ftlint.toml")
        write(path, rows)
        on_disk.write_text("max-rows-in-memory = 1_000_000\n", encoding="utf-8")
        check = [sys.executable, "-m", "ftlint", "check", str(path), "--select", "FT701,FT703", "--statistics"]
        for how, more in (("in memory", ["--isolated"]), ("on disk", ["--config", str(on_disk)])):
            print(f"{rows:,} rows, {path.stat().st_size >> 20} MB, {how}", flush=True)
            subprocess.run([sys.executable, "-c", CODE, *check, "--no-cache", "--exit-zero", *more], check=True)


if __name__ == "__main__":
    main()

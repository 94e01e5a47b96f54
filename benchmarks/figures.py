"""What is measured, and against what."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.data import CACHE
from benchmarks.measure import Command, medians, run

HERE = Path(__file__).parent
NOTEBOOK = "the notebook's loop"
PARSE = "orjson.loads of every row"
OF_ROWS = ("FT701", "FT703", "FT705", "FT706")
"""The rules that remember something of every row."""
TOTALS = ("--totals", "--model", "gpt-4o-mini", "--exit-zero")
"""Exact totals for the model that the page names; its retirement would be a finding, but is not our subject."""


@dataclass(frozen=True, slots=True)
class Figure:
    """
    One comparison. Either we are `ratio` times as fast, or we take `ratio` times what the other takes.

    `ratio` is of wall time, or of memory; `cpu_ratio` of processor time, which a busy machine moves less.
    """

    what: str
    other: str
    unit: str
    ours: float
    theirs: float
    ratio: float
    cpu_ratio: float | None
    faster: bool
    target: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the ratio is on the right side of the target, if there is one."""
        if self.target is None:
            return True
        return self.ratio >= self.target if self.faster else self.ratio <= self.target


def warm_up() -> None:
    """Run everything once on little, so that no measurement compiles modules."""
    path = _made("clean", "20rows")
    check = ftlint("check", path, *TOTALS)
    medians({"check": check, "notebook": script("notebook.py", path), "parse": script("parse.py", path)}, 1, CACHE)


def chat(kind: str, megabytes: int, rounds: int) -> list[Figure]:
    """`check` and `check --totals` against the notebook's loop, and `check` against parsing alone."""
    path = _made(kind, str(megabytes))
    commands = {
        "check": ftlint("check", path),
        "check alone": ftlint("check", path, "--jobs", "1"),
        "without": ftlint("check", path, "--jobs", "1", "--ignore", ",".join(OF_ROWS)),
        "totals": ftlint("check", path, *TOTALS, "--encoder", "tiktoken"),
        "totals alone": ftlint("check", path, *TOTALS, "--encoder", "tiktoken", "--jobs", "1"),
        "fast totals": ftlint("check", path, *TOTALS, "--encoder", "splintr"),
        "notebook": script("notebook.py", path),
        "parse": script("parse.py", path),
    }
    rows = {"long": "rows of 4 KB", "short": "rows of 600 bytes"}[kind]
    took = medians(commands, rounds, CACHE, dict.fromkeys(commands, forget))

    def figure(what: str, ours: str, other: str, theirs: str, target: float | None, faster: bool = True) -> Figure:
        a, b = took[ours], took[theirs]
        if faster:
            return Figure(what, other, "s", a.wall, b.wall, b.wall / a.wall, b.cpu / a.cpu, True, target)
        return Figure(what, other, "s", a.wall, b.wall, a.wall / b.wall, a.cpu / b.cpu, False, target)

    return [
        figure(f"check, {rows}", "check", NOTEBOOK, "notebook", {"long": 25, "short": 10}[kind]),
        figure(f"check, one process, {rows}", "check alone", NOTEBOOK, "notebook", None),
        figure(f"check with exact totals, {rows}", "totals", NOTEBOOK, "notebook", 3),
        figure(
            f"check with exact totals, one process, {rows}",
            "totals alone",
            NOTEBOOK,
            "notebook",
            1.5 if kind == "long" else None,
        ),
        figure(
            f"check with exact totals, fast encoder, {rows}",
            "fast totals",
            NOTEBOOK,
            "notebook",
            8 if kind == "long" else None,
        ),
        figure(f"check, {rows}", "check", PARSE, "parse", 2.5, faster=False),
        figure(f"check, one process, {rows}", "check alone", PARSE, "parse", None, faster=False),
        figure(f"check, one process, {rows}", "check alone", f"without {', '.join(OF_ROWS)}", "without", None, False),
        Figure(
            f"memory of check, {rows}",
            NOTEBOOK,
            "MB",
            took["check"].peak,
            took["notebook"].peak,
            took["check"].peak / took["notebook"].peak,
            None,
            False,
        ),
    ]


def again(megabytes: int, rounds: int) -> list[Figure]:
    """`check` of a file that was checked before and of which one row was edited since, against the notebook's loop."""
    path = _made("long", str(megabytes))
    options = {"check": (), "check alone": ("--jobs", "1"), "totals": TOTALS}
    edited = {name: CACHE / f"edited-{number}.jsonl" for number, name in enumerate(options)}
    commands = {name: ftlint("check", str(edited[name]), *options[name]) for name in options}
    random = Random(megabytes)
    forget()
    for name, command in commands.items():
        shutil.copyfile(path, edited[name])
        run(command, CACHE)
    before = {name: partial(edit, edited[name], random) for name in commands}
    took = medians({**commands, "notebook": script("notebook.py", path)}, rounds, CACHE, before)
    for copy in edited.values():
        copy.unlink()
    return [
        Figure(what, NOTEBOOK, "s", a.wall, b.wall, b.wall / a.wall, b.cpu / a.cpu, True, target)
        for what, a, b, target in (
            ("check again, one row edited", took["check"], took["notebook"], 50),
            ("check again, one row edited, one process", took["check alone"], took["notebook"], None),
            ("check again with exact totals, one row edited", took["totals"], took["notebook"], None),
        )
    ]


def forget() -> None:
    """Remove what earlier runs remember, so that a run writes it as a first run does."""
    shutil.rmtree(os.environ["FTLINT_CACHE_DIR"], ignore_errors=True)


def edit(path: Path, random: Random) -> None:
    """Change one letter of one row, in the prose."""
    with path.open("r+b") as file:
        place = random.randrange(path.stat().st_size - (1 << 20))
        file.seek(place)
        found = re.search(rb"[a-z]{3} ([a-z])[a-z]", file.read(1 << 20))
        assert found is not None
        file.seek(place + found.start(1))
        file.write(b"x" if found[1] != b"x" else b"y")


def completion(megabytes: int, rounds: int) -> list[Figure]:
    """`check` on prompt/completion rows, which the notebook does not know, against parsing alone."""
    path = _made("completion", str(megabytes))
    commands = {"check": ftlint("check", path, "--jobs", "1"), "parse": script("parse.py", path)}
    took = medians(commands, rounds, CACHE, dict.fromkeys(commands, forget))
    a, b = took["check"], took["parse"]
    what = "check, one process, prompt/completion rows of 600 bytes"
    ratios = (a.wall / b.wall, a.cpu / b.cpu)
    return [Figure(what, PARSE, "s", a.wall, b.wall, *ratios, False)]


def start(rounds: int) -> list[Figure]:
    """Whole processes that have next to nothing to do, against the imports that they cannot do without."""
    path = _made("clean", "20rows")
    click, both = "import click", "import click, orjson"
    commands = {
        "check, 20 clean rows": ftlint("check", path),
        "--version": ftlint("--version"),
        click: (sys.executable, "-c", click),
        both: (sys.executable, "-c", both),
    }
    took = medians(commands, rounds, CACHE)
    return [
        Figure(
            ours,
            f'python -c "{other}"',
            "ms",
            took[ours].wall * 1000,
            took[other].wall * 1000,
            took[ours].wall / took[other].wall,
            took[ours].cpu / took[other].cpu,
            False,
            2 if other == both else None,
        )
        for ours in ("check, 20 clean rows", "--version")
        for other in (click, both)
    ]


def memory(small: int = 50, large: int = 500) -> list[Figure]:
    """The peak of `check` on a file, against its peak on one of a tenth of the length."""
    forget()
    peaks = [run(ftlint("check", _made("long", str(size))), CACHE).peak for size in (large, small)]
    what, other = f"memory of check, {large} MB", f"memory of check, {small} MB"
    return [Figure(what, other, "MB", *peaks, peaks[0] / peaks[1], None, False, 1.1)]


def measurements(megabytes: int, rounds: int, with_memory: bool) -> dict[str, Callable[[], list[Figure]]]:
    """All measurements by name, in the order of the table."""
    chosen: dict[str, Callable[[], list[Figure]]] = {
        "rows of 4 KB": lambda: chat("long", megabytes, rounds),
        "rows of 600 bytes": lambda: chat("short", megabytes, rounds),
        "again": lambda: again(megabytes, rounds),
        "prompt/completion rows": lambda: completion(megabytes, rounds),
        "start": lambda: start(5 * rounds),
    }
    if with_memory:
        chosen["memory"] = memory
    return chosen


def ftlint(*arguments: str) -> Command:
    """The command as users start it: the script beside this interpreter."""
    program = shutil.which("ftlint", path=str(Path(sys.executable).parent))
    return (program, *arguments) if program else (sys.executable, "-m", "ftlint", *arguments)


def script(name: str, path: str) -> Command:
    """A program of this folder."""
    return (sys.executable, str(HERE / name), path)


def _made(kind: str, size: str) -> str:
    """The path of a file, written in another process to keep this one small (see `benchmarks/data.py`)."""
    command = (sys.executable, "-m", "benchmarks.data", kind, size)
    return subprocess.run(command, cwd=HERE.parent, check=True, capture_output=True, text=True).stdout.strip()

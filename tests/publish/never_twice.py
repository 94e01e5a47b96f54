"""What `test_never_twice` runs: ftlint, with an accident at one step, against a service behind a cutter."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, NamedTuple

from ftlint.publish.local import digest
from tests.publish.conftest import KEY, Desk, rows
from tests.publish.zygote import Running, Zygote
from tests.servers.cutter import BROKEN, NOTHING, Cutter, Rule, Seen
from tests.servers.service import Service

TIMEOUT = 0.4
LATE = 1.0
"""Seconds: how long ftlint waits for an answer here, and how late an answer is that comes too late."""
CALLS = 4
"""Times that the call is made at most, the one with the accident included."""
ACCIDENTS = ("killed before", "killed after", "dropped before", "dropped after", "late", "answered 500")
"""What happens to one request: before it reaches the service, or after the service took it."""
FOLLOWING = 3
"""Requests after the last that changes something; the others are like them, and not always as many."""
MIDWAY = "killed midway"
"""With half of its body on the way."""
WRITES = ("killed before", "killed after")
"""What happens when a record is written down."""


class Way(NamedTuple):
    """One way to publish."""

    name: str
    validation: bool = False
    parts: bool = False
    metadata: bool = True
    lag: float = 0.1
    """Seconds that lists are trusted to be behind at most."""


WAYS = (Way("one file"), Way("two files", validation=True), Way("three parts", parts=True))
PLAIN = Way("no metadata", metadata=False)
"""For a service that keeps none: there a job is known by its file and its time."""
PATIENT = Way("lists that lag", lag=2)


class Accident(NamedTuple):
    """What happens to the `number`-th request, or (with `step` "record") at the `number`-th record."""

    step: str
    number: int
    kind: str


class Line(NamedTuple):
    """One run in the table: the statuses of its calls, and what the service has of it."""

    way: str
    accident: Accident
    statuses: tuple[int, ...]
    uploads: tuple[int, ...]
    jobs: int
    happened: bool
    """Whether there was the accident: the table must not be of runs in which nothing went wrong."""

    @property
    def is_good(self) -> bool:
        """It ended well, with one upload a file and one job."""
        return self.happened and self.statuses[-1] == 0 and set(self.uploads) == {1} and self.jobs == 1


class NthCutter(Cutter):
    """Breaks the `number`-th request that comes by, whichever it is."""

    number = 0
    rule = NOTHING
    count = 0

    def arm(self, number: int, rule: Rule) -> None:
        """From now on."""
        self.number, self.rule, self.count = number, rule, 0

    def rule_for(self, seen: Seen) -> Rule:
        """The rule, when it is that request's turn."""
        self.count += 1
        return self.rule if self.count == self.number else NOTHING


class Laboratory:
    """A service, a cutter before it, and ftlint in processes that can be killed."""

    def __init__(self, service: Service, directory: Path) -> None:
        self.service, self.directory = service, directory
        self.zygote = Zygote()
        self.cutter = NthCutter(service.root)
        self.runs = 0
        self.running: Running | None = None

    def __enter__(self) -> Laboratory:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.zygote.close()
        self.cutter.stop()

    def accidents(self, way: Way) -> Iterator[Accident]:
        """Every accident that can happen to a run: its requests and records are counted first."""
        self.cutter.journal.seen.clear()
        line = self.run(way, None)
        assert line.is_good, line
        requests = [f"{seen.method} {seen.path.replace('/v1', '', 1)}" for seen in self.cutter.journal.seen]
        last = max(index for index, step in enumerate(requests) if step.startswith("POST"))
        del requests[last + 1 + FOLLOWING :]
        for kind in ACCIDENTS:
            yield from (Accident(step, number, kind) for number, step in enumerate(requests, 1))
        yield from (Accident(step, number, MIDWAY) for number, step in enumerate(requests, 1) if step[:4] == "POST")
        for kind in WRITES:
            yield from (Accident("record", number, kind) for number in range(1, self.records(way) + 1))

    def records(self, way: Way) -> int:
        """How many records a run writes: the announcement and the id of each file and of the job, the parts."""
        return (4 if way.validation else 2) + 2 + (4 if way.parts else 0)

    def run(self, way: Way, accident: Accident | None) -> Line:
        """Publish with an accident, and again until it ends well; then ask the service."""
        self.runs += 1
        desk, suffix = self.desk(way), f"run-{os.urandom(6).hex()}"
        arguments = ["publish", "train.jsonl", "--to", "test", "--model", "gpt-4o-mini", "--yes", "--suffix", suffix]
        arguments += ["--validation", "valid.jsonl"] if way.validation else []
        statuses = []
        self.cutter.arm(0, NOTHING)
        if accident and accident.step != "record":
            self.cutter.arm(accident.number, Rule("", "", **self.what(accident.kind)))
        die = (accident.number, accident.kind.split()[1]) if accident and accident.step == "record" else None
        while len(statuses) < CALLS and (not statuses or statuses[-1] != 0):
            self.running = self.zygote.start(*arguments, cwd=desk.directory, env=desk.environment, die=die)
            status, output = self.running.wait()
            assert KEY not in output and "Traceback" not in output, output
            statuses.append(status)
            die = None
        desk.assert_no_key_is_kept()
        accident = accident or Accident("", 0, "none")
        happened = -9 in statuses if "killed" in accident.kind else self.cutter.count >= accident.number
        return Line(way.name, accident, tuple(statuses), *self.arrived(desk, way, suffix), happened)

    def desk(self, way: Way) -> Desk:
        """A directory with files that no other run has."""
        directory = self.directory / f"{way.name} {self.runs}".replace(" ", "-")
        directory.mkdir()
        desk = Desk(directory)
        desk.environment = {"FTLINT_API_KEY": KEY, "PATH": os.environ["PATH"], "HOME": str(directory)}
        for name in ["train.jsonl", "valid.jsonl"][: 1 + way.validation]:
            desk.file(name, rows(word=f"{name} {os.urandom(8).hex()}"))
        table: dict[str, Any] = {"upload_from": 1, "part_bytes": self.third(desk)} if way.parts else {}
        table |= {} if way.metadata else {"omit": ["metadata"]}
        desk.service(f"{self.cutter.root}/v1", timeout=TIMEOUT, lag=way.lag, **table)
        return desk

    def third(self, desk: Desk) -> int:
        """A part's size with which the file has three."""
        return (desk.directory / "train.jsonl").stat().st_size // 3 + 1

    def what(self, kind: str) -> dict[str, Any]:
        """An accident as the cutter's rule has it."""
        return {
            "killed before": {"on_arrived": self.kill, "cut": "before"},
            "killed after": {"on_accepted": self.kill, "cut": "after"},
            "dropped before": {"cut": "before"},
            "dropped after": {"cut": "after"},
            MIDWAY: {"on_half": self.kill, "cut": "arriving"},
            "late": {"delay": LATE},
            "answered 500": {"answer": BROKEN, "forward": True},
        }[kind]

    def kill(self, seen: Seen) -> None:
        """SIGKILL, while the request waits."""
        assert self.running
        self.running.kill()

    def arrived(self, desk: Desk, way: Way, suffix: str) -> tuple[tuple[int, ...], int]:
        """How often each file arrived, by the digest of the bytes that the service got, and how many jobs there are."""
        names = ["train.jsonl", "valid.jsonl"][: 1 + way.validation]
        uploads = Counter(one.sha256 for one in self.service.uploaded)
        jobs = sum(body.get("suffix") == suffix for body in self.service.job_bodies)
        return tuple(uploads[digest(str(desk.directory / name)).sha256] for name in names), jobs


def listed(lines: Iterable[Line]) -> Iterator[str]:
    """A line a run."""
    for line in lines:
        step = f"{line.accident.number:>3} {line.accident.step[:46]:<46}"
        yield (
            f"{line.way:<12} {step} {line.accident.kind:<15} calls {','.join(map(str, line.statuses)):<10} "
            f"uploads {','.join(map(str, line.uploads)):<4} jobs {line.jobs} {'ok' if line.is_good else 'BAD'}"
        )


def table(service: str, lines: list[Line]) -> Iterator[str]:
    """A line for each accident: its runs, and how many of them ended with one upload a file and one job."""
    what = Counter((line.way, line.accident.kind, line.accident.step == "record") for line in lines)
    for (way, kind, at_record), count in what.items():
        own = [
            one
            for one in lines
            if (one.way, one.accident.kind, one.accident.step == "record") == (way, kind, at_record)
        ]
        step = "a record is written" if at_record else "a request"
        good = sum(one.is_good for one in own)
        yield f"{service:<8} {way:<15} {kind:<15} at {step:<20} {count:>4} runs, {good:>4} with one upload a file and one job"
    yield from (f"BAD: {line}" for line in listed(one for one in lines if not one.is_good))


def main() -> int:
    """Run everything against one service, and print the table."""
    from tests.servers.bridge import Bridge
    from tests.servers.nodejs import node_servers

    parser = argparse.ArgumentParser("python -m tests.publish.never_twice", description=__doc__)
    parser.add_argument("--node", action="store_true", help="files and jobs by aimock behind Prism")
    parser.add_argument("--way", choices=[way.name for way in WAYS], help="only this way")
    given = parser.parse_args()
    ways = [way for way in WAYS if given.way in (None, way.name)]
    with ExitStack() as stack:
        service: Service = Bridge(stack.enter_context(node_servers())) if given.node else Service()
        stack.callback(service.stop)
        directory = Path(stack.enter_context(TemporaryDirectory()))
        laboratory = stack.enter_context(Laboratory(service, directory))
        lines = [laboratory.run(way, accident) for way in ways for accident in laboratory.accidents(way)]
    print("\n".join([*listed(lines), *table("node" if given.node else "python", lines)]))
    return 0 if all(line.is_good for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Several processes find what one finds, however they are started, and none of them fails in silence."""

import io
import json
import os
import pickle
import re
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftlint import FtlintError, check
from ftlint.engine import processes, reading
from ftlint.engine.context import PARTS
from ftlint.engine.ranges import Range, Window, cut
from ftlint.engine.result import ChunkResult
from ftlint.engine.worker import Job, identity
from ftlint.formats.accept import compile_schema
from ftlint.sources.lines import blocks
from tests.engine.test_laws import context_of
from tests.support import TODAY, rows_of, shared_data, small_ranges, spoilt

STARTS = ["fork", "spawn"] if sys.platform == "linux" else ["spawn"]
GOOD = {
    "messages": [
        {"role": "system", "content": "S"},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello"},
    ]
}
LACKS_SYSTEM = {"messages": GOOD["messages"][1:]}
EMPTY = {"messages": [*GOOD["messages"][:2], {"role": "assistant", "content": " "}]}
FOREIGN = {"prompt": "a", "completion": "b"}


def lines(number):
    kinds = [GOOD, GOOD, GOOD, LACKS_SYSTEM, EMPTY, FOREIGN, None, "broken", {"messages": []}]
    for index in range(number):
        kind = kinds[index * 7 % len(kinds)]
        text = "" if kind is None else '{"messages": [' if kind == "broken" else json.dumps(kind)
        yield text + ("\r" if index % 11 == 0 else "")


TEXT = "\n".join(lines(400)).encode()
PRETTY = json.dumps([GOOD, EMPTY] * 50, indent=1).encode()
HOSTILE = {
    "mixed": TEXT,
    "byte order mark, final newline": b"\xef\xbb\xbf" + TEXT + b"\n",
    "carriage returns": TEXT.replace(b"\n", b"\r\n") + b"\r\n",
    "lines longer than a range": TEXT + b"\n" + json.dumps({"messages": ["x" * 1500]}).encode() + b"\n" + TEXT,
    "lines over the limit": TEXT + b"\n" + b"x" * 9000 + b"\n" + b"y" * 2500 + b"\n" + TEXT,
    "one line over the limit": b"x" * 9000,
    "one line": json.dumps(GOOD).encode() * 2,
    "blank lines": b"\n" * 3000,
    "array": PRETTY,
    "objects over several lines": PRETTY.strip(b"[]"),
    "UTF-16": TEXT.decode().encode("utf-16"),
    "invalid UTF-8": b"\xff\xfe\xfd\n".join([TEXT, TEXT]),
    "empty": b"",
}
OPTIONS = {"totals": True, "model": "gpt-3.5-turbo-0613", "max_line_bytes": 2000, "today": TODAY}


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("name", HOSTILE)
def test_any_number_of_processes_gives_the_same_report(tmp_path, start, name):
    file = tmp_path / "train.jsonl"
    file.write_bytes(HOSTILE[name])
    alone = check(file, jobs=1, **OPTIONS)
    for jobs in (2, 3, 7) if start == "fork" else (3,):
        with small_ranges(start):
            together = check(file, jobs=jobs, **OPTIONS)
        assert together.to_dict() == alone.to_dict()
        assert (together.details, together.excerpts) == (alone.details, alone.excerpts)


@pytest.mark.parametrize("start", STARTS)
def test_what_all_rows_show_together_is_found_at_the_same_rows_by_several_processes(tmp_path, start):
    rows = [{"prompt": f"{index} is it\n\n###\n\n", "completion": f" {index % 3}"} for index in range(300)]
    rows[207]["prompt"] = "7\n\n###\n\nis it\n\n###\n\n"
    rows[250]["completion"] = "2"
    file = tmp_path / "train.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    alone = check(file)
    with small_ranges(start):
        together = check(file, jobs=3)
    assert together.to_dict() == alone.to_dict()
    told = [(item.code, item.line) for item in together.findings]
    assert told == [("FT319", None), ("FT308", 208), ("FT310", 251), ("FT705", 251)]


@pytest.mark.parametrize("start", STARTS)
def test_a_started_worker_knows_the_grader_the_user_s_schema_and_what_is_ignored(tmp_path, start, monkeypatch):
    monkeypatch.chdir(tmp_path)
    row = {"messages": [{"role": "user", "content": "Hi"}], "reference": "Hello"}
    Path("train.jsonl").write_text("".join(json.dumps({**row, "number": number}) + "\n" for number in range(200)))
    Path("own.json").write_text(json.dumps({"properties": {"number": {"maximum": 150}}}))
    Path("grader.json").write_text(
        json.dumps(
            {
                "type": "string_check",
                "name": "same",
                "operation": "eq",
                "input": "{{sample.output_text}}",
                "reference": "{{item.nothing}}",
            }
        )
    )
    options = {"schemas": {"train.jsonl": "own.json"}, "grader": "grader.json", "validation": "train.jsonl"}
    alone = check("train.jsonl", **options)
    with small_ranges(start):
        together = check("train.jsonl", jobs=3, **options)
    assert together.to_dict() == alone.to_dict()
    codes = {item.code for item in alone.findings}
    assert len(alone.findings) > 49 and any(code.startswith("FT6") for code in codes)


@given(
    rows=st.lists(spoilt(rows_of["chat"]) | rows_of["chat"], min_size=20, max_size=60),
    end=st.sampled_from([b"\n", b"\r\n", b"\n\n", b" \n"]),
)
@settings(max_examples=8)
def test_rows_of_any_kind_have_the_same_findings_in_new_interpreters(tmp_path_factory, rows, end):
    file = tmp_path_factory.mktemp("spawn") / "train.jsonl"
    file.write_bytes(end.join(json.dumps(row).encode() for row in rows))
    alone = check(file, today=TODAY)
    with small_ranges("spawn", 500):
        assert check(file, jobs=2, today=TODAY).to_dict() == alone.to_dict()


@pytest.mark.parametrize("start", STARTS)
def test_real_files_have_the_same_findings_in_several_processes(start):
    files = [file for file in sorted(shared_data().glob("*/*.jsonl")) if file.stat().st_size < 3_000_000]
    chosen = files if start == "fork" else files[::8]
    assert len(chosen) > 3
    for file in chosen:
        alone = check(file, totals=False, today=TODAY)
        with small_ranges(start, 5000):
            assert check(file, totals=False, today=TODAY, jobs=3).to_dict() == alone.to_dict(), file


@pytest.mark.parametrize("size", [1, 100, 700, 10**9])
def test_ranges_cover_the_file_and_are_cut_at_line_ends(size, monkeypatch):
    monkeypatch.setattr("ftlint.engine.ranges.FIRST_BYTES", 100)
    data = TEXT + b"\n" + b"x" * 5000 + b"\n" + TEXT
    ranges = cut(io.BytesIO(data), Range(3, len(data)), size)
    assert [part.start for part in ranges[1:]] == [part.end for part in ranges[:-1]]
    assert (ranges[0].start, ranges[-1].end) == (3, len(data))
    assert all(data[part.end - 1 : part.end] == b"\n" for part in ranges[:-1])
    assert len(ranges) > 40 if size < 700 else len(ranges) <= len(data) // size + 2


def test_a_file_of_one_long_line_is_not_cut():
    assert cut(io.BytesIO(b"x" * 5000), Range(0, 5000), 100) == [Range(0, 5000)]


def test_a_window_ends_where_its_range_does():
    window = Window(io.BytesIO(b"0123456789"), Range(2, 9))
    assert [window.read(4) for _ in range(4)] == [b"2345", b"678", b"", b""]


def test_a_process_is_forked_only_where_it_has_one_thread():
    code = "import threading; from ftlint.engine.processes import how; print(how())"
    thread = "threading.Thread(target=threading.Event().wait, daemon=True).start(); print(how())"
    done = subprocess.run([sys.executable, "-c", f"{code}; {thread}"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [STARTS[0], "spawn"]


def test_a_program_without_threads_forks_for_one_file_after_another(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.jsonl").write_bytes(TEXT)
    code = (
        "from ftlint import check; from ftlint.engine import processes\n"
        "processes.WORTHWHILE_BYTES = dict.fromkeys(processes.WORTHWHILE_BYTES, 5000); processes.MIN_RANGE = 500\n"
        "started, real = [], processes.scan_ranges\n"
        "processes.scan_ranges = lambda *given: started.append(given[-1]) or real(*given)\n"
        "check('.', totals=False, jobs=3)\n"
        "print(started)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (f"{STARTS[:1] * 5}\n", "")


def test_a_context_arrives_in_another_process_with_all_that_it_was_made_of():
    own = (("own.json", compile_schema({"maxProperties": 1}, "own.json")),)
    given = replace(context_of("chat"), limit=77, totals=True, encoder="tiktoken", plain_roles={"user"}, custom=own)
    arrived = pickle.loads(pickle.dumps(given))
    for part in set(PARTS) - {"acceptor", "custom"}:
        assert getattr(arrived, part) == getattr(given, part)
    for acceptor in (arrived.acceptor, arrived.custom[0][1]):
        assert acceptor.is_valid({"messages": [{"role": "user", "content": "Hi"}]})
        assert not acceptor.is_valid({"messages": 1, "note": 2})


def test_the_library_uses_other_processes_only_when_it_is_asked_to(tmp_path, monkeypatch):
    file = tmp_path / "train.jsonl"
    file.write_bytes(TEXT)
    monkeypatch.setattr(processes, "scan_ranges", lambda *_: pytest.fail("processes were started"))
    with small_ranges("spawn"):
        check(file, totals=False)


def test_a_program_with_threads_may_use_several_processes(tmp_path):
    file = tmp_path / "train.jsonl"
    file.write_bytes(TEXT)
    alone = check(file, totals=False)
    reports = []
    with small_ranges("spawn"):
        threads = [threading.Thread(target=lambda: reports.append(check(file, totals=False, jobs=2))) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [report.to_dict() for report in reports] == [alone.to_dict()] * 3


CALLER = """
import threading
from ftlint import check
from ftlint.engine import processes, reading
from ftlint.engine.context import PARTS
print("once")
processes.WORTHWHILE_BYTES = dict.fromkeys(processes.WORTHWHILE_BYTES, 100)
processes.MIN_RANGE = 100
started = []
real = processes.scan_ranges
processes.scan_ranges = lambda *given: started.append(given[-1]) or real(*given)
thread = threading.Thread(target=threading.Event().wait, daemon=True)
thread.start()
report = check("train.jsonl", totals=False, jobs=2)
print(started, len(report.findings))
"""


@pytest.mark.parametrize("by", ["a script without a guard", "-c", "standard input"])
def test_a_program_that_calls_the_library_is_not_run_again_by_its_workers(tmp_path, by):
    (tmp_path / "train.jsonl").write_bytes(TEXT)
    (tmp_path / "pickle.py").write_text("raise SystemExit('the module beside the data was imported')")
    script = tmp_path / "code" / "caller.py"
    script.parent.mkdir()
    script.write_text(CALLER)
    words = {"a script without a guard": [str(script)], "-c": ["-P", "-c", CALLER], "standard input": ["-P", "-"]}[by]
    done = subprocess.run(
        [sys.executable, *words], cwd=tmp_path, input=CALLER, capture_output=True, text=True, timeout=60
    )
    findings = len(check(tmp_path / "train.jsonl", totals=False).findings)
    assert (done.stdout, done.stderr) == (f"once\n['spawn'] {findings}\n", "")


def test_where_no_interpreter_can_be_started_one_process_does_all(tmp_path, monkeypatch):
    file = tmp_path / "train.jsonl"
    file.write_bytes(TEXT)
    alone = check(file, totals=False)
    for broken in (str(tmp_path / "no-python"), "/bin/false"):
        monkeypatch.setattr(sys, "executable", broken)
        with small_ranges("spawn"):
            assert check(file, totals=False, jobs=3).to_dict() == alone.to_dict()


class Strange(Exception):
    """An exception that cannot be rebuilt from its arguments."""

    def __init__(self, one, two):
        super().__init__(one)


class Accident(Job):
    """A job that another process than the one in its path comes to grief with, as its context says."""

    def scan(self, stream, part):
        if os.getpid() == int(self.path.rpartition("-")[2]):
            threading.Event().wait(1)
            if self.context == "interrupt":
                raise KeyboardInterrupt
            return ChunkResult(rows=part.end - part.start)
        if self.context == "death":
            os.kill(os.getpid(), signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        if self.context == "bug":
            raise LookupError("our bug")
        if self.context == "strange bug":
            raise Strange("our bug", 2)
        threading.Event().wait(600)
        return ChunkResult()


def scanned(accident, start, tmp_path, helpers=1):
    """The results of three ranges, of which another process takes one before this one is done with the first."""
    path = tmp_path / f"train-{os.getpid()}"
    path.write_bytes(b"0123456789" * 3)
    with path.open("rb") as stream:
        job = Accident(str(path), identity(os.fstat(stream.fileno())), accident)
        ranges = [Range(0, 10), Range(10, 20), Range(20, 30)]
        return processes.scan_ranges(job, stream, ranges, helpers, start)


DEATH = r"a worker process died \(SIGKILL\)"


def no_child_is_left():
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    return True


@pytest.mark.parametrize("start", STARTS)
def test_a_worker_that_dies_is_told_with_the_file_and_its_bytes(tmp_path, start):
    with pytest.raises(FtlintError, match=rf"cannot read .*train-\d+: {DEATH} at bytes \d0? to \d0;"):
        scanned("death", start, tmp_path)
    assert no_child_is_left()


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("accident", "expected"), [("bug", LookupError), ("strange bug", RuntimeError)])
def test_a_bug_in_a_worker_is_told_like_one_here_with_the_traceback_and_the_bytes(tmp_path, start, accident, expected):
    with pytest.raises(expected, match="our bug") as caught:
        scanned(accident, start, tmp_path)
    (note,) = caught.value.__notes__
    assert "in scan\n" in note and "our bug" in note and re.search(r"at bytes \d0? to \d0 of ", note)
    assert no_child_is_left()


@pytest.mark.parametrize("start", STARTS)
def test_no_process_is_left_behind_when_this_one_is_interrupted(tmp_path, start):
    with pytest.raises(KeyboardInterrupt):
        scanned("interrupt", start, tmp_path, helpers=2)
    assert no_child_is_left()


def test_a_bug_names_its_file(tmp_path, monkeypatch):
    file = tmp_path / "train.jsonl"
    file.write_bytes(TEXT)
    monkeypatch.setattr("ftlint.engine.run.scan_all", lambda *_: {}["our bug"])
    with pytest.raises(KeyError) as caught:
        check(file)
    assert caught.value.__notes__ == [f"while checking {file}"]


@pytest.mark.parametrize("start", STARTS)
def test_what_rules_remember_goes_to_disk_only_where_it_is_put_together(tmp_path, start, monkeypatch):
    monkeypatch.setattr(reading, "blocks", partial(blocks, size=300))  # a range is many of them
    file = tmp_path / "train.jsonl"
    file.write_bytes(
        b"".join(json.dumps({"prompt": str(index % 90), "completion": "x"}).encode() + b"\n" for index in range(200))
    )
    with small_ranges(start, 2000):
        report = check(file, jobs=2, select=["FT701"], max_rows_in_memory=5)
    assert [finding.row for finding in report.findings] == list(range(91, 201))

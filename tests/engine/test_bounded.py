"""Findings in the millions are all counted, not all kept; time grows with the data, memory does not."""

import json
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ftlint
from ftlint.core.types import Fix, Place, Problem, Severity
from ftlint.engine import hits
from ftlint.engine.hits import Hit, Hits, listed
from ftlint.engine.stats import stats
from ftlint.reporters import github, machine, text
from ftlint.reporters.paint import plain
from tests.support import CALL, CLOCK, PAIR, ROOT, TODAY, alike, chat, check, dumped, small_ranges

EMPTY = chat("user: Hi", "assistant:  ")
EXTRA = chat("user: Hi", "assistant: Hello", extra=1)
FIXES = {"FT009": Fix("Remove", "safe"), "FT102": Fix("Drop", "unsafe")}


@pytest.fixture
def few_listed(monkeypatch):
    monkeypatch.setattr(hits, "MAX_LISTED", 10)
    monkeypatch.setattr(hits, "LEAST_LISTED", 2)


def hit(code, row):
    return Hit(Problem(code, code, fix=FIXES.get(code)), Severity.ERROR, Place(row, row, 0, 0))


codes = st.lists(st.sampled_from(["FT001", "FT009", "FT102", "FT211"]), max_size=30)


@given(found=codes, most=st.integers(0, 8), least=st.integers(1, 3), cuts=st.lists(st.integers(0, 30), max_size=4))
def test_which_findings_are_kept_does_not_depend_on_how_the_file_is_cut(found, most, least, cuts):
    every = [hit(code, row) for row, code in enumerate(found)]
    edges = [0, *sorted(min(cut, len(every)) for cut in cuts), len(every)]
    before = hits.MAX_LISTED, hits.LEAST_LISTED
    hits.MAX_LISTED, hits.LEAST_LISTED = most, least
    try:
        parts = []
        for start, end in pairwise(edges):
            parts.append(Hits())
            for one in every[start:end]:
                parts[-1].add(one)
        left = Hits()
        for part in parts:
            left.absorb(part)
    finally:
        hits.MAX_LISTED, hits.LEAST_LISTED = before
    ranks = [found[:row].count(code) for row, code in enumerate(found)]
    assert left.kept == [one for row, one in enumerate(every) if row < most or ranks[row] < least]
    assert left.findings == left.rows == dict(Counter(found))
    assert sum(left.counts.values()) == left.affected == len(found)


def test_a_report_with_less_room_lists_the_first_and_some_of_each_rule(few_listed):
    every = [hit("FT211", row) for row in range(5)] + [hit("FT102", row) for row in range(5, 10)]
    assert [one.place.row for one in listed(every, 3)] == [0, 1, 2, 5, 6]
    assert listed(every, 10) == every


def many():
    return check(alike(40, EMPTY) + alike(30, EXTRA))


def test_totals_and_exit_status_count_what_is_not_listed(few_listed):
    report = many()
    assert (report.summary.errors, report.summary.unsafe_fixable, report.summary.rows) == (70, 30, 70)
    assert Counter(item.code for item in report.findings) == {"FT211": 10, "FT102": 2}
    assert [(one.code, one.findings, one.listed, one.rows) for one in report.unlisted] == [
        ("FT211", 40, 10, 40),
        ("FT102", 30, 2, 30),
    ]
    assert report.exit_code() == 1
    assert [details.rows_affected for details in report.details.values()] == [70]


def test_several_files_share_the_room_and_each_rule_is_listed_in_each(few_listed, tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.jsonl").write_bytes(dumped(alike(20, EMPTY)))
    report = ftlint.check(tmp_path, totals=False, today=TODAY)
    assert report.summary.errors == 60
    assert [one.listed for one in report.unlisted] == [10, 2, 2]


@pytest.mark.skipif(sys.platform != "linux", reason="needs fork")
@pytest.mark.parametrize("jobs", [2, 5])
def test_processes_list_the_same_findings(few_listed, tmp_path, jobs):
    file = tmp_path / "train.jsonl"
    file.write_bytes(dumped([EXTRA, EMPTY, chat("user: Hi", "assistant: Hello")] * 40))
    alone = ftlint.check(file, today=TODAY).to_dict()
    with small_ranges("fork", 300):
        assert ftlint.check(file, today=TODAY, jobs=jobs).to_dict() == alone


def test_what_people_read_has_the_exact_numbers_and_says_what_is_not_listed(few_listed):
    report = many()
    more = "… and 58 more findings counted, not listed: 28 of FT102, 30 of FT211"
    grouped = list(text.grouped(report, plain, None))
    assert grouped[0].startswith("FT211 empty-assistant error: 40 findings in 40 of 70 rows (57%)")
    assert any(line.startswith("FT102 unknown-key error: 30 findings in 30 of 70 rows (43%)") for line in grouped)
    for lines in (grouped, list(text.concise(report, plain, None)), list(text.full(report, plain, 3))):
        assert lines[-2] == more
        assert lines[-1].startswith("Found 70 errors in 70 of 70 rows.")
    assert [line.split() for line in text.statistics(report, plain)] == [
        ["40", "FT211", "error", "empty-assistant"],
        ["30", "FT102", "error", "unknown-key"],
    ]


def test_how_often_a_defect_stands_in_a_file_is_a_lower_bound_where_not_all_are_listed(few_listed):
    rows = [chat("user: Hi", "assistant: Hello", **{f"k{'x' * (number % 2)}": 1}) for number in range(40)]
    lines = "\n".join(text.grouped(check(rows), plain, None))
    assert "40 findings in 40 of 40 rows (100%)" in lines
    assert "at least 5 times, first at" in lines
    assert "5 times in" not in lines


def test_what_programs_read_says_what_is_not_listed(few_listed):
    report = many()
    document = json.loads("\n".join(machine.render_json(report)))
    assert document == json.loads(json.dumps(report.to_dict()))
    assert [one["findings"] - one["listed"] for one in document["unlisted"]] == [30, 28]
    lines = [json.loads(line) for line in machine.render_json_lines(report)]
    assert [line["unlisted"]["code"] for line in lines if "unlisted" in line] == ["FT211", "FT102"]
    commands = list(github.render(report))
    assert any(line.startswith("::error title=FT211") and "40 findings" in line for line in commands)
    assert commands[-1] == "| … and 58 more findings counted, not listed: 28 of FT102, 30 of FT211"


@pytest.mark.parametrize("number", [0, 1, 3])
def test_json_is_written_finding_by_finding_as_it_would_be_at_once(number):
    report = check(alike(number, EMPTY) + alike(10, chat("user: Hi", "assistant: Hello")))
    assert "\n".join(machine.render_json(report)) == machine.dumps(report.to_dict(), indent=2)


def test_stats_count_errors_that_are_not_listed(few_listed, tmp_path):
    from dataclasses import replace

    from ftlint.config.load import load

    file = tmp_path / "train.jsonl"
    file.write_bytes(dumped(alike(40, EMPTY)))
    configuration = load(tmp_path, isolated=True)
    configuration = replace(configuration, settings=replace(configuration.settings, today=TODAY))
    assert stats([str(file)], [], configuration).files[0].errors == 40


# Memory: of a real process, whose peak the one that starts it reads.

LAUNCHER = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak(file, *options):
    """The peak memory of `ftlint check` in megabytes."""
    command = [sys.executable, "-m", "ftlint", "check", str(file), "--isolated", "--jobs", "1", *options]
    done = subprocess.run([sys.executable, "-c", LAUNCHER, *command], capture_output=True, text=True, cwd=ROOT)
    status, kilobytes = done.stdout.split()
    assert status in ("0", "1"), done.stderr
    return int(kilobytes) / (1024 if sys.platform != "darwin" else 1 << 20)


def blank_lines(number):
    return b"\n" * number


def clean_rows(number):
    return dumped(chat("user: Hi", "assistant: Hello")) * number


def rows_with_a_carriage_return(number):
    return dumped(chat("user: Hi", "assistant: Hello")).replace(b"\n", b"\r\n") * number


SIZES = [(blank_lines, 100_000), (clean_rows, 20_000), (rows_with_a_carriage_return, 20_000)]


@pytest.mark.skipif(sys.platform == "win32", reason="no peak of another process here")
@pytest.mark.parametrize(("data", "number"), SIZES, ids=lambda value: getattr(value, "__name__", ""))
def test_memory_does_not_grow_with_the_file(tmp_path, data, number):
    file = tmp_path / "train.jsonl"
    peaks = []
    for size in (number, 6 * number):
        file.write_bytes(data(size))
        peaks.append(peak(file, "--no-totals", "--ignore", "FT7"))
    assert peaks[1] < peaks[0] + 12, peaks


@pytest.mark.skipif(sys.platform == "win32", reason="no peak of another process here")
def test_what_is_remembered_of_rows_grows_with_their_number_and_not_with_their_size(tmp_path):
    file = tmp_path / "train.jsonl"
    peaks = {}
    for rows, size in ((10_000, 50), (60_000, 50), (10_000, 3000)):
        file.write_bytes(dumped(chat(f"user: Is {n} prime?", f"assistant: {'No' * size}") for n in range(rows)))
        peaks[rows, size] = peak(file, "--no-totals")
    assert peaks[60_000, 50] < peaks[10_000, 50] + 12 + 50_000 * 150 / (1 << 20), peaks
    assert peaks[10_000, 3000] < peaks[10_000, 50] + 12, peaks


@pytest.mark.skipif(sys.platform == "win32", reason="no peak of another process here")
def test_of_a_line_past_the_limit_no_more_is_held_than_the_limit(tmp_path):
    file = tmp_path / "train.jsonl"
    file.write_bytes(dumped(chat("user: Hi", "assistant: Hello")) * 10)
    least = peak(file)
    with file.open("ab") as stream:
        stream.seek(400 << 20)  # NULs, of which the disk holds none
        stream.write(b"\n")
    assert peak(file) < least + 64 + 15


@pytest.mark.skipif(sys.platform == "win32", reason="no peak of another process here")
def test_findings_past_those_that_are_listed_take_no_memory(tmp_path, monkeypatch):
    script = "import sys; from ftlint.engine import hits; hits.MAX_LISTED = 1000; from ftlint.cli import main; main()"
    file = tmp_path / "train.jsonl"
    peaks = []
    for size in (5_000, 40_000):
        file.write_bytes(dumped(EMPTY) * size)
        options = ["--isolated", "--select", "FT211", "--output-format", "json"]
        command = [sys.executable, "-c", script, "check", str(file), *options]
        done = subprocess.run([sys.executable, "-c", LAUNCHER, *command], capture_output=True, text=True, cwd=ROOT)
        assert f"{size - 1000:,} of {size:,} findings are counted and not listed" in done.stderr
        peaks.append(int(done.stdout.split()[1]))
    assert peaks[1] < peaks[0] * 1.2, peaks


# Time: what takes twice the data takes about twice the time.


def calls(number, answered):
    ids = [f"call_{index}" for index in range(number)]
    asked = {"role": "assistant", "content": None, "tool_calls": [{**CALL, "id": identity} for identity in ids]}
    results = [{"role": "tool", "tool_call_id": f"{one}{answered}", "content": "x"} for one in reversed(ids)]
    return dumped(chat("user: Hi", asked, *results, "assistant: Done", tools=[CLOCK]))


def unknown_tools(number):
    ids = [
        {**CALL, "id": f"c{index}", "function": {"name": f"clok{index}", "arguments": "{}"}} for index in range(number)
    ]
    tools = [{"type": "function", "function": {"name": f"tool{index}"}} for index in range(number)]
    return dumped(chat("user: Hi", {"role": "assistant", "content": None, "tool_calls": ids}, tools=tools))


ROW = dumped(chat("user: Hi", "assistant: Hello")).strip()
HOSTILE = {
    "objects on one line": lambda n: ROW * n + b"\n",
    "objects of an array on one line": lambda n: b"[" + b", ".join([ROW] * n) + b"]",
    "objects that do not close": lambda n: b'{\n"a": 1\n}\n' + b'{"a": \n' * n,
    "messages with a finding each": lambda n: dumped(chat(*["user: Hi", "assistant:  "] * n)),
    "messages of an unknown role": lambda n: dumped(chat(*["usr: Hi"] * n)),
    "calls answered in reverse": lambda n: calls(n // 4, ""),
    "results of no call": lambda n: calls(n // 20, "x"),
    "calls of unknown tools": lambda n: unknown_tools(n // 100),
    "keys that stand twice": lambda n: b'{"messages": [], ' + b", ".join([b'"a": 1'] * n) + b"}\n",
    "commas that are too many": lambda n: b'{"a": [' + b"1,]," * (10 * n) + b"]}\n",
    "quotation marks": lambda n: b'{"a": ' + b'"' * (100 * n) + b"\n",
    "backslashes": lambda n: (b'{"a": "' + b"\\" * 99 + b"\n") * n,
    "brackets": lambda n: b'{"a": ' + b"[" * (100 * n) + b"\n",
    "one letter": lambda n: dumped(chat("user: Hi", "assistant: " + "a" * (200 * n))),
    "spaces": lambda n: dumped(chat("user: Hi", "assistant: " + " " * (100 * n))),
    "escapes": lambda n: dumped(chat("user: Hi", "assistant: " + "\n" * (100 * n))),
    "a word": lambda n: dumped(chat("user: Hi", "assistant: " + "word " * (50 * n))),
    "fences": lambda n: dumped(chat("user: Hi", "assistant: " + "```\n" * (25 * n))),
    "signs of mojibake": lambda n: dumped(chat("user: Hi", "assistant: " + "Ã" * (10 * n))),
    "opening tags": lambda n: dumped(chat("user: Hi", "assistant: " + "<think>" * (20 * n))),
    "pairs": lambda n: dumped([PAIR] * (n // 4)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_data_and_not_faster(name, tmp_path):
    file = tmp_path / "train.jsonl"

    def took(size):
        file.write_bytes(HOSTILE[name](size))
        best = []
        for _ in range(2):
            start = time.process_time()
            ftlint.check(file, totals=False, today=TODAY, select=("ALL",))
            best.append(time.process_time() - start)
        return min(best)

    took(100)  # imports
    size = 1000
    while (short := took(size)) < 0.05 and size < 64_000:
        size *= 2
    assert took(2 * size) < 3.5 * short + 0.05


def test_a_row_past_those_that_are_listed_is_not_called_fine(few_listed, tmp_path):
    from ftlint.config.load import load
    from ftlint.engine.explain import explain, look_up
    from ftlint.reporters.explain import render_text

    file = tmp_path / "train.jsonl"
    file.write_bytes(dumped(alike(40, EMPTY)))
    found = explain("Invalid file format. Example 30, message 2 Discriminator 'role' is missing in value")
    looked = look_up(str(file), found, load(tmp_path, isolated=True, today=TODAY), True)
    lines = list(render_text(found, [], looked, True, plain))
    assert lines[-2].endswith(
        "train.jsonl:30: nothing of this row is among the 10 findings that are listed; there are more"
    )

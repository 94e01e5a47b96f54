"""Rows end at `\\n` and nowhere else, and no line is too long to be read past."""

import io
import subprocess
import sys
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.sources.lines import Block, LongLine, blocks
from tests.support import ROOT, chat, check, codes, dumped, lint

ROW = '{"messages": [{"role": "user", "content": "%s"}, {"role": "assistant", "content": "Hello"}]}\n'


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085", "\\u000b", "\\u000c", "\\r"])
def test_separators_of_other_languages_inside_a_string_end_no_row(separator):
    report = check((ROW % f"one{separator}two").encode() * 3, ignore=["FT305"])
    assert report.files[0].rows == 3
    assert [finding.code for finding in report.findings] == ["FT504"]


@pytest.mark.parametrize("separator", ["\r", "\x0b", "\x0c"])
def test_a_raw_control_character_in_a_string_breaks_its_row_but_does_not_split_it(separator):
    data = (ROW % f"one{separator}two" + ROW % "three").encode()
    assert check(data).files[0].rows == 2
    assert lint("FT001", data) == ["1: Not JSON: a control character stands in a string unescaped"]


chunks = st.lists(st.sampled_from([b"\n", b"\n\n", b"a", b"bc", b"def", b"ghijklmno", b"\r\n", b"\x85"]), max_size=30)


def naive(data, max_line):
    """Every line with its offset, its number and whether it is skipped."""
    lines = data.split(b"\n")
    last_ends = lines[-1] == b""
    lines = lines[:-1] if last_ends else lines
    offsets = accumulate((len(line) + 1 for line in lines), initial=0)
    return [
        (offset, number, len(line) if len(line) > max_line else line, last_ends or number < len(lines))
        for number, (offset, line) in enumerate(zip(offsets, lines, strict=False), 1)
    ]


@given(data=chunks.map(b"".join), size=st.integers(1, 20), max_line=st.integers(0, 12))
def test_blocks_of_any_size_hold_the_lines_of_a_plain_split(data, size, max_line):
    seen = []
    for chunk in blocks(io.BytesIO(data), max_line, size):
        if isinstance(chunk, LongLine):
            seen.append((chunk.offset, len(seen) + 1, chunk.length, chunk.ends_with_newline))
            continue
        assert isinstance(chunk, Block)
        offset = chunk.offset
        for index, line in enumerate(chunk.lines):
            last = index == len(chunk.lines) - 1
            seen.append((offset, len(seen) + 1, line, chunk.ends_with_newline or not last))
            offset += len(line) + 1
    assert seen == naive(data, max_line)


SHORT = chat("user: Hi", "assistant: Hello")
LONG = chat("user: Hi", "assistant: " + "Hello " * 100)


@pytest.mark.parametrize("place", range(4))
def test_a_long_line_is_reported_wherever_it_stands_and_the_others_are_checked(place):
    rows = [SHORT, SHORT, {"messages": []}]
    rows.insert(place, LONG)
    length = len(dumped(LONG)) - 1
    assert lint("FT016", rows, max_line_bytes=300) == [
        f"{place + 1}: Line of {length:,} bytes is longer than the limit of 300"
    ]
    assert codes(rows, max_line_bytes=300) == {"FT016": 1, "FT106": 1, "FT504": 1}


def test_a_long_line_counts_as_a_row_and_the_lines_after_it_keep_their_numbers():
    rows = [LONG, LONG, {"messages": []}]
    report = check(rows, max_line_bytes=300)
    assert report.files[0].rows == 3
    assert [(item.code, item.line) for item in report.findings if item.row] == [
        ("FT016", 1),
        ("FT016", 2),
        ("FT106", 3),
    ]


def test_a_long_last_line_without_a_newline_is_reported_once():
    data = b'{"messages": [], "x": "' + b"y" * 500
    assert lint("FT016", data, max_line_bytes=100) == ["1: Line of 523 bytes is longer than the limit of 100"]


def test_a_line_of_the_limit_itself_is_read():
    data = b'{"messages": []}\n'
    assert codes(data, max_line_bytes=16) == {"FT106": 1, "FT504": 1}
    assert codes(data, max_line_bytes=15)["FT016"] == 1


HUGE = """
import os, sys, ftlint
path = sys.argv[1]
with open(path, "wb") as file:
    file.write(b'{"messages": [{"role": "user", "content": "')
    for _ in range(200):
        file.write(b"x" * 1_000_000)
    file.write(b'"}]}\\n{"messages": []}\\n')
report = ftlint.check(path, totals=False)
print([(item.code, item.line) for item in report.findings if item.row])
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the peak of memory from /proc")
def test_a_line_of_200_megabytes_is_skipped_without_being_held_in_memory(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", HUGE, str(tmp_path / "huge.jsonl")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found, peak = run.stdout.splitlines()
    assert found == "[('FT016', 1), ('FT106', 2)]"
    assert int(peak) < 150_000  # kB; the limit of 64 MiB for a line that may yet end, and the interpreter


rows = st.lists(st.binary(max_size=40).map(lambda row: row.replace(b"\n", b"")), max_size=150)


@given(before=rows, edited=rows, after=rows)
def test_behind_an_edit_blocks_are_cut_where_they_were(before, edited, after):
    def cuts(*parts):
        data = b"".join(row + b"\n" for part in parts for row in part)
        return {len(data) - chunk.offset for chunk in blocks(io.BytesIO(data), size=60)}

    whole, changed = cuts(before, after), cuts(before, edited, after)
    # From the first cut on that both have, both have the same.
    rest = sum(len(row) + 1 for row in after)
    common = [cut for cut in whole & changed if cut <= rest]
    if common:
        assert {cut for cut in whole if cut <= max(common)} == {cut for cut in changed if cut <= max(common)}


@pytest.mark.parametrize("length", [1, 20, 500, 5000, 100_000])
def test_blocks_are_of_about_one_size_whatever_the_length_of_lines(length):
    data = b"".join(b"%0*d\n" % (length, index * 7919) for index in range(2_000_000 // (length + 1)))
    sizes = [len(chunk.data) for chunk in blocks(io.BytesIO(data), size=50_000)]
    assert min(sizes[:-1]) >= 50_000
    assert max(sizes) <= 5 * 50_000 + length + 1

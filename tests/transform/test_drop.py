"""Lines are taken out of a file, and kept beside it."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint import FtlintError, check
from ftlint.transform.drop import drop, lines_of, lines_of_report
from tests.support import TODAY, alike, chat, dumped

GOOD, BAD = chat("user: Hi", "assistant: Hello"), chat("user: Hi", "assistant: ")


def kept(path):
    return [json.loads(line) for line in path.with_name("train.dropped.jsonl").read_bytes().splitlines()]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("4,13,14", [4, 13, 14]),
        ("4-6", [4, 5, 6]),
        ("2, 4 - 5 9", [2, 4, 5, 9]),
        ("4–5", [4, 5]),
        ("Flagged lines: 4, 13, 14, 18, 35 ...", [4, 13, 14, 18, 35]),
    ],
)
def test_lines_are_named_as_people_and_providers_do(text, lines):
    assert sorted(lines_of(text)) == lines


@pytest.mark.parametrize("text", ["", "x", "4,x", "0", "5-4", "-4", "1-99999999999", "1.5", "4-", "9" * 5000])
def test_what_names_no_lines_is_refused_in_a_sentence(text):
    with pytest.raises(FtlintError, match=r"names no lines|is no range of lines|names more than"):
        lines_of(text)


@given(
    st.lists(st.binary(max_size=5).map(lambda line: line.translate(None, b"\n\0")), min_size=1),
    st.booleans(),
    st.data(),
)
def test_every_other_byte_stays_and_what_goes_is_kept(tmp_path_factory, lines, ends, data):
    path = tmp_path_factory.mktemp("drop") / "train.jsonl"
    content = b'{"prompt": "a", "completion": "b"}\n' + b"\n".join(lines) + (b"\n" if ends or not lines[-1] else b"")
    path.write_bytes(content)
    every = content.split(b"\n")[: content.count(b"\n") + (not content.endswith(b"\n"))]
    chosen = data.draw(st.sets(st.integers(2, len(every)), max_size=4)) if len(every) > 1 else set()
    done = drop(str(path), dict.fromkeys(chosen, "why"), TODAY)
    left = [line + b"\n" for number, line in enumerate(every, 1) if number not in chosen]
    if not content.endswith(b"\n") and len(every) not in chosen:
        left[-1] = left[-1][:-1]
    assert path.read_bytes() == b"".join(left)
    assert done[:2] == (len(chosen), len(every))
    if chosen:
        assert [one["line"] for one in kept(path)] == sorted(chosen)
        assert [one["reason"] for one in kept(path)] == ["why"] * len(chosen)


def test_rows_are_kept_as_they_were_whatever_they_are(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"a":  1.0}\r\n{"b": \n\xff\n' + dumped(GOOD))
    drop(str(path), lines_of("1-3"), date(2026, 11, 25))
    assert path.read_bytes() == b"\xef\xbb\xbf" + dumped(GOOD)
    first, second, third = path.with_name("train.dropped.jsonl").read_bytes().splitlines()
    assert first == b'{"reason": "named with --lines", "line": 1, "dropped": "2026-11-25", "row": {"a":  1.0}}'
    assert json.loads(second)["text"] == '{"b": '
    assert json.loads(third)["base64"] == "/w=="


def test_the_file_beside_grows_by_what_is_dropped(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_bytes(dumped([GOOD, BAD, GOOD]))
    path.with_name("train.dropped.jsonl").write_bytes(b'{"mine": 1}')
    drop(str(path), lines_of("2"), TODAY)
    assert [sorted(one) for one in kept(path)] == [["mine"], ["dropped", "line", "reason", "row"]]


@pytest.mark.parametrize("lines", ["4", "1,9"])
def test_a_line_that_is_not_there_changes_nothing(tmp_path, lines):
    path = tmp_path / "train.jsonl"
    path.write_bytes(dumped(alike(3, GOOD)))
    with pytest.raises(FtlintError, match="has 3 lines, and no line"):
        drop(str(path), lines_of(lines), TODAY)
    assert path.read_bytes() == dumped(alike(3, GOOD))
    assert [one.name for one in tmp_path.iterdir()] == ["train.jsonl"]


@pytest.mark.parametrize("data", [json.dumps([GOOD]).encode(), json.dumps(GOOD).encode("utf-16"), b"\x1f\x8b\x08"])
def test_lines_of_a_file_that_has_no_rows_on_lines_are_refused(tmp_path, data):
    path = tmp_path / "train.jsonl"
    path.write_bytes(data)
    with pytest.raises(FtlintError, match="its rows are not lines of UTF-8"):
        drop(str(path), lines_of("1"), TODAY)
    assert path.read_bytes() == data


def report_of(path, **options):
    file = path.with_name("report.json")
    file.write_text(json.dumps(check(path, today=TODAY, **options).to_dict(), default=str))
    return str(file)


def test_rows_with_errors_in_a_report_go_with_the_errors_as_reason(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_bytes(dumped([GOOD, BAD, GOOD, chat("user: Hi")]) + b"{\n")
    lines = lines_of_report(report_of(path), str(path))
    assert sorted(lines) == [2, 4, 5]
    assert lines[2] == "FT211 Assistant turn is empty"
    drop(str(path), lines, TODAY)
    assert path.read_bytes() == dumped([GOOD, GOOD])
    assert check(path, today=TODAY, ignore=["FT504"]).summary.errors == 0


def test_codes_choose_findings_of_a_report(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_bytes(dumped([GOOD, BAD, chat("user: Hi", "assistant: a\u200bb")]))
    assert sorted(lines_of_report(report_of(path), str(path), ["FT305"])) == [3]


def test_a_report_about_another_file_or_another_state_of_it_is_refused(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_bytes(dumped([GOOD, BAD]))
    report = report_of(path)
    path.write_bytes(dumped([BAD]))
    with pytest.raises(FtlintError, match=r"is not the file that .* speaks of"):
        lines_of_report(report, str(path))
    other = tmp_path / "other.jsonl"
    other.write_bytes(b"")
    with pytest.raises(FtlintError, match="does not speak of"):
        lines_of_report(report, str(other))


EMPTY = b'"findings": [], "unlisted": []'


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b'{"files": 1, %s}' % EMPTY, b'{"files": [{}], %s}' % EMPTY]
)
def test_what_is_no_report_is_refused(tmp_path, content):
    path, report = tmp_path / "train.jsonl", tmp_path / "report.json"
    path.write_bytes(dumped([GOOD]))
    report.write_bytes(content)
    with pytest.raises(FtlintError, match=r"is no JSON|is no report"):
        lines_of_report(str(report), str(path))

"""A baseline mutes what was recorded, as often as it was, wherever its rows stand and however they are written."""

import json
import random
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import ftlint
from ftlint.config.load import load
from ftlint.core.errors import FtlintError
from ftlint.engine import baseline as baselines
from ftlint.engine import reading, run
from ftlint.engine.fingerprints import CODE_BYTES, digest_of, fingerprint
from ftlint.engine.muting import Muted, Recording
from ftlint.rules.index import entries
from ftlint.sources.lines import blocks
from tests.engine.test_laws import odd_lines
from tests.support import TODAY, alike, chat, dumped, rows_of, small_ranges, spoilt

EMPTY = chat("user: Hi", "assistant: ")


@pytest.fixture
def directory():
    """A place for files, one for each example that hypothesis tries."""
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def checked(path, muting=None, **options):
    given = {"totals": False, "today": TODAY, "select": ["ALL"], **options}
    return run.run((str(path),), load(path.parent, isolated=True, **given), muting=muting)


def recorded(path, **options):
    """A baseline of the findings of a file."""
    recording = Recording()
    checked(path, recording, **options)
    return baselines.put_together(path.parent / "baseline.json", recording.found())


def news(before, after, path, **options):
    """What is reported of a file after it was changed, with the baseline of what it was."""
    path.write_bytes(before)
    muted = Muted(recorded(path, **options))
    path.write_bytes(after)
    return checked(path, muted, **options), muted


def findings(data, path, **options):
    """The findings of a file in a form that does not depend on where the rows stand: an oracle, row by row."""
    path.write_bytes(data)
    return counted(checked(path, **options), data)


def counted(report, data):
    """Findings by code, row and pointer; those of the file by code alone."""
    lines = data.split(b"\n")
    return Counter(
        (one.code, None if one.line is None else identity(lines[one.line - 1]), one.pointer) for one in report.findings
    )


def identity(raw):
    try:
        pairs = json.loads(raw, object_pairs_hook=unique)
        return json.dumps(pairs, sort_keys=True)
    except ValueError:
        return raw.rstrip(b"\r")


def unique(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


# What a rule that speaks of the file finds is known by its code, which the tests below hold.
OF_ROWS = [
    code for code, entry in entries().items() if not entry.once and entry.kind not in ("DatasetRule", "FileRule")
]

lines = st.one_of(rows_of["chat"].map(json.dumps), spoilt(rows_of["chat"]).map(json.dumps), odd_lines)


@settings(max_examples=60)
@given(
    old=st.lists(lines, min_size=1, max_size=6),
    new=st.lists(lines, max_size=4),
    seed=st.integers(0, 999),
    crlf=st.booleans(),
)
def test_after_rows_are_moved_removed_and_added_the_findings_are_those_of_the_new_rows(old, new, seed, crlf):
    dice = random.Random(seed)
    kept = [line for line in old if dice.random() < 0.8]
    after = [*kept, *new]
    dice.shuffle(after)
    options = {"select": OF_ROWS, "format": "chat"}
    written, rewritten = (
        f"{end.join(part)}{end}".encode("utf-8", "surrogatepass")
        for end, part in (("\n", old), ("\r\n" if crlf else "\n", after))
    )
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "train.jsonl")
        before, now = findings(written, path, **options), findings(rewritten, path, **options)
        report, _ = news(written, rewritten, path, **options)
    assert counted(report, rewritten) == now - before
    assert report.summary.muted == (now & before).total()


@settings(max_examples=40)
@given(old=st.lists(lines, min_size=1, max_size=8), seed=st.integers(0, 999))
def test_a_baseline_of_a_file_mutes_all_of_it_in_any_order_and_none_of_it_is_stale(old, seed):
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "train.jsonl")
        data = "".join(f"{line}\n" for line in old).encode("utf-8", "surrogatepass")
        report, muted = news(data, data, path)
        every, stale = checked(path), muted.stale()
    assert report.findings == []
    assert stale == {}
    assert report.summary.muted >= len(every.findings)


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(reading, "blocks", partial(blocks, size=300))
    monkeypatch.setattr(run, "WORTH_REMEMBERING", 0)
    with small_ranges("fork" if sys.platform == "linux" else "spawn", 1000):
        yield


@pytest.mark.parametrize("copies", [1, 2, 7])
def test_processes_and_what_is_remembered_mute_the_same_findings(copies, directory, small_blocks):
    rows = [chat(f"user: {number}", "assistant: " if number % 3 else "assistant: Yes") for number in range(120)]
    path = directory / "train.jsonl"
    path.write_bytes(dumped(rows))
    baseline = recorded(path)
    path.write_bytes(dumped([chat("user: new", "assistant: "), *(rows * copies)]))
    alone = checked(path, Muted(baseline)).to_dict()
    remembered = {"cache_dir": str(directory / "kept")}
    for options in ({"jobs": 3}, remembered, remembered, {"jobs": 2, **remembered}):
        assert checked(path, Muted(baseline), **options).to_dict() == alone
    assert sum(one["code"] == "FT211" for one in alone["findings"]) == 1 + 80 * (copies - 1)
    # What is remembered does not outlive the baseline.
    assert checked(path, **remembered).to_dict() == checked(path).to_dict()
    assert checked(path, Muted(recorded(path)), **remembered).findings == []


def test_a_third_copy_of_a_row_that_was_in_twice_is_news(directory):
    report, _ = news(dumped(alike(2, EMPTY)), dumped(alike(3, EMPTY)), directory / "train.jsonl", select=["FT211"])
    assert [(one.code, one.row) for one in report.findings] == [("FT211", 3)]
    assert report.summary.muted == 2


@pytest.mark.parametrize(
    "again",
    [
        b'{ "messages" : [{"content":"Hi","role":"user"}, {"content": "", "role": "assistant"}] }\n',
        b'{"messages": [{"role": "user", "content": "\\u0048i"}, {"role": "assistant", "content": ""}]}\r\n',
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": ""}]}',
        b"\xef\xbb\xbf" + dumped(EMPTY),
        dumped(EMPTY).decode().encode("utf-16"),
        json.dumps([EMPTY], indent=1).encode(),
    ],
    ids=["keys and space", "escapes and CRLF", "no newline", "byte-order mark", "UTF-16", "array"],
)
def test_a_row_that_is_written_in_another_way_is_the_same(again, directory):
    report, _ = news(dumped(EMPTY), again, directory / "train.jsonl", select=["FT211"])
    assert report.findings == []
    assert report.summary.muted == 1


def test_a_row_that_does_not_parse_is_known_by_its_bytes(directory):
    report, _ = news(b"{broken\n{}\n", b"{}\n{broken\r\n{broken, too\n", directory / "train.jsonl", select=["FT001"])
    assert [(one.code, one.row) for one in report.findings] == [("FT001", 3)]


def test_a_key_that_is_doubled_in_a_known_row_is_news(directory):
    doubled = b'{"messages": [], ' + dumped(EMPTY)[1:]
    report, _ = news(dumped(EMPTY), doubled, directory / "train.jsonl", select=["FT012"])
    assert [one.code for one in report.findings] == ["FT012"]


def test_a_finding_of_the_file_is_known_whatever_numbers_it_holds(directory):
    rows = alike(9, chat("system: Be brief.", "user: a", "assistant: b"))
    lacking = [chat("user: c", "assistant: d")]
    report, _ = news(dumped(rows + lacking), dumped(rows * 2 + lacking * 2), directory / "a.jsonl", select=["FT213"])
    assert report.findings == []


def test_what_half_of_the_rows_have_stays_meant_with_a_baseline(directory):
    spaced, plain = chat("user: a", "assistant: b "), chat("user: a", "assistant: b")
    before, after = dumped([spaced] * 4 + [plain] * 6), dumped([spaced] * 6 + [plain] * 4)
    report, muted = news(before, after, directory / "a.jsonl", select=["FT302"])
    assert report.findings == []
    assert {code for keys in muted.stale().values() for code in keys} == {fingerprint("FT302", None, None)}


def test_a_share_of_the_rows_is_that_of_the_new_ones(directory):
    def said(number):
        return chat("user: a", f"assistant: As an AI language model, I cannot do {number}.")

    before, after = dumped(map(said, range(10))), dumped(map(said, range(12)))
    report, _ = news(before, after, directory / "a.jsonl", select=["FT307"])
    assert [(one.row, one.message.endswith("in 2 of 12 rows (17%)")) for one in report.findings] == [(11, True)]


def test_more_findings_than_a_report_lists_hide_no_new_one(directory, monkeypatch):
    from ftlint.engine import hits

    monkeypatch.setattr(hits, "MAX_LISTED", 100)
    old = [chat(f"user: {number}", "assistant: ") for number in range(500)]
    new = [chat("user: new", "assistant: ")]
    report, _ = news(dumped(old), dumped(old + new), directory / "train.jsonl", select=["FT211"])
    assert [(one.row, one.code) for one in report.findings] == [(501, "FT211")]
    assert (report.summary.errors, report.summary.muted, report.unlisted) == (1, 500, [])


def test_findings_of_the_dataset_are_muted_by_the_row_that_they_name(directory):
    def pair(first, second):
        sides = {"preferred_output": first, "non_preferred_output": second}
        return {
            "input": {"messages": [{"role": "user", "content": "Hi"}]},
            **{key: [{"role": "assistant", "content": text}] for key, text in sides.items()},
        }

    old, new = [pair("a", "b"), pair("b", "a")], [pair("c", "d"), pair("d", "c")]
    path = directory / "pairs.jsonl"
    path.write_bytes(dumped(old + new))
    every = [one.row for one in checked(path, select=["FT606"]).findings]
    report, _ = news(dumped(old), dumped(new + old), path, select=["FT606"])
    assert len(every) > len(report.findings) > 0
    assert {one.row for one in report.findings} <= {1, 2}


def test_every_code_is_as_long_as_fingerprints_say():
    assert {len(code) for code in entries()} == {CODE_BYTES}


def test_a_digest_is_that_of_the_row_whatever_it_is():
    for raw in (b"", b"{", b"\xff", b'"\\ud800"', b'{"a": 1e999}', b"[" * 5000, b'{"a": %d}' % 10**40):
        assert len(digest_of(raw)) == 16


# The file.


@example(content=b"")
@example(content=b"[]")
@example(content=b'{"version": 2}')
@example(content=b'{"version": 1, "files": {"a": {"FT211": 0}}}')
@example(content=b'{"version": 1, "files": {"a": {"FT211 00": 1}}}')
@example(content=b'{"version": 1, "files": {"a": {"FT211": true}}}')
@example(content=b'{"version": true, "files": {}}')
@example(content=b'{"version": 1, "files": []}')
@example(content=b'{"version": 1, "files": {}, "more": 1}')
@example(content=b"[" * 100_000)
@example(content=b"\n<<<<<<< HEAD\n")
@given(content=st.binary(max_size=40))
def test_a_damaged_baseline_is_refused_in_one_sentence(content):
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory, "baseline.json")
        place.write_bytes(content)
        with pytest.raises(FtlintError) as raised:
            baselines.read(place)
    assert "\n" not in str(raised.value)


def test_a_baseline_is_what_it_was_after_it_was_written_and_read(directory):
    path = directory / "train.jsonl"
    path.write_bytes(dumped(alike(2, EMPTY)) + b"{broken\n\n")
    baseline = recorded(path)
    baseline.place.write_text("".join(f"{line}\n" for line in baseline.lines()))
    again = baselines.read(baseline.place)
    assert again.files == {path: keys for path, keys in baseline.files.items() if keys}
    lines = baseline.place.read_text().splitlines()
    assert all("Hi" not in line and line.count("FT") <= 1 for line in lines)
    assert lines == [*baseline.lines()]


def test_the_library_takes_a_baseline_too(directory):
    path = directory / "train.jsonl"
    path.write_bytes(dumped(alike(12, EMPTY)))
    baseline = recorded(path, select=["FT211"])
    baseline.place.write_text("\n".join(baseline.lines()))
    report = ftlint.check(path, baseline=baseline.place, today=TODAY)
    assert (report.findings, report.summary.muted) == ([], 12)
    assert len(ftlint.check(path, today=TODAY).findings) == 12

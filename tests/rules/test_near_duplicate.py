"""FT702: rows that say nearly the same, found in any grouping, in memory or on disk, and as `ftlint dedupe` does."""

import io
import json
import re
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ftlint
from ftlint.engine import reading
from ftlint.engine.chunks import scan_all
from ftlint.engine.conclude import dataset_problems
from ftlint.engine.result import ChunkResult
from ftlint.engine.scan import Scanner
from ftlint.formats import signatures
from ftlint.formats.clusters import Digests
from ftlint.formats.identity import canonical, digest
from ftlint.formats.near import bands, shingles
from ftlint.formats.signatures import Near, Signatures
from ftlint.sources.lines import blocks
from tests.engine.test_laws import context_of
from tests.support import CLOCK, PAIR, TODAY, chat, check, dumped, lint, shared_data, small_ranges
from tests.transform.preparing import deduped

SENTENCE = (
    "We open at nine on every day of the week but on Sunday, and close at six unless there is someone in the shop"
)
near = partial(lint, "FT702", extend_select=["FT702"])


def says(answer, question="When do you open?", **keys):
    return chat(f"user: {question}", f"assistant: {answer}", **keys)


def test_it_is_off_unless_asked_for():
    rows = [says(SENTENCE), says(f"{SENTENCE} now")]
    assert lint("FT702", rows) == []
    assert len(near(rows)) == 1


def test_a_row_is_reported_with_the_earlier_one_and_how_much_they_share():
    rows = [says(SENTENCE), says("No."), says(f"{SENTENCE} now")]
    assert near(rows) == ["3: Row says nearly the same as row 1 (Jaccard 0.96)"]


def test_the_rows_of_a_cluster_name_the_same_row_and_how_many_they_are():
    rows = [says(f"{SENTENCE}{end}") for end in ("", " now", " today")]
    assert near(rows) == [
        "2: Row says nearly the same as row 1 (Jaccard 0.96), as 1 other row does",
        "3: Row says nearly the same as row 1 (Jaccard 0.96), as 1 other row does",
    ]
    assert near([*rows, says(f"{SENTENCE} then")])[0].endswith(", as 2 other rows do")


def test_the_named_row_is_not_reported_itself():
    words = [f"w{number}" for number in range(60)]
    rows = [says(" ".join(words[start : start + 40])) for start in range(0, 20, 2)]
    found = {int(text.split(":")[0]): int(re.search(r"row (\d+)", text)[1]) for text in near(rows)}
    assert found
    assert not set(found.values()) & set(found)


@pytest.mark.parametrize("without", [["FT701"], []])
def test_a_row_with_the_content_of_an_earlier_one_is_never_reported(without):
    same = says(f"{SENTENCE} now")
    rows = [
        says(SENTENCE),
        same,
        {"messages": [dict(reversed(one.items())) for one in same["messages"]]},
        says(SENTENCE),
    ]
    report = check(rows, extend_select=["FT702"], ignore=without)
    found = [(finding.code, finding.row) for finding in report.findings if finding.code in ("FT701", "FT702")]
    assert found == [("FT702", 2), *([("FT701", 3), ("FT701", 4)] if not without else [])]


def test_rows_of_the_same_text_and_another_content_are():
    rows = [chat(f"system: {prompt}", "user: When?", f"assistant: {SENTENCE}") for prompt in ("Be brief.", "Be kind.")]
    assert near(rows) == ["2: Row says nearly the same as row 1 (Jaccard 1.00)"]


def test_system_messages_and_definitions_of_tools_make_no_rows_alike():
    clock = {"type": "function", "function": {**CLOCK["function"], "description": SENTENCE * 20}}
    rows = [
        chat(f"system: {SENTENCE * 20}", f"user: {word}", f"assistant: {word}", tools=[clock])
        for word in ("red", "green", "blue")
    ]
    assert near(rows) == []
    assert deduped(dumped(rows), near=True)[1] == []


@pytest.mark.parametrize(
    ("row", "other"),
    [
        ({"prompt": SENTENCE, "completion": "x"}, {"prompt": SENTENCE, "completion": "y"}),
        (
            {**PAIR, "preferred_output": [{"role": "assistant", "content": SENTENCE}]},
            {**PAIR, "preferred_output": [{"role": "assistant", "content": f"{SENTENCE} now"}]},
        ),
        (
            says("営業時間は平日の午前九時から午後六時までで、日曜日はお休みです"),
            says("営業時間は平日の午前九時から午後六時までで、日曜日はお休みです。はい"),
        ),
    ],
)
def test_rows_of_every_format_and_scripts_without_spaces_are_compared(row, other):
    (found,) = near([row, other])
    assert "nearly the same as row 1" in found


def test_no_private_text_is_in_the_message():
    (finding,) = check([says(SENTENCE), says(f"{SENTENCE} now")], select=["FT702"]).findings
    assert "Sunday" not in finding.message
    assert finding.fix is None


# The same whatever the grouping.

WORDS = ["open", "at", "nine", "every", "day", "but", "sunday", "close", "six", "shop", "morning", "letter", "answer"]
texts = st.builds(
    lambda seed, changed, word: " ".join(
        word if index == changed else WORDS[(seed * 7 + index * index) % len(WORDS)] for index in range(24)
    ),
    st.integers(0, 3),
    st.integers(0, 40),
    st.sampled_from(WORDS),
)
files = st.lists(texts.map(says), min_size=1, max_size=14)


def found_in(data, size, most_rows, edges=()):
    """What is concluded of a file that is read in blocks of a size, and put together in groups."""
    context = context_of("chat")
    context.most_rows = most_rows
    scanner = Scanner(context)
    parts = [scan_all(scanner, [chunk]) for chunk in blocks(io.BytesIO(data), 1 << 20, size)]
    whole = ChunkResult()
    for start, end in pairwise([0, *sorted(min(edge, len(parts)) for edge in edges), len(parts)]):
        group = ChunkResult()
        for part in parts[start:end]:
            group.absorb(part, context.join)
        whole.absorb(group, context.combine)
    stream = io.BytesIO(data)
    dataset_problems(whole, context, type("Source", (), {"stream": stream}), (), None)
    return [(hit.place.line, hit.problem.message) for hit in whole.hits.kept if hit.problem.code == "FT702"]


@settings(max_examples=50)
@given(rows=files, size=st.integers(1, 900), held=st.integers(1, 5), edges=st.lists(st.integers(0, 14), max_size=7))
def test_what_is_found_does_not_depend_on_how_much_is_held_in_memory_or_read_at_once(rows, size, held, edges):
    data = dumped(rows)
    once = found_in(data, 1 << 20, 1 << 20)
    assert found_in(data, size, 1 << 20, edges) == once
    assert found_in(data, size, held, edges) == once


@settings(max_examples=30)
@given(rows=files)
def test_the_rows_are_those_that_dedupe_takes_out(rows):
    data = dumped(rows)
    _, gone = deduped(data, near=True)
    _, same = deduped(data)
    copies = {record["line"] for record in same}
    expected = [(one["line"], one["kept"]["line"], one["similarity"]) for one in gone if one["line"] not in copies]
    found = [
        (finding.row, int(found[1]), float(found[2]))
        for finding in check(data, select=["FT702"]).findings
        if (found := re.search(r"row ([\d,]+) \(Jaccard (.*)\)", finding.message))
    ]
    assert [(row, first, round(share, 2)) for row, first, share in expected] == found


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_several_processes_find_what_one_finds_however_little_is_held_in_memory(tmp_path, start, monkeypatch):
    monkeypatch.setattr(reading, "blocks", partial(blocks, size=300))  # a range is many of them
    path = tmp_path / "train.jsonl"
    rows = [says(f"{SENTENCE} on day {day} of {day * day} {'now' if day % 3 else ''}") for day in range(200)]
    path.write_bytes(dumped([*rows, *rows[::-7]]))
    alone = check(path.read_bytes(), select=["FT702", "FT701"])
    assert alone.findings
    with small_ranges(start, 2000):
        for options in ({"jobs": 2}, {"jobs": 8}, {"jobs": 2, "max_rows_in_memory": 3}):
            report = ftlint.check(path, totals=False, today=TODAY, select=["FT702", "FT701"], **options)
            assert [(one.row, one.message) for one in report.findings] == [
                (one.row, one.message) for one in alone.findings
            ]


# What is kept of texts.


@given(rows=st.lists(texts, max_size=20), cut=st.integers(0, 20), spills=st.booleans())
def test_signatures_on_disk_and_share_by_share_answer_as_those_in_memory(rows, cut, spills):
    whole, parts = Signatures(), Signatures()
    contents = Digests()
    for index, text in enumerate(rows):
        whole.add(text)
        parts.add(text)
        contents.add(digest(text))
        if index == cut or (spills and index % 3 == 0):
            parts.spill()
    assert parts == whole
    assert [list(parts.marks(row)) for row in range(len(rows))] == [list(whole.marks(row)) for row in range(len(rows))]
    nearest = Near(whole, rows.__getitem__).nearest(contents)
    assert Near(parts, rows.__getitem__).nearest(contents) == nearest
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signatures, "FEW", 0)
        assert Near(parts, rows.__getitem__).nearest(contents) == nearest


def test_a_long_chain_of_texts_takes_no_quadratic_time():
    words = [f"w{number}" for number in range(10_000)]
    rows = [" ".join(words[start : start + 60]) for start in range(0, 9_000, 5)]
    kept, contents, compared = Signatures(), Digests(), 0
    for text in rows:
        kept.add(text)
        contents.add(digest(text))

    class Counting(Near):
        def similarity(self, one, other):
            nonlocal compared
            compared += 1
            return super().similarity(one, other)

    nearest = Counting(kept, rows.__getitem__).nearest(contents)
    stays = [row for row, share in enumerate(nearest.shares) if not share]
    assert stays == list(range(0, len(rows), 2))
    assert compared < 20 * len(rows)


def test_shingles_are_dropped_past_so_many(monkeypatch):
    monkeypatch.setattr(signatures, "KEPT", 50)
    rows = [" ".join(f"w{number * number % 17}" for number in range(start, start + 30)) for start in range(40)]
    kept = Signatures()
    for text in rows:
        kept.add(text)
    near = Near(kept, rows.__getitem__)
    for one in range(40):
        for other in range(40):
            first, second = shingles(rows[one]), shingles(rows[other])
            assert near.similarity(one, other) == len(first & second) / len(first | second)
            assert sum(map(len, near._known.values())) <= 50


@pytest.mark.parametrize(
    "text", ["", "?!", "a", "a b c", "a b c d", "自転車", "half \ud83d of a character in here", "x " * 5000]
)
def test_any_text_has_bands(text):
    assert len(bands(text)) == 100
    assert bands(text) == bands(text.upper()) or text != text.lower()


def test_short_texts_that_share_a_phrase_are_no_candidates():
    kept = Signatures()
    for number in range(300):
        kept.add(" ".join(f"w{number * 20 + index}" for index in range(8)) + " thank you very much")
    pairs = {
        (one, other) for bucket in kept.buckets(kept.firsts()) for one in bucket for other in bucket if one < other
    }
    assert len(pairs) < 30  # of 44,850


# Against a naive script, on real files.


def words_of(value):
    if isinstance(value, dict):
        if value.get("role") in ("system", "developer"):
            return []
        keys = sorted(set(value) - {"role", "type", "id", "tool_call_id", "tools", "functions"})
        return [word for key in keys for word in words_of(value[key])]
    if isinstance(value, list):
        return [word for item in value for word in words_of(item)]
    text = "" if value is None else str(value).casefold()
    return re.findall(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+", text)


def naive(path):
    """Each row that is near to an earlier one that is not, with that one and what they share: all pairs, exactly."""
    stay, contents = [], set()
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        row = json.loads(line)
        content, words = canonical(row), words_of(row)
        if content in contents:
            continue
        contents.add(content)
        triples = {tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2))}
        for earlier, others in stay:
            if 5 * min(len(triples), len(others)) >= 4 * max(len(triples), len(others)):
                share = len(triples & others) / len(triples | others)
                if share >= 0.8:
                    yield number, earlier, f"{share:.2f}"
                    break
        else:
            stay.append((number, triples))


def test_near_duplicates_of_real_files_are_those_of_a_naive_script():
    compared = pairs = 0
    for path in sorted(shared_data().rglob("*.jsonl")):
        options = {"method": "reinforcement"} if path.parent.name == "rft" else {}
        report = ftlint.check(path, totals=False, today=TODAY, select=["FT0", "FT1", "FT702"], **options)
        (file,) = report.files
        broken = [finding for finding in report.findings if finding.severity == "error" and finding.row]
        if file.format is None or broken or not 0 < file.rows <= 2000:
            continue
        found = [
            (finding.row, *re.search(r"row ([\d,]+) \(Jaccard ([\d.]+)\)", finding.message).groups())
            for finding in report.findings
            if finding.code == "FT702"
        ]
        found = [(row, int(first.replace(",", "")), share) for row, first, share in found]
        assert (path.name, found) == (path.name, list(naive(path)))
        compared, pairs = compared + 1, pairs + len(found)
    assert compared >= 25
    assert pairs >= 400

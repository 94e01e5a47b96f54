"""What comes again goes, and nothing is lost."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.formats.near import SIMILAR, shingles, text_of
from tests.support import chat, dumped
from tests.transform.preparing import deduped, files, lines_of, numbered

ways = st.fixed_dictionaries({}, optional={"by": st.sampled_from(["row", "prompt"]), "near": st.booleans()})
SENTENCE = (
    "We open at nine on every day of the week but on Sunday, and close at six unless there is someone in the shop"
)


@given(files, ways)
def test_what_stays_and_what_goes_are_the_rows_of_the_file(rows, ways):
    data = dumped(rows)
    stay, gone = deduped(data, **ways)
    removed = [lines_of(data)[record["line"] - 1] for record in gone]
    assert [json.loads(line) for line in removed] == [record["row"] for record in gone]
    assert Counter([*lines_of(stay), *removed]) == Counter(lines_of(data))


@given(files, ways)
def test_a_second_time_there_is_nothing_to_remove(rows, ways):
    stay, _ = deduped(dumped(rows), **ways)
    assert deduped(stay, **ways) == (stay, [])


@given(files, ways)
def test_a_row_that_goes_names_one_before_it_that_stays(rows, ways):
    data = dumped(rows)
    _, gone = deduped(data, **ways)
    lost = {record["line"] for record in gone}
    for record in gone:
        kept = record["kept"]
        assert kept["line"] < record["line"] and kept["line"] not in lost


def test_the_first_stays_and_the_others_are_told_with_their_bytes():
    rows = [b'{"prompt": "a", "completion": "1"}', b'{"completion":"1",  "prompt":"\\u0061"}', b'{"prompt": "a"}']
    stay, gone = deduped(b"\n\n".join(rows) + b"\n")
    assert stay == rows[0] + b"\n" + rows[2] + b"\n"
    (one,) = gone
    assert (one["line"], one["kept"]["line"], one["row"]) == (3, 1, {"prompt": "a", "completion": "1"})


def test_by_prompt_a_second_answer_to_a_question_goes():
    rows = [
        chat("user: Hi", "assistant: Hello"),
        chat("user: Hi", "assistant: Good day"),
        chat("user: Bye", "assistant: x"),
    ]
    assert deduped(dumped(rows))[1] == []
    stay, gone = deduped(dumped(rows), by="prompt")
    assert len(lines_of(stay)) == 2
    assert gone[0]["row"] == rows[1]


def test_what_is_nearly_the_same_goes_only_where_that_is_asked_for():
    rows = [
        chat("user: When do you open?", f"assistant: {SENTENCE}{end}")
        for end in ("", "!", " today", " and so on and on and on")
    ]
    assert deduped(dumped(rows))[1] == []
    _, gone = deduped(dumped(rows), near=True)
    assert [(record["line"], record["kept"]["line"], record["similarity"]) for record in gone] == [
        (2, 1, 1.0),
        (3, 1, pytest.approx(0.9615, abs=0.01)),
        (4, 1, pytest.approx(0.83, abs=0.05)),
    ]


def test_a_row_stays_unless_it_is_nearly_the_same_as_one_that_stays():
    words = [f"w{number}" for number in range(60)]
    rows = [{"prompt": " ".join(words[start : start + 40]), "completion": "x"} for start in range(0, 20, 2)]
    _, gone = deduped(dumped(rows), near=True)
    assert gone
    for record in gone:
        one, other = (shingles(text_of(row)) for row in (record["row"], rows[record["kept"]["line"] - 1]))
        assert len(one & other) / len(one | other) >= SIMILAR
    assert len(gone) < len(rows) - 1  # the last is far from the first, though each is near to the next


def test_the_same_row_as_one_that_goes_goes_as_well():
    near = {"prompt": SENTENCE + " now", "completion": "x"}
    rows = [{"prompt": SENTENCE, "completion": "x"}, near, dict(reversed(near.items()))]
    _, gone = deduped(dumped(rows), near=True)
    assert [(record["line"], record["kept"]["line"]) for record in gone] == [(2, 1), (3, 1)]


def test_system_messages_make_no_rows_alike():
    system = f"system: {SENTENCE * 20}"
    rows = [chat(system, f"user: {word}", f"assistant: {word}") for word in ("red", "green", "blue")]
    assert deduped(dumped(rows), near=True)[1] == []


@pytest.mark.parametrize(("text", "count"), [("", 1), ("?!", 1), ("a b", 1), ("a b c d", 2), ("自転車を修理する", 6)])
def test_every_text_has_shingles_in_scripts_without_spaces_too(text, count):
    assert len(shingles(text)) == count


def test_short_texts_without_a_word_are_not_all_the_same():
    assert deduped(dumped([{"prompt": mark, "completion": ""} for mark in "?!😀"]), near=True)[1] == []


def test_nearly_all_pairs_that_are_similar_enough_are_found():
    from random import Random

    random = Random(1)
    rows, pairs = [], 200
    for _ in range(pairs):
        words = [f"w{random.randrange(10**6)}" for _ in range(60)]
        other = [*words]
        for place in random.sample(range(60), 2):
            other[place] = "changed"
        rows += [{"prompt": " ".join(words), "completion": ""}, {"prompt": " ".join(other), "completion": ""}]
    similar = sum(
        len(one & other) / len(one | other) >= SIMILAR
        for one, other in zip(*[iter(shingles(text_of(row)) for row in rows)] * 2, strict=True)
    )
    _, gone = deduped(dumped(rows), near=True)
    assert similar - 1 <= len(gone) <= similar
    assert similar > pairs // 2


def test_a_file_without_duplicates_stays_byte_for_byte():
    data = dumped(numbered(100))
    assert deduped(data) == (data, [])

"""Pairs of outputs: when they teach nothing, and what a valid pair may look like."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.formats.views import Row
from tests.support import CALL, CLOCK, TODAY, check, codes, lint, shared_data

SECOND_CALL = {**CALL, "id": "call_2"}
CALLS = {"role": "assistant", "tool_calls": [CALL]}
RESULT = {"role": "tool", "content": "12:05", "tool_call_id": "call_1"}


def pair(preferred, other, *turns, **keys):
    """A row of two outputs, each a message or the text of one; by default the user says hello."""
    conversation = {"messages": [*turns] or [{"role": "user", "content": "Hi"}], **keys}
    sides = [
        {"role": "assistant", "content": side} if not isinstance(side, dict) else side for side in (preferred, other)
    ]
    return {"input": conversation, "preferred_output": [sides[0]], "non_preferred_output": [sides[1]]}


def turned(row):
    """The row with its outputs the other way round."""
    return {
        **row,
        "preferred_output": row["non_preferred_output"],
        "non_preferred_output": row["preferred_output"],
    }


SAME = {
    "two equal texts": ("Hello", "Hello"),
    "a text and a text part": ("Hello", [{"type": "text", "text": "Hello"}]),
    "text parts that are cut elsewhere": (
        [{"type": "text", "text": "Hel"}, {"type": "text", "text": "lo"}],
        [{"type": "text", "text": "Hello"}],
    ),
    "another order of keys": ("Hello", {"content": "Hello", "role": "assistant"}),
    "a name": ("Hello", {"role": "assistant", "content": "Hello", "name": "model_b"}),
    "a key that is null": ("Hello", {"role": "assistant", "content": "Hello", "refusal": None}),
    "equal calls with other ids": (CALLS, {"role": "assistant", "tool_calls": [SECOND_CALL]}),
    "equal calls beside null and no content": (CALLS, {**CALLS, "content": None}),
    "equal refusals": (
        {"role": "assistant", "refusal": "No."},
        {"role": "assistant", "content": [{"type": "refusal", "refusal": "No."}]},
    ),
}
DIFFERENT = {
    "two texts": ("Hello", "What?"),
    "texts that differ in white space": ("Hello", "Hello\n"),
    "texts that differ in case": ("Hello", "hello"),
    "a text and a call": ("Hello", CALLS),
    "a call with and without a text": (CALLS, {**CALLS, "content": "One moment."}),
    "calls of other arguments": (
        CALLS,
        {**CALLS, "tool_calls": [{**CALL, "function": {"name": "clock", "arguments": '{"zone": "UTC"}'}}]},
    ),
    "one call and two": (CALLS, {**CALLS, "tool_calls": [CALL, SECOND_CALL]}),
    "an answer and a refusal of the same words": ("No.", {"role": "assistant", "refusal": "No."}),
}


@pytest.mark.parametrize(("preferred", "other"), SAME.values(), ids=SAME.keys())
def test_outputs_that_say_the_same_are_an_error(preferred, other):
    row = pair(preferred, other, tools=[CLOCK])
    for either in (row, turned(row)):
        assert lint("FT601", either) == ["1:/non_preferred_output Both outputs say the same"]
        assert check(either).exit_code() == 1


@pytest.mark.parametrize(("preferred", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_outputs_that_differ_in_anything_said_are_a_valid_pair(preferred, other):
    row = pair(preferred, other, tools=[CLOCK])
    assert codes([row] * 10) == codes([turned(row)] * 10) == {}


@pytest.mark.parametrize("nothing", ["", " \n", None, [], [{"type": "text", "text": "\u3000"}]], ids=repr)
def test_an_output_that_says_nothing_is_an_error_where_the_text_should_be(nothing):
    assert lint("FT602", pair("Hello", nothing)) == ["1:/non_preferred_output/0/content Non-preferred output is empty"]
    assert lint("FT602", pair(nothing, "Hello")) == ["1:/preferred_output/0/content Preferred output is empty"]
    assert codes([pair(nothing, "Hello")] * 10) == {"FT602": 10}


def test_two_empty_outputs_are_reported_on_both_sides_and_not_as_equal():
    assert codes([pair("", "")] * 10) == {"FT602": 20}
    assert lint("FT602", pair("", {"role": "assistant", "refusal": " "})) == [
        "1:/preferred_output/0/content Preferred output is empty",
        "1:/non_preferred_output/0/refusal Non-preferred output is empty",
    ]


@pytest.mark.parametrize("answer", [CALLS, {"role": "assistant", "refusal": "No."}], ids=["calls", "refusal"])
def test_an_output_may_call_or_refuse_instead_of_speaking(answer):
    assert codes([pair(answer, "Hello", tools=[CLOCK])] * 10) == {}


def test_an_input_that_ends_with_the_assistant_is_a_warning_at_a_provider_that_may_take_it():
    row = pair("evening", "grief", {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Good"})
    assert lint("FT604", row) == ["1:/input/messages/1 Input ends with an assistant message"]
    assert codes([row] * 10) == {"FT604": 10}
    assert check([row] * 10).exit_code() == 0


def test_an_input_may_end_with_the_result_of_a_tool():
    row = pair("12:05", "Late", {"role": "user", "content": "Time?"}, CALLS, RESULT, tools=[CLOCK])
    assert codes([row] * 10) == {}


def biased(longer, pairs):
    """Pairs of which so many prefer the longer output; among the others are some of equal length."""
    rows = [pair(f"A long answer {index}", f"Short {index}") for index in range(longer)]
    rows += [
        pair(f"No{index:03}", f"Not{index:03}" if index % 2 else f"Na{index:03}") for index in range(pairs - longer)
    ]
    return rows


@pytest.mark.parametrize(
    ("longer", "pairs", "expected"),
    [
        (20, 20, ["Preferred output is the longer one in 20 of 20 pairs (100%)"]),
        (19, 20, ["Preferred output is the longer one in 19 of 20 pairs (95%)"]),
        (18, 20, []),
        (19, 19, []),
        (91, 100, ["Preferred output is the longer one in 91 of 100 pairs (91%)"]),
        (90, 100, []),
        (0, 100, []),
    ],
)
def test_a_file_that_prefers_the_longer_output_nearly_always_is_worth_a_note(longer, pairs, expected):
    assert lint("FT605", biased(longer, pairs)) == expected


def test_calls_count_for_the_length_of_an_output():
    long_call = {**CALLS, "tool_calls": [{**CALL, "function": {"name": "clock", "arguments": '{"zone": "UTC"}'}}]}
    assert lint("FT605", [pair(long_call, "No", tools=[CLOCK])] * 20) != []
    assert lint("FT605", [pair("No", long_call, tools=[CLOCK])] * 20) == []


def test_one_pair_both_ways_round_is_reported_at_the_later_row_and_names_both():
    rows = [pair("a", "b"), pair("c", "d"), pair("b", "a"), pair("b", "a"), pair("a", "b")]
    assert lint("FT606", rows) == ["3: Row 3 prefers the opposite of row 1, of the same two outputs"]
    assert lint("FT606", [turned(row) for row in rows]) == lint("FT606", rows)
    assert check(rows).exit_code("warning") == 1


def test_rows_that_do_not_parse_move_no_row_of_a_conflict():
    lines = [json.dumps(pair("a", "b")), "{", "", json.dumps(turned(pair("a", "b")))]
    assert lint("FT606", "\n".join(lines).encode(), format="preference") == [
        "3: Row 3 prefers the opposite of row 1, of the same two outputs"
    ]


def test_a_conflict_is_seen_through_another_spelling_of_the_same_row():
    parts = pair([{"type": "text", "text": "b"}], "a")
    parts["input"]["messages"] = [{"content": "Hi", "role": "user"}]
    assert len(lint("FT606", [pair("a", "b"), parts])) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [pair("a", "b")] * 3,
        [pair("a", "b"), pair("b", "c"), pair("c", "a")],
        [pair("a", "b"), pair("b", "a", {"role": "user", "content": "Bye"})],
        [pair("a", "b"), pair("b", "a", tools=[CLOCK])],
        [pair("a", "a"), pair("a", "a")],
    ],
    ids=["the same way round", "a circle", "another question", "other tools", "equal outputs"],
)
def test_pairs_that_do_not_contradict_each_other_are_no_conflict(rows):
    assert lint("FT606", rows) == []


def test_numbers_and_depths_that_cannot_be_written_down_stop_nothing():
    deep = "[" * 300 + "]" * 300
    for schema in ('{"maximum": 123456789012345678901234567890}', f'{{"enum": {deep}}}'):
        tool = f'{{"type": "function", "function": {{"name": "clock", "parameters": {schema}}}}}'
        line = json.dumps(pair("a", "b", tools=["here"])).replace('"here"', tool)
        assert check((line + "\n").encode() * 2, select=["FT6"]).exit_code() == 0


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("abc"), st.sampled_from("abc")), max_size=12))
def test_a_conflict_is_found_exactly_when_two_rows_contradict_each_other(triples):
    rows = [pair(one, other, {"role": "user", "content": question}) for question, one, other in triples]
    conflicts = {
        (question, *sorted((one, other))) for question, one, other in triples if (question, other, one) in triples
    }
    assert len(lint("FT606", rows)) == len({conflict for conflict in conflicts if conflict[1] != conflict[2]})


# The rules of conversations, on pairs


def test_an_empty_answer_within_the_input_is_the_rule_of_conversations():
    turns = [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": ""},
        {"role": "user", "content": "Hello?"},
    ]
    assert codes([pair("Yes?", "What?", *turns)] * 10) == {"FT211": 10}


def test_an_output_that_refuses_and_speaks_is_an_error():
    row = pair({"role": "assistant", "content": "Hello", "refusal": "No."}, "What?")
    assert lint("FT215", row) == ["1:/preferred_output/0/refusal Assistant message has both a refusal and text"]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([{"role": "system", "content": "Be brief."}], {"FT210": 10}),
        ([{"role": "user", "content": " "}], {"FT212": 10}),
        ([{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "Hi"}], {"FT214": 10}),
        ([{"role": "user", "content": "Hi"}, {"role": "system", "content": "Be brief."}], {"FT206": 10}),
        ([{"role": "assistant", "content": "Hi"}, {"role": "user", "content": "Hi"}], {"FT209": 10}),
        ([{"role": "user", "content": "Hi"}, CALLS, {"role": "user", "content": "Well?"}], {"FT216": 10}),
        ([{"role": "user", "content": "Hi"}, {"role": "user", "content": "Hello?"}], {}),
        ([{"role": "user", "content": "Hi", "weight": 1}], {"FT205": 10}),
    ],
    ids=str,
)
def test_the_input_of_a_pair_is_checked_as_a_conversation_that_needs_no_answer(turns, expected):
    assert codes([pair("Yes?", "What?", *turns, tools=[CLOCK])] * 10) == expected


def test_both_outputs_are_trained_and_nothing_of_the_input():
    turns = [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello"},
        {"role": "user", "content": "Hello?"},
    ]
    texts = Row(pair("Yes?", "What?", *turns), "preference").texts()
    assert [text.value for text in texts if text.is_answer] == ["Yes?", "What?"]
    few, more = (
        check([pair("Yes", answer, *turns)] * 10, totals=True, today=TODAY) for answer in ("No", "No way, sir")
    )
    trained = [report.files[0].tokens.trained for report in (few, more)]
    assert trained[0] == 20 < trained[1]


def test_nothing_is_said_about_the_pairs_of_a_real_file_whichever_way_round():
    path = shared_data() / "preference" / "microsoft-foundry__fine-tuning__validation.jsonl"
    # Some of its texts are damaged, boilerplate or broken off; that has nothing to do with pairs.
    assert codes(path.read_bytes(), ignore=["FT011"]) == {"FT303": 3, "FT307": 1, "FT313": 1}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert codes([turned(row) for row in rows], ignore=["FT3"]) == {}
    assert codes([*rows, *map(turned, rows[:7])], ignore=["FT3"]) == {"FT606": 7}

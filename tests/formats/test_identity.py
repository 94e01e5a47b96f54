"""Rows are the same when they say the same."""

import json

import pytest
from hypothesis import given

from ftlint.formats.identity import MISSING, WHOLE, answer_of, at, canonical, digest, label_of, place, prompt_of
from tests.support import CALL, CLOCK, PAIR, chat, values

UNTRAINED = {"role": "assistant", "content": None, "weight": 0}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{"a": 1, "b": [2, {"c": 3, "d": 4}]}', '{"b":[2,{"d":4,"c":3}],"a":1}'),
        ('{"a": "é"}', r'{"a": "\u00e9"}'),
        ('{"a": "é"}', '{"a": "e\u0301"}'),
        ('{"é": 1, "f": 2}', '{"f": 2, "e\u0301": 1}'),
        ('{"weight": 1}', '{"weight": 1.0}'),
        ('{"weight": [1, 2]}', '{"weight": [1.0, 2.0]}'),
        ('{"a": "\\n\u0303"}', '{"a": "\\u000a\\u0303"}'),
        ('{"a": 123456789012345678901234567890, "é": 1}', '{"e\u0301": 1, "a": 123456789012345678901234567890}'),
    ],
)
def test_what_is_only_written_in_another_way_is_the_same(one, other):
    assert digest(json.loads(one)) == digest(json.loads(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": "b"}, {"a": "b "}),
        ({"a": "b"}, {"a": "B"}),
        ({"a": 1}, {"a": "1"}),
        ({"a": 1}, {"a": True}),
        ({"a": None}, {}),
        ({"a": [1, 2]}, {"a": [2, 1]}),
        ({"a": "costs 5.0, or"}, {"a": "costs 5, or"}),
        ({"a": 1.5}, {"a": 1}),
        ({"\u00e9": 1, "e\u0301": 2}, {"\u00e9": 2, "e\u0301": 1}),
        ({"a": "ﬁ"}, {"a": "fi"}),
    ],
)
def test_what_says_something_else_is_something_else(one, other):
    assert digest(one) != digest(other)


@given(values)
def test_the_canonical_form_is_json_that_says_the_same(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_the_digest_is_one_that_others_can_make():
    assert digest({"prompt": "Hi", "completion": "Hello"}).hex() == "659efdee3c227d9b6af92563c389c76b"


def test_places_spread_evenly_and_follow_from_the_seed():
    places = [place(digest(number), 0) / WHOLE for number in range(10_000)]
    assert all(880 < sum(tenth <= at * 10 < tenth + 1 for at in places) < 1120 for tenth in range(10))
    assert place(digest(1), 0) != place(digest(1), 1)


@pytest.mark.parametrize(
    ("row", "prompt"),
    [
        (chat("system: S", "user: Hi", "assistant: A", "user: More", "assistant: B"), ["S", "Hi"]),
        (
            chat("user: Hi", {"role": "assistant", "content": "A", "weight": 0}, "user: Go", "assistant: B"),
            ["Hi", "A", "Go"],
        ),
        (chat("user: Hi"), ["Hi"]),
        (PAIR, ["Hi"]),
        ({"prompt": [{"role": "user", "content": "Hi"}], "chosen": [], "rejected": []}, ["Hi"]),
    ],
)
def test_the_prompt_is_what_comes_before_the_first_trained_output(row, prompt):
    assert [message["content"] for message in prompt_of(row)] == prompt


def test_the_prompt_of_a_pair_of_texts_is_the_prompt():
    assert prompt_of({"prompt": "Hi ->", "completion": " Hello"}) == "Hi ->"
    assert prompt_of({"instruction": "Add", "input": "1 2", "output": "3"}) == ["Add", "1 2"]
    assert prompt_of({"text": "Hi"}) is MISSING


def test_a_prompt_is_the_same_however_its_messages_are_written_down():
    plain = chat("user: Hi there", "assistant: A")
    parts = [{"type": "text", "text": "Hi "}, {"type": "text", "text": "there"}]
    other = chat({"role": "user", "content": parts, "name": "ada", "refusal": None}, "assistant: B", tools=[CLOCK])
    assert digest(prompt_of(plain)) == digest(prompt_of(other))


def test_a_call_before_the_answer_is_a_part_of_the_prompt():
    called = {**UNTRAINED, "tool_calls": [CALL]}
    ends = ("tool: 12:00", "assistant: Noon")
    assert prompt_of(chat("user: Time?", called, *ends)) != prompt_of(chat("user: Time?", UNTRAINED, *ends))


@given(values)
def test_no_value_makes_it_fail(value):
    for row in ({"messages": value}, {"messages": [value]}, {"prompt": value}, {"input": value, "preferred_output": 1}):
        if (prompt := prompt_of(row)) is not MISSING:
            digest(prompt)
        answer_of({**row, "completion": value})
        at(row, "messages.0.content")


def test_a_path_leads_through_objects_and_lists_and_a_key_with_dots_wins():
    row = {"a": {"b": [{"c": 1}]}, "a.x": 2, "d": {"e.f": None}}
    assert [at(row, path) for path in ("a.b.0.c", "a.x", "d.e.f")] == [1, 2, None]
    assert all(at(row, path) is MISSING for path in ("a.b.1", "a.b.-1", "a.b.c", "a.b.0.c.d", "", "x"))


def test_the_label_is_the_answer_where_no_key_has_that_name():
    assert label_of({"prompt": "a", "completion": " yes\n"}, "label") == "yes"
    assert label_of({"prompt": "a", "completion": " yes", "label": True}, "label") is True
    assert label_of(chat("user: a", "assistant: no"), "label") == "no"
    assert label_of(PAIR, "label") is MISSING

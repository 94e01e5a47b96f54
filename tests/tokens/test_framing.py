"""Rows into tokens: what is counted, what is trained, in which order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ftlint.tokens.encoder import load
from ftlint.tokens.framing import PROMPT, TRAINING, RowTokens, Segment, row_tokens, segments
from ftlint.tokens.tools import rendered_size, rendering

TOY = Path(__file__).parents[3] / "shared/data/chat/mlteam-ai__openai-cheat-sheet__toy_chat_fine_tuning.jsonl"

TOOLS = [{"type": "function", "function": {"name": "now", "description": "Tell the time"}}]
CALL = {"id": "call_1", "type": "function", "function": {"name": "now", "arguments": '{ "zone":  "UTC" }'}}
BASE64 = "data:image/png;base64," + "iVBORw0KGgo" * 50


@pytest.fixture(scope="module")
def count():
    return load("o200k_base").count


def words(text: str) -> int:
    """Count words: an encoder whose numbers a reader can check."""
    return len(text.split())


def totals(row: dict, format: str = "chat") -> tuple[int, int]:
    counted = row_tokens(row, format, words)
    return counted.total, counted.trained


def chat(*messages: dict, **rest: object) -> dict:
    return {"messages": list(messages), **rest}


def user(content: object, **rest: object) -> dict:
    return {"role": "user", "content": content, **rest}


def assistant(content: object = None, **rest: object) -> dict:
    return {"role": "assistant", "content": content, **rest}


def test_each_message_has_three_tokens_and_its_role_and_a_row_three_more():
    row = chat({"role": "system", "content": "Be kind"}, user("How are you today"), assistant("Fine"))
    assert totals(row) == ((3 + 1 + 2) + (3 + 1 + 4) + (3 + 1 + 1) + 3, 1)


def test_a_name_has_its_tokens_and_one_more():
    assert totals(chat(user("Hi", name="Ada"))) == ((3 + 1 + 1 + 1 + 1) + 3, 0)


@pytest.mark.parametrize("weight", [1, 1.0, None])
def test_an_assistant_turn_is_trained_on(weight):
    assert totals(chat(user("Hi"), assistant("Hello there", weight=weight)))[1] == 2


@pytest.mark.parametrize("weight", [0, 0.0])
def test_an_assistant_turn_of_weight_zero_is_counted_but_not_trained_on(weight):
    row = chat(user("Hi"), assistant("Hello there", weight=weight))
    assert totals(row) == ((3 + 1 + 1) + (3 + 1 + 2) + 3, 0)


def test_keys_that_are_null_count_nothing():
    plain = chat(user("Hi"), assistant("Hello"))
    nulls = dict.fromkeys(["name", "refusal", "function_call", "tool_calls", "weight"])
    row = chat(user("Hi", name=None), assistant("Hello", **nulls), tools=None, functions=None)
    assert totals(row) == totals(plain)


@pytest.mark.parametrize("content", [None, "", []])
def test_a_turn_without_content_has_its_frame_only(content):
    assert totals(chat(assistant(content))) == (3 + 1 + 3, 0)


def test_text_parts_count_and_images_do_not():
    image = {"type": "image_url", "image_url": {"url": BASE64}}
    row = chat(user([{"type": "text", "text": "Describe this picture"}, image, image]), assistant("A cat"))
    assert row_tokens(row, "chat", words) == RowTokens((3 + 1 + 3) + (3 + 1 + 2) + 3, trained=2, images=2)


def test_image_urls_never_reach_the_encoder():
    seen = []
    parts = [
        {"type": "text", "text": "Look"},
        {"type": "image_url", "image_url": {"url": BASE64, "detail": "high"}},
        {"type": "image_url", "image_url": {"url": "https://example.com/cat.png"}},
    ]
    row_tokens(chat(user(parts), assistant("A cat")), "chat", lambda text: seen.append(text) or 1)
    assert seen == ["user", "Look", "assistant", "A cat"]


def test_refusals_are_trained_on_wherever_they_stand():
    part = {"type": "refusal", "refusal": "I will not"}
    assert totals(chat(assistant(refusal="I will not"))) == ((3 + 1 + 3) + 3, 3)
    assert totals(chat(assistant([part]))) == ((3 + 1 + 3) + 3, 3)


def test_arguments_count_as_they_are_written(count):
    spaced = '{ "zone":  "UTC" }'
    row = chat(user("Time?"), assistant(tool_calls=[CALL]), tools=TOOLS)
    trained = row_tokens(row, "chat", count).trained
    assert trained == count("now") + count(spaced)
    assert trained > count("now") + count(json.dumps(json.loads(spaced)))


def test_each_of_several_tool_calls_counts():
    one = row_tokens(chat(assistant(tool_calls=[CALL]), tools=TOOLS), "chat", words)
    two = row_tokens(chat(assistant(tool_calls=[CALL, CALL]), tools=TOOLS), "chat", words)
    assert two.trained == 2 * one.trained
    assert two.total - one.total == one.trained


def test_the_id_of_the_answered_call_counts_nothing():
    result = {"role": "tool", "tool_call_id": "call_1 with many words", "content": "It is noon"}
    assert totals(chat(result)) == ((3 + 1 + 3) + 3, 0)


def test_a_row_with_tools_has_their_rendering_and_no_priming():
    row = chat(user("What time is it"), assistant("Noon"), tools=TOOLS)
    assert totals(row) == (words(rendering(TOOLS)) + 9 + (3 + 1 + 4) + (3 + 1 + 1), 1)


@pytest.mark.parametrize("role", ["system", "developer"])
def test_tools_after_a_system_message_cost_four_less_and_end_it_with_a_line(role):
    seen = []
    row = chat({"role": role, "content": "Be kind"}, user("Time?"), assistant("Noon"), tools=TOOLS)
    total = row_tokens(row, "chat", lambda text: seen.append(text) or words(text)).total
    assert total == words(rendering(TOOLS)) + 5 + (3 + 1 + 2) + (3 + 1 + 1) + (3 + 1 + 1)
    assert "Be kind\n" in seen


def test_functions_count_like_tools():
    functions = [tool["function"] for tool in TOOLS]
    assert totals(chat(user("Hi"), functions=functions)) == totals(chat(user("Hi"), tools=TOOLS))


def test_calls_have_the_bonus_of_prompts_only_in_prompts():
    row = chat(user("Time?"), assistant(tool_calls=[CALL]), tools=TOOLS)
    prompt, training = (row_tokens(row, "chat", words, framing) for framing in (PROMPT, TRAINING))
    assert prompt.total - training.total == 3 + 3
    assert prompt.trained == training.trained


def test_empty_tools_are_no_tools():
    assert totals(chat(user("Hi"), tools=[])) == totals(chat(user("Hi")))


def test_a_completion_row_is_its_two_texts():
    row = {"prompt": "one two three ->", "completion": " four five"}
    assert segments(row, "completion", words) == [
        Segment(4, trained=False, pointer=("prompt",)),
        Segment(2, trained=True, pointer=("completion",)),
    ]


def test_a_preference_row_is_its_input_and_both_outputs():
    row = {
        "input": chat(user("Say it"), assistant("What"), user("Go on")),
        "preferred_output": [assistant("Yes of course")],
        "non_preferred_output": [assistant("No")],
    }
    framed = (3 + 1 + 2) + (3 + 1 + 1) + (3 + 1 + 2) + 3
    assert totals(row, "preference") == (framed + (3 + 1 + 3) + (3 + 1 + 1), 3 + 1)


def test_tools_of_a_preference_row_stand_in_its_input():
    outputs = {"preferred_output": [assistant("Yes")], "non_preferred_output": [assistant("No")]}
    row = {"input": chat(user("Hi"), tools=TOOLS), **outputs}
    assert segments(row, "preference", words)[0].pointer == ("input", "tools")
    assert totals(row, "preference")[0] == words(rendering(TOOLS)) + 9 + 3 * (3 + 1 + 1)


def test_nothing_of_a_reinforcement_row_is_trained_on_and_its_own_keys_count_nothing():
    row = chat(user("One"), assistant("Two"), user("Three"), answer="a long reference answer")
    assert totals(row, "reinforcement") == (3 * (3 + 1 + 1) + 3, 0)


def test_segments_follow_the_order_of_the_row_and_name_its_values():
    row = chat(
        {"role": "system", "content": "Be kind"},
        user([{"type": "text", "text": "Time?"}]),
        assistant(tool_calls=[CALL]),
        {"role": "tool", "tool_call_id": "call_1", "content": "noon"},
        assistant("It is noon", weight=0),
        tools=TOOLS,
    )
    assert segments(row, "chat", words) == [
        Segment(4, False, ("messages", 0)),
        Segment(2, False, ("messages", 0, "content")),
        Segment(words(rendering(TOOLS)) + 5, False, ("tools",)),
        Segment(4, False, ("messages", 1)),
        Segment(1, False, ("messages", 1, "content", 0)),
        Segment(4, False, ("messages", 2)),
        Segment(1 + 4, True, ("messages", 2, "tool_calls", 0)),
        Segment(4, False, ("messages", 3)),
        Segment(1, False, ("messages", 3, "content")),
        Segment(4, False, ("messages", 4)),
        Segment(3, False, ("messages", 4, "content")),
    ]


def test_a_format_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="not a format: alpaca"):
        row_tokens({}, "alpaca", words)


@pytest.mark.parametrize(
    ("encoding", "rows", "trained"),
    [
        ("cl100k_base", [45, 111, 26, 28, 8032], [10, 28, 9, 4, 8000]),
        ("o200k_base", [43, 106, 26, 27, 8031], [8, 25, 9, 3, 8000]),
    ],
)
@pytest.mark.skipif(not TOY.exists(), reason="the cookbook's toy data set is not beside the checkout")
def test_the_toy_data_set_of_the_cookbook(encoding, rows, trained):
    lines = TOY.read_bytes().splitlines()[:5]
    counted = [row_tokens(json.loads(line), "chat", load(encoding).count) for line in lines]
    assert [tokens.total for tokens in counted] == rows
    assert [tokens.trained for tokens in counted] == trained


LAW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # rows take a while to invent
TEXT = st.text(max_size=20)
PARTS = st.lists(
    st.builds(lambda text: {"type": "text", "text": text}, TEXT)
    | st.builds(lambda text: {"type": "refusal", "refusal": text}, TEXT)
    | st.just({"type": "image_url", "image_url": {"url": BASE64}}),
    max_size=4,
)
CALLS = st.fixed_dictionaries({"name": TEXT, "arguments": TEXT})
MESSAGES = st.fixed_dictionaries(
    {"role": st.sampled_from(["system", "developer", "user", "assistant", "tool", "function"])},
    optional={
        "content": st.none() | TEXT | PARTS,
        "name": st.none() | TEXT,
        "refusal": st.none() | TEXT,
        "weight": st.sampled_from([None, 0, 1]),
        "function_call": st.none() | CALLS,
        "tool_calls": st.none()
        | st.lists(st.builds(lambda call: {"type": "function", "function": call}, CALLS), max_size=3),
    },
)
CHAT = st.fixed_dictionaries(
    {"messages": st.lists(MESSAGES, max_size=5)}, optional={"tools": st.sampled_from([None, [], TOOLS])}
)
ROWS = (
    st.tuples(st.sampled_from(["chat", "reinforcement"]), CHAT)
    | st.tuples(st.just("completion"), st.fixed_dictionaries({}, optional={"prompt": TEXT, "completion": TEXT}))
    | st.tuples(
        st.just("preference"),
        st.fixed_dictionaries(
            {
                "input": CHAT,
                "preferred_output": st.lists(MESSAGES, max_size=2),
                "non_preferred_output": st.lists(MESSAGES, max_size=2),
            }
        ),
    )
)


@LAW
@given(case=ROWS)
def test_segments_sum_to_the_tokens_of_the_row(count, case):
    format, row = case
    parts, counted = segments(row, format, count), row_tokens(row, format, count)
    assert sum(segment.tokens for segment in parts) == counted.total
    assert sum(segment.tokens for segment in parts if segment.trained) == counted.trained
    assert 0 <= counted.trained <= counted.total
    assert all(segment.tokens >= 0 for segment in parts)


@LAW
@given(case=ROWS)
def test_every_pointer_leads_to_a_value_of_the_row(case):
    format, row = case
    for segment in segments({"prompt": "", "completion": "", **row}, format, words):
        value = {"prompt": "", "completion": "", **row}
        for step in segment.pointer:
            value = value[step]


@LAW
@given(case=ROWS)
def test_a_row_has_at_most_as_many_tokens_as_bytes_and_the_rendering_of_its_tools(count, case):
    format, row = case
    size = len(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode())
    tools = row.get("input", row).get("tools")
    definitions = rendered_size(tools) + 9 if tools else 0
    assert row_tokens(row, format, count).total <= size + 3 + definitions

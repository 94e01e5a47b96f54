"""What the engine proves in order not to look: the proofs hold for whatever the rules would say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.recall.plant import TOOL, calling
from ftlint.config.settings import Settings
from ftlint.engine.collect import collector
from ftlint.engine.target import Detected, schema_for, target_for
from ftlint.formats.accept import compile_schema
from ftlint.formats.outline import outline, roles_of_plain
from ftlint.formats.schemas import bundle
from ftlint.formats.tools import Definitions, in_order
from ftlint.formats.views import Row
from ftlint.profiles.catalog import provider_profiles, resolve
from ftlint.rules.base import CallRule
from ftlint.rules.registry import RULES
from tests.rules.test_no_rule_raises import rows
from tests.support import CALL, CLOCK, chat

CALL_RULES = [rule() for rule in RULES if issubclass(rule, CallRule)]
TARGET, _ = target_for(Settings(), resolve(None), Detected("chat", None))
ACCEPTOR = compile_schema(bundle("chat.schema.json"))
TURN = {"role": "assistant", "tool_calls": [CALL]}
RESULT = {"role": "tool", "tool_call_id": "call_1", "content": "12:05"}

ARGUMENTS = st.just('{"place": "Oslo"}') | st.sampled_from(
    ['{"place": "Oslo"}', '{"place": 5}', "{}", "[]", "", "Oslo", '"{}"', '{"place": "Oslo"', '{"place": NaN}', "null"]
)
IDS = st.sampled_from(["call_1", "call_2", "call_3", ""])
NAMES = st.sampled_from(["get_weather", "get_weather", "get_wether"])


@st.composite
def talks(draw):
    """A conversation with a tool, whose calls and results are drawn one by one, so that each may be wrong."""
    messages = [{"role": "user", "content": "Rain?"}]
    for _ in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["calls", "calls", "result", "result", "text"]))
        if kind == "calls":
            count = draw(st.integers(1, 2))
            functions = [{"name": draw(NAMES), "arguments": draw(ARGUMENTS)} for _ in range(count)]
            calls = [{"id": draw(IDS), "type": "function", "function": function} for function in functions]
            messages.append({"role": "assistant", "tool_calls": calls})
        elif kind == "result":
            messages.append({"role": "tool", "tool_call_id": draw(IDS), "content": "dry"})
        else:
            messages.append({"role": draw(st.sampled_from(["user", "assistant"])), "content": "Well."})
    return {"messages": messages, "tools": [TOOL]}


def said_of_calls(value):
    """The row as rules see it, and what those that look at calls say."""
    tools = value.get("tools")
    row = Row(value, "chat", Definitions(tools, ("tools",)) if tools else None)
    found = []
    for rule in CALL_RULES:
        if rule.applies(row, TARGET):
            rule.check(row, TARGET, collector(rule.code, found))
    return row, found


@settings(max_examples=1500, derandomize=True)
@given(value=talks() | rows["chat"])
def test_of_calls_that_are_proven_to_be_in_order_no_rule_says_anything(value):
    if ACCEPTOR.is_valid(value):
        row, found = said_of_calls(value)
        assert not (in_order(row) and found)


@pytest.mark.parametrize(
    "value",
    [
        calling(3),
        chat("user: Time?", TURN, tools=[CLOCK]),
        chat("user: Time?", TURN, RESULT, TURN, RESULT, "assistant: Five past twelve.", tools=[CLOCK]),
    ],
    ids=["parallel calls", "calls at the end", "an id that comes again in a later turn"],
)
def test_calls_as_they_should_be_are_proven_to_be_in_order(value):
    row, found = said_of_calls(value)
    assert in_order(row)
    assert found == []


def test_a_call_without_its_result_in_the_middle_is_not_proven_to_be_in_order():
    value = calling(3)
    del value["messages"][4]
    row, found = said_of_calls(value)
    assert not in_order(row)
    assert [problem.code for problem in found] == ["FT409"]


ROLES = st.sampled_from(["system", "developer", "user", "assistant", "tool", "function", "bot"])
TEXTS = st.text(min_size=1, max_size=4).filter(lambda text: not text[0].isspace()) | st.sampled_from(["{}", "x" * 3000])
turns = st.lists(st.tuples(ROLES, TEXTS, TEXTS), min_size=1, max_size=4)


@pytest.mark.parametrize("profile", provider_profiles(), ids=lambda profile: profile.provider)
@pytest.mark.parametrize("model", [None, "gpt-4o-mini"], ids=["any", "text only"])
def test_plain_rows_of_equal_roles_are_all_valid_or_all_not_and_have_one_outline(profile, model):
    target, _ = target_for(Settings(), profile if model is None else resolve(model), Detected("chat", None))
    acceptor = compile_schema(bundle(schema_for(target, "chat")))

    @given(turns)
    def alike(spoken):
        one, other = ({"messages": [{"role": turn[0], "content": turn[which]} for turn in spoken]} for which in (1, 2))
        assert roles_of_plain(one) == roles_of_plain(other) == tuple(turn[0] for turn in spoken)
        assert outline(one, "chat") == outline(other, "chat")
        assert acceptor.is_valid(one) == acceptor.is_valid(other)

    alike()


PLAIN = {"role": "assistant", "content": "Hello"}


@pytest.mark.parametrize(
    "message",
    [
        {**PLAIN, "weight": 0},
        {**PLAIN, "name": "ada"},
        {"role": "assistant"},
        {"role": "assistant", "tool_calls": [CALL]},
        {"role": "assistant", "content": None},
        {"role": "assistant", "content": ""},
        {"role": "assistant", "content": " x"},
        {"role": "assistant", "content": "\u00a0"},
        {"role": "assistant", "content": ["Hello"]},
        {"role": 5, "content": "Hello"},
        "Hello",
        None,
    ],
    ids=str,
)
def test_a_row_with_any_other_message_is_not_taken_for_a_plain_one(message):
    assert roles_of_plain({"messages": [PLAIN, message]}) is None


@pytest.mark.parametrize(
    "row", [{"messages": [PLAIN], "tools": []}, {"messages": PLAIN}, {"message": [PLAIN]}, {}], ids=str
)
def test_a_row_of_anything_but_a_list_of_messages_is_not_taken_for_a_plain_one(row):
    assert roles_of_plain(row) is None

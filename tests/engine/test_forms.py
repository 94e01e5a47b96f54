"""Rows in a usual form are parsed by a faster parser, which lets repeated keys pass: so none may have any."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ftlint.engine import tails, triggers
from ftlint.engine.forms import MESSAGES, PAIR, TOOLS
from ftlint.engine.tails import Tails
from ftlint.sources.parse import parse, proven
from tests.support import CALL, CLOCK, chat

pytest.importorskip("re2", reason="forms are looked for by google-re2 (ftlint[fast]) only")
TOLD = triggers.with_re2([])
RESULT = {"role": "tool", "tool_call_id": "call_1", "content": "12:05"}
TALK = [
    {"role": "user", "content": "Time?"},
    {"role": "assistant", "tool_calls": [CALL, CALL]},
    RESULT,
    {"role": "assistant", "content": "12"},
]
USUAL = {
    "two messages": (MESSAGES, chat("user: Hi", 'assistant: "Hello" \\')),
    "another language": (MESSAGES, chat("system: Дай", "user: 你好", "assistant: 😀")),
    "calls": (MESSAGES, {"messages": TALK}),
    "calls with empty content": (
        MESSAGES,
        chat("user: Time?", {"role": "assistant", "content": None, "tool_calls": [CALL]}),
    ),
    "tools": (TOOLS, {"messages": TALK, "tools": [CLOCK]}),
    "tools and an option": (TOOLS, {"messages": TALK, "tools": [CLOCK], "parallel_tool_calls": False}),
    "a completion": (PAIR, {"prompt": "1 + 1 =", "completion": " 2"}),
    "a weight": (None, chat("user: Hi", {"role": "assistant", "content": "Hello", "weight": 0})),
    "parts": (None, chat({"role": "user", "content": [{"type": "text", "text": "Hi"}]}, "assistant: Hello")),
}


@pytest.mark.parametrize("name", USUAL)
@pytest.mark.parametrize("options", [{}, {"ensure_ascii": False}, {"separators": (",", ":")}], ids=str)
def test_the_usual_forms_are_recognised(name, options):
    form, row = USUAL[name]
    assert TOLD(json.dumps(row, **options).encode()).form == form


KEYS = ["messages", "tools", "prompt", "completion"]
INNER = ["role", "content", "tool_calls", "tool_call_id", "id", "type", "function", "name", "arguments"]
TEXTS = st.sampled_from(
    ["Hi", "", '", "role": "user', '"}], "messages": [', "\\", '\\"', "], ", '{"role"', "tools", '"tools": [']
)


@st.composite
def written(draw, value):
    """The value as JSON, in which any object may hold any of its members twice, or one that is not its own."""
    if isinstance(value, list):
        return "[" + ", ".join([draw(written(item)) for item in value]) + "]"
    if not isinstance(value, dict):
        return json.dumps(draw(TEXTS) if isinstance(value, str) and draw(st.booleans()) else value)
    members = list(value.items())
    if draw(st.integers(0, 3)) == 0:
        key = draw(st.sampled_from(list(value) * 3 + KEYS + INNER))
        other = draw(st.sampled_from([value.get(key), "x", None, 5, [], {}, [{"role": "user", "content": "Hi"}]]))
        members.insert(draw(st.integers(0, len(members))), (key, other))
    space = draw(st.sampled_from(["", " "]))
    spelt = [f"{json.dumps(key)}{space}:{space}{draw(written(item))}" for key, item in members]
    return "{" + f",{space}".join(spelt) + "}"


def outcome(read, raw):
    try:
        return read(raw)
    except ValueError:
        return "refused"


@settings(max_examples=1500, derandomize=True)
@given(raw=st.sampled_from([row for _, row in USUAL.values()]).flatmap(written).map(str.encode))
@example(raw=b'{"messages": [{"role": "user", "content": "a", "content": "b"}]}')
@example(raw=b'{"messages": [], "messages": [{"role": "user", "content": "b"}]}')
@example(raw=b'{"messages": [{"role": "user", "content": "a"}], "tools": [], "tools": []}')
@example(raw=b'{"messages": [{"role": "user", "content": "a"}], "tools": [], "messages": []}')
@example(raw=b'{"messages": [{"role": "user", "content": "a"}], "tools": [{"tools": 1, "tools": 2}]}')
def test_no_repeated_key_hides_in_a_usual_form(raw):
    form = TOLD(raw).form
    if form == TOOLS:
        assert outcome(lambda raw: Tails().parse(raw)[0], raw) == outcome(parse, raw)
    elif form:
        assert outcome(proven, raw) == outcome(parse, raw)


def row_with_tools(number):
    return json.dumps({"messages": TALK, "tools": [CLOCK], "number": number}).encode()


def test_an_end_that_comes_again_is_not_parsed_again():
    ends = Tails()
    (first, end), (second, again) = ends.parse(row_with_tools(1)), ends.parse(row_with_tools(1))
    assert first == second == parse(row_with_tools(1))
    assert end is again
    assert first["tools"] is second["tools"]


def test_a_file_whose_ends_all_differ_stops_sharing_them_and_is_read_all_the_same():
    ends = Tails()
    for number in range(2 * tails.MOST):
        assert ends.parse(row_with_tools(number))[0] == parse(row_with_tools(number))
    assert not ends.known


def test_large_ends_are_not_kept_without_bound(monkeypatch):
    monkeypatch.setattr(tails, "MOST_BYTES", 1000)
    ends = Tails()
    for number in range(100):
        ends.parse(row_with_tools(number))
    assert sum(map(len, ends.known)) <= 1000

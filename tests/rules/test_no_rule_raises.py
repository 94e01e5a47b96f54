"""No bytes and no JSON value make a rule raise: rows full of tools, images and odd texts, spoilt and cut off."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import check, dumped, spoilt, values

every_char = st.characters(exclude_categories=["Cs"])
subjects = [
    *("<|endoftext|>", "<|fim_suffix|>", "<think>", "</think>", "```", "```python\n", "TODO", "{{name}}", "{{ "),
    *("lorem ipsum", "<noinput>", "[insert name]", "As an AI language model", "I'm sorry, but I can't", "â€™", "Ã©"),
    *("\ufffd", "\u200b", "\u202e", "\u0000", " ", "\n", "and so on, " * 30, "-" * 300, "😀\u200d😀", " ->", " END"),
    "data:image/png;base64,AAAA",
]
texts = st.lists(st.sampled_from(subjects) | st.text(every_char, max_size=12), max_size=4).map("".join)
names = st.sampled_from(["clock", "clock", "weather", "clok", "x" * 65, "get weather", ""])
ids = st.sampled_from(["call_1", "call_1", "call_2", "abcdefghi", ""])
schemas = st.recursive(
    st.sampled_from([True, False, {}, {"type": "string"}, {"type": "strin"}, {"$ref": "#/$defs/a"}, {"$ref": "#"}])
    | st.just({"pattern": "("})
    | values,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["object", "array", ["string", "null"], 5, None]),
            "properties": st.dictionaries(st.text(max_size=3), inner, max_size=2) | values,
            "required": st.lists(st.text(max_size=3), max_size=2) | st.just(True),
            "additionalProperties": inner,
            "items": inner,
            "anyOf": st.lists(inner, max_size=2),
            "enum": st.lists(values, max_size=2),
            "$defs": st.dictionaries(st.just("a"), inner),
            "pattern": st.text(max_size=3),
        },
    ),
    max_leaves=6,
)
parameters = st.dictionaries(st.text(max_size=3), values, max_size=2) | schemas.filter(
    lambda value: type(value) is dict
)
functions = st.fixed_dictionaries(
    {"name": names},
    optional={"description": texts, "parameters": parameters, "strict": st.sampled_from([True, False, None])},
)
tools = st.lists(functions.map(lambda function: {"type": "function", "function": function}), max_size=3)
arguments = (
    texts
    | values.map(json.dumps)
    | parameters.map(json.dumps)
    | values.map(lambda value: json.dumps(json.dumps(value)))
    | st.just('{"a": NaN}')
    | st.just("[" * 3000)
)
calls = st.lists(
    st.fixed_dictionaries(
        {
            "id": ids,
            "type": st.just("function"),
            "function": st.fixed_dictionaries({"name": names, "arguments": arguments}),
        }
    ),
    max_size=3,
)
images = st.fixed_dictionaries(
    {
        "url": st.text(every_char, max_size=20)
        | st.binary(max_size=60).map(lambda data: "data:image/png;base64," + base64.b64encode(data).decode())
        | st.binary(max_size=60).map(lambda data: "data:image/webp;base64," + base64.b64encode(b"RIFF" + data).decode())
        | st.sampled_from(
            ["https://example.com/a.png", "http://x", "data:", "data:image/gif;base64,R0lGODlhAQABAAAAACw="]
        )
    },
    optional={"detail": st.sampled_from(["low", "high", "auto", None])},
)
parts = st.lists(
    texts.map(lambda text: {"type": "text", "text": text})
    | images.map(lambda image: {"type": "image_url", "image_url": image}),
    max_size=3,
)
messages = st.one_of(
    st.fixed_dictionaries({"role": st.just("system"), "content": texts}),
    st.fixed_dictionaries({"role": st.just("user"), "content": texts | parts}),
    st.fixed_dictionaries({"role": st.just("assistant"), "content": texts | st.none()}, optional={"tool_calls": calls}),
    st.fixed_dictionaries({"role": st.just("assistant"), "tool_calls": calls.filter(bool)}),
    st.fixed_dictionaries(
        {
            "role": st.just("assistant"),
            "content": st.none(),
            "function_call": st.fixed_dictionaries({"name": names, "arguments": arguments}),
        }
    ),
    st.fixed_dictionaries({"role": st.just("tool"), "tool_call_id": ids, "content": texts}),
    st.fixed_dictionaries({"role": st.just("function"), "name": names, "content": texts}),
)
conversations = st.fixed_dictionaries(
    {"messages": st.lists(messages, min_size=1, max_size=5)},
    optional={"tools": tools, "parallel_tool_calls": st.booleans(), "functions": st.lists(functions, max_size=2)},
)
answers = st.lists(st.fixed_dictionaries({"role": st.just("assistant"), "content": texts}), min_size=1, max_size=1)
rows = {
    "chat": conversations,
    "completion": st.fixed_dictionaries({"prompt": texts, "completion": texts}),
    "preference": st.fixed_dictionaries(
        {
            "input": conversations.map(lambda row: {key: row[key] for key in row if key != "functions"}),
            "preferred_output": answers,
            "non_preferred_output": answers,
        }
    ),
    "reinforcement": st.builds(
        lambda row, keys: keys | {key: row[key] for key in row if key in ("messages", "tools")},
        conversations,
        st.dictionaries(st.sampled_from(["reference", "a", "item"]), values, max_size=2),
    ),
}
METHODS = {"chat": "supervised", "completion": "supervised", "preference": "dpo", "reinforcement": "reinforcement"}


@pytest.mark.parametrize("format", rows)
@pytest.mark.parametrize("model", ["openai", "gpt-4o-2024-08-06"])
def test_no_row_makes_a_rule_raise(format, model):
    @given(every=st.lists(rows[format] | spoilt(rows[format]), min_size=1, max_size=4), totals=st.booleans())
    def checked(every, totals):
        options = {"model": model, "method": METHODS[format], "format": format, "select": ("ALL",), "totals": totals}
        report = check(every, **options)
        assert not report.failures
        assert all(finding.line for finding in report.findings if finding.row)

    checked()


@pytest.mark.parametrize("format", rows)
def test_no_cut_and_no_flipped_byte_makes_a_rule_raise(format):
    @given(row=rows[format], cut=st.integers(0, 400), byte=st.integers(0, 255))
    def checked(row, cut, byte):
        data = bytearray(dumped(row))
        data[cut % len(data)] = byte
        for broken in (bytes(data), bytes(data[: cut % len(data)])):
            assert not check(broken * 2, select=("ALL",), format=format).failures

    checked()

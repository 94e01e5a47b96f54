"""How tool definitions read to the model."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ftlint.tokens.encoder import load
from ftlint.tokens.tools import MAX_DEPTH, rendered_size, rendering

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "properties", "required", "items", "enum", "anyOf", "oneOf", "description"]),
            inner | st.sampled_from(["object", "array", "string", "integer", "null"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


def function(properties: dict, **rest: object) -> dict:
    return {"name": "f", "parameters": {"type": "object", "properties": properties, **rest}}


def field(schema: object) -> str:
    """Render one optional property x, without what stands around it."""
    before, after = (
        "namespace functions {\n\ntype f = (_: {\nx?: ",
        ",\n}) => any;\n\n} // namespace functions",
    )
    whole = rendering([function({"x": schema})])
    assert whole.startswith(before)
    assert whole.endswith(after)
    return whole[len(before) : -len(after)]


def test_the_whole_form():
    tools = [
        {
            "type": "function",
            "function": {
                "name": "weather",
                "description": "Tell the weather",
                "parameters": {
                    "type": "object",
                    "properties": {
                        "place": {"type": "string", "description": "City, country"},
                        "unit": {"type": "string", "enum": ["c", "f"], "default": "c"},
                        "range": {
                            "type": "object",
                            "properties": {"days": {"type": "integer", "description": "not shown"}},
                        },
                    },
                    "required": ["place"],
                },
            },
        },
        {"type": "function", "function": {"name": "now"}},
    ]
    assert rendering(tools) == dedent("""\
        namespace functions {

        // Tell the weather
        type weather = (_: {
        // City, country
        place: string,
        unit?: "c" | "f",
        range?: {
          days?: number,
        },
        }) => any;

        type now = () => any;

        } // namespace functions""")


def test_tools_and_functions_read_the_same():
    definition = function({"x": {"type": "string"}})
    assert rendering([{"type": "function", "function": definition}]) == rendering([definition])


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "string"),
        ({"type": "integer", "minimum": 0, "maximum": 9}, "number"),
        ({"type": "boolean"}, "boolean"),
        ({"type": "null"}, "null"),
        ({"type": "number", "enum": [1, 2.5]}, "1 | 2.5"),
        ({"enum": ["a", None, True]}, '"a" | null | true'),
        ({"type": "array", "items": {"type": "string"}}, "string[]"),
        ({"type": "array"}, "any[]"),
        ({"type": "object"}, "{\n\n}"),
        ({"type": ["string", "null"]}, "string | null"),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, "string | number"),
        ({"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "null"}}]}, "string | null[]"),
        ({"properties": {"y": {"type": "string"}}}, "{\n  y?: string,\n}"),
        ({"$ref": "#/$defs/other"}, "any"),
        ({}, "any"),
        (True, "any"),
    ],
)
def test_types(schema, expected):
    assert field(schema) == expected


def test_a_definition_is_rendered_anew_when_it_changes():
    tools = [function({"x": {"type": "string"}})]
    first = rendering(tools)
    tools[0]["name"] = "g"
    assert rendering(tools) == first.replace("type f", "type g")


def test_size_is_bytes_not_characters():
    tools = [{"name": "f", "description": "é€😀"}]
    assert rendered_size(tools) == len(rendering(tools)) + 1 + 2 + 3


def test_lone_surrogates_and_huge_integers_are_rendered():
    tools = [function({"x": {"type": "string", "enum": ["\ud800", 10**30]}})]
    assert f'"\ud800" | {10**30}' in rendering(tools)
    assert load("o200k_base").count(rendering(tools)) <= rendered_size(tools)


@pytest.mark.parametrize("depth", [50, 200, 900])
@pytest.mark.parametrize(
    "nest",
    [
        lambda inner: {"type": "object", "properties": {"x": inner}},
        lambda inner: {"type": "array", "items": inner},
        lambda inner: {"anyOf": [inner, {"type": "null"}]},
        lambda inner: {"type": ["object", "array"], "properties": {"x": inner}, "items": {}},
    ],
)
def test_schemas_as_deep_as_a_parser_takes_them_are_rendered(nest, depth):
    schema = {"type": "string"}
    for _ in range(depth):
        schema = nest(schema)
    assert ("string" in field(schema)) is (depth < MAX_DEPTH)


def test_work_does_not_double_with_each_level_of_a_schema():
    schema = {"type": "string"}
    for _ in range(40):
        schema = {"type": ["object", "object", "null"], "properties": {"x": schema}}
    assert len(field(schema)) < 10_000


@settings(deadline=None)
@given(JSON)
def test_whatever_stands_in_parameters_is_rendered(parameters):
    tools = json.loads(json.dumps([{"name": "f", "parameters": parameters}]))
    assert rendering(tools).endswith("} // namespace functions")

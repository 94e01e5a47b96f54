"""
Published prompt counts, each checked against the API by its publisher, as tests of the framing.

Sources: the test cases of https://github.com/hmarr/openai-chat-tokens (MIT), all for cl100k_base, and
OpenAI's cookbook, `How_to_count_tokens_with_tiktoken.ipynb`.
"""

from __future__ import annotations

from typing import Any

import pytest

from ftlint.tokens.encoder import load
from ftlint.tokens.framing import PROMPT, Framing, row_tokens


def say(role: str, content: str, **rest: object) -> dict[str, Any]:
    return {"role": role, "content": content, **rest}


def define(name: str, description: str | None = None, **properties: object) -> dict[str, Any]:
    parameters = {"type": "object", "properties": properties}
    return {"name": name, "description": description, "parameters": parameters}


def call(arguments: str) -> dict[str, Any]:
    return say("assistant", "", function_call={"name": "do_stuff", "arguments": arguments})


def kind(value: str, **rest: object) -> dict[str, Any]:
    """Build one of the alternatives: an object with a constant `kind` and other properties."""
    return {"type": "object", "properties": {"kind": {"type": "string", "const": value}, **rest}}


STRING = {"type": "string"}
NUMBER = {"type": "number"}
BOOLEAN = {"type": "boolean"}

JARGON = [
    say(
        "system",
        "You are a helpful, pattern-following assistant that translates corporate jargon into plain English.",
    ),
    say("system", "New synergies will help drive top-line growth.", name="example_user"),
    say("system", "Things working well together will increase revenue.", name="example_assistant"),
    say(
        "system",
        "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
        name="example_user",
    ),
    say(
        "system",
        "Let's talk later when we're less busy about how to do better.",
        name="example_assistant",
    ),
    say(
        "user",
        "This late pivot means we don't have time to boil the ocean for the client deliverable.",
    ),
]

HELLO = [say("user", "hello")]
GREETING = [say("system", "Hello"), say("user", "Hi there")]
TWO_SYSTEMS = [say("system", "Hello:"), say("system", "Hello"), say("user", "Hi there")]
FOO = define("foo")
DO_STUFF = define("do_stuff")
DO_OTHER_STUFF = define("do_other_stuff")

SUZIE = [
    say("system", "You are an AI assistant trained to foo or bar"),
    say("user", "My name is suzie"),
    say("function", '{"res":{"kind":"user","name":"suzie"}}', name="foo"),
    say("user", 'I want to post a message with the text "hello world"'),
    say("function", '{"res":{"kind":"post","text":"hello world"}}', name="foo"),
]
FOO_OR_BAR = {
    "name": "foo",
    "description": "Return the foo or the bar",
    "parameters": {
        "type": "object",
        "required": ["res"],
        "properties": {
            "res": {
                "description": "The foo or the bar",
                "anyOf": [
                    kind("post", text=STRING) | {"required": ["kind", "text"]},
                    kind("user", name={"type": "string", "enum": ["jane", "suzie", "adam"]})
                    | {"required": ["kind", "name"], "additionalProperties": False},
                ],
            }
        },
    },
}
INGREDIENT = {
    "type": "object",
    "required": ["name", "unit", "amount"],
    "properties": {
        "name": STRING,
        "unit": {"type": "string", "enum": ["grams", "ml", "cups", "pieces", "teaspoons"]},
        "amount": NUMBER,
    },
}
GET_RECIPE = {
    "name": "get_recipe",
    "parameters": {
        "type": "object",
        "required": ["ingredients", "instructions", "time_to_cook"],
        "properties": {
            "ingredients": {"type": "array", "items": INGREDIENT},
            "instructions": {
                "type": "array",
                "items": STRING,
                "description": "Steps to prepare the recipe (no numbering)",
            },
            "time_to_cook": {"type": "number", "description": "Total time to prepare the recipe in minutes"},
        },
    },
}
PROS = {"type": "array", "items": STRING, "description": "Write 3 points why this text is well written"}
DESCRIBED_INSIDE = {
    "name": "function",
    "description": "desctiption1",
    "parameters": {
        "type": "object",
        "description": "desctiption2",
        "properties": {
            "mainField": {"type": "string", "description": "description3"},
            "field number one": {
                "type": "object",
                "description": "description4",
                "properties": {
                    "yesNoField": {"type": "string", "description": "description5", "enum": ["Yes", "No"]},
                    "howIsInteresting": {"type": "string", "description": "description6"},
                    "scoreInteresting": {"type": "number", "description": "description7"},
                    "isInteresting": {"type": "string", "description": "description8", "enum": ["Yes", "No"]},
                },
            },
        },
    },
}

# tokens, messages, functions, choice of a function ("auto", "none", or its name)
PUBLISHED = [
    (25, JARGON[0:1], [], None),
    (20, JARGON[1:2], [], None),
    (19, JARGON[2:3], [], None),
    (28, JARGON[3:4], [], None),
    (26, JARGON[4:5], [], None),
    (26, JARGON[5:6], [], None),
    (8, HELLO, [], None),
    (9, [say("user", "hello world")], [], None),
    (8, [say("system", "hello")], [], None),
    (9, [say("system", "hello:")], [], None),
    (
        27,
        [
            say("system", "# Important: you're the best robot"),
            say("user", "hello robot"),
            say("assistant", "hello world"),
        ],
        [],
        None,
    ),
    (31, HELLO, [FOO], None),
    (31, HELLO, [FOO], "auto"),
    (32, HELLO, [FOO], "none"),
    (36, HELLO, [FOO], "foo"),
    (36, HELLO, [define("foo", "Do a foo")], None),
    (49, HELLO, [define("bing_bong", "Do a bing bong", foo=STRING)], None),
    (
        57,
        HELLO,
        [define("bing_bong", "Do a bing bong", foo=STRING, bar=NUMBER | {"description": "A number"})],
        None,
    ),
    (
        68,
        HELLO,
        [
            define(
                "bing_bong",
                "Do a bing bong",
                foo={
                    "type": "object",
                    "properties": {"bar": {"type": "string", "enum": ["a", "b", "c"]}, "baz": BOOLEAN},
                },
            )
        ],
        None,
    ),
    (15, [say("user", "hello world"), say("function", "{}", name="do_stuff")], [], None),
    (
        28,
        [say("user", "hello world"), say("function", '{"foo": "bar", "baz": 1.5}', name="do_stuff")],
        [],
        None,
    ),
    (24, [say("function", '{"a": { "b" : { "c": false}}}', name="dance_the_tango")], [], None),
    (26, [call('{"foo": "bar", "baz": 1.5}')], [], None),
    (25, [call('{"foo":"bar", "baz":\n\n 1.5}')], [], None),
    (158, SUZIE, [FOO_OR_BAR], "foo"),
    (52, GREETING, [define("do_stuff", foo={"anyOf": [kind("a", baz=BOOLEAN)]})], None),
    (
        80,
        GREETING,
        [
            define(
                "do_stuff",
                foo={"anyOf": [kind("a", baz=BOOLEAN), kind("b", qux=NUMBER), kind("c", idk=STRING)]},
            )
        ],
        None,
    ),
    (44, GREETING, [define("do_stuff", foo={"anyOf": [STRING | {"const": "a"}, NUMBER]})], None),
    (35, GREETING, [DO_STUFF], None),
    (35, [say("system", "Hello:"), say("user", "Hi there")], [DO_STUFF], None),
    (40, TWO_SYSTEMS, [DO_STUFF], None),
    (49, TWO_SYSTEMS, [DO_STUFF, DO_OTHER_STUFF], None),
    (55, TWO_SYSTEMS, [DO_STUFF, DO_OTHER_STUFF], "do_stuff"),
    (106, HELLO, [GET_RECIPE], None),
    (
        46,
        HELLO,
        [define("function", "description", quality={"type": "object", "properties": {"pros": PROS}})],
        None,
    ),
    (96, HELLO, [DESCRIBED_INSIDE], None),
]

GET_WEATHER = {
    "type": "function",
    "function": {
        "name": "get_current_weather",
        "description": "Get the current weather in a given location",
        "parameters": {
            "type": "object",
            "properties": {
                "location": {"type": "string", "description": "The city and state, e.g. San Francisco, CA"},
                "unit": {
                    "type": "string",
                    "description": "The unit of temperature to return",
                    "enum": ["celsius", "fahrenheit"],
                },
            },
            "required": ["location"],
        },
    },
}
ASK_WEATHER = [
    say("system", "You are a helpful assistant that can answer to questions about the weather."),
    say("user", "What's the weather like in San Francisco?"),
]


def choice(chosen: str | None, encoding: str) -> int:
    """Count what a forced choice adds to a prompt; no training row has one, so ftlint does not count it."""
    if chosen in (None, "auto"):
        return 0
    return 1 if chosen == "none" else load(encoding).count(chosen) + 4


@pytest.mark.parametrize(("tokens", "messages", "functions", "chosen"), PUBLISHED)
def test_prompts_have_the_tokens_that_the_api_reported(tokens, messages, functions, chosen):
    row = {"messages": messages, "functions": functions}
    total = row_tokens(row, "chat", load("cl100k_base").count, PROMPT).total
    assert total + choice(chosen, "cl100k_base") == tokens


@pytest.mark.parametrize(
    ("encoding", "framing", "tokens"),
    [
        ("cl100k_base", PROMPT, 129),  # gpt-3.5-turbo, gpt-4
        ("o200k_base", PROMPT, 124),  # gpt-4o, gpt-4o-mini
        ("cl100k_base", Framing(message=4, name=-1), 127),  # gpt-3.5-turbo-0301
    ],
)
def test_the_jargon_prompt_of_the_cookbook(encoding, framing, tokens):
    assert row_tokens({"messages": JARGON}, "chat", load(encoding).count, framing).total == tokens


@pytest.mark.parametrize(("encoding", "tokens"), [("cl100k_base", 105), ("o200k_base", 101)])
def test_the_weather_prompt_of_the_cookbook(encoding, tokens):
    row = {"messages": ASK_WEATHER, "tools": [GET_WEATHER]}
    assert row_tokens(row, "chat", load(encoding).count, PROMPT).total == tokens

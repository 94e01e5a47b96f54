"""How values, types and keys are spelt in messages about shape."""

from __future__ import annotations

from typing import Any

from ftlint.core.types import Pointer
from ftlint.core.visible import shorten

JSON_NAMES = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
}
TYPE_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "a string",
    "boolean": "a boolean",
    "integer": "an integer",
    "number": "a number",
    "null": "null",
}
ROLE_MEANT = {
    "human": "user",
    "gpt": "assistant",
    "bot": "assistant",
    "model": "assistant",
    "chatbot": "assistant",
    "ai": "assistant",
    "observation": "tool",
    "function_call": "assistant",
}
ROW_KEYS = frozenset(
    [
        "messages",
        "tools",
        "functions",
        "parallel_tool_calls",
        "prompt",
        "completion",
        "input",
        "preferred_output",
        "non_preferred_output",
    ]
)
INNER_KEYS = frozenset(
    [
        "messages",
        "tools",
        "role",
        "content",
        "name",
        "tool_calls",
        "tool_call_id",
        "function_call",
        "refusal",
        "weight",
        "type",
        "text",
        "image_url",
        "url",
        "detail",
        "id",
        "function",
        "arguments",
        "description",
        "parameters",
        "strict",
    ]
)


def wrong(keyword: str, value: Any, here: Any) -> str:
    """What is wrong with a value that fails `keyword`: `is "x", expected …`."""
    shown = literal(here)
    if keyword in ("enum", "const"):
        several = "one of " if isinstance(value, list) and len(value) > 1 else ""
        return f"is {shown}, expected {several}{listing(value)}"
    if keyword == "not":
        return f"is {shown}, which this target does not take"
    if keyword == "pattern":
        return f"is {shown}, which does not match {value}"
    if keyword == "minItems":
        return f"has {len(here)} items, expected at least {value}"
    if keyword == "maxItems":
        return f"has {len(here)} items, expected at most {value}"
    return f"is {shown}, which does not satisfy {keyword} {listing(value)}".rstrip()


def type_help(pointer: Pointer, here: Any) -> str | None:
    """The remedy for a value of the wrong type, where there is a usual one."""
    if len(pointer) > 1 and pointer[-2] == "content" and isinstance(here, str):
        return 'a content part is an object: {"type": "text", "text": "…"}'
    if pointer and pointer[-1] == "content" and isinstance(here, str):
        return 'all messages of a row hold text, or all hold lists of parts: [{"type": "text", "text": "…"}]'
    return None


def name_of(value: Any) -> str:
    """The kind of a value: `a list`, `null`, `true`."""
    if value is None or isinstance(value, bool):
        return literal(value)
    return JSON_NAMES.get(type(value), "a value")


def literal(value: Any) -> str:
    """A value as JSON writes it, shortened."""
    if isinstance(value, str):
        return shorten(value)
    if isinstance(value, (dict, list)):
        return JSON_NAMES[type(value)]
    return "null" if value is None else str(value).lower()


def types_of(types: list[str]) -> str:
    """The types of a schema: `a string or null`."""
    return " or ".join(TYPE_NAMES.get(name, name) for name in sorted(types, key=lambda name: name == "null"))


def one_of(names: tuple[str, ...]) -> str:
    """`a, b or c`."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def listing(value: Any) -> str:
    """The values of an enum, or whatever a keyword wants."""
    if isinstance(value, list):
        return ", ".join("null" if item is None else str(item) for item in value)
    return "" if isinstance(value, dict) or value is None else str(value)

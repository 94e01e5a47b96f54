"""
How tool definitions read to the model: a TypeScript namespace, with descriptions as comments.

The form is not documented by OpenAI. It was found by comparing prompts with `usage.prompt_tokens`; the rules
are those of https://github.com/hmarr/openai-chat-tokens (MIT), whose published, API-checked counts are our
tests. What no published count covers (`oneOf`, lists of types, no type at all) is our guess.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 64
"""Schemas nested deeper read `any`: they are other people's data, and recursion has an end."""


def rendering(definitions: list[Any]) -> str:
    """Render tools (`{"type": "function", "function": {…}}`) or functions; equal lists are rendered once."""
    try:
        key = orjson.dumps(definitions)
    except TypeError:  # lone surrogates, integers over 64 bits, nesting over 254: rendered each time
        return _render(definitions)
    return _rendered(key)


def rendered_size(definitions: list[Any]) -> int:
    """Measure the rendering in bytes of UTF-8; it has at most as many tokens."""
    return len(rendering(definitions).encode(errors="surrogatepass"))


@lru_cache(maxsize=64)
def _rendered(definitions: bytes) -> str:
    return _render(orjson.loads(definitions))


def _render(definitions: list[Any]) -> str:
    lines = ["namespace functions {", ""]
    for definition in definitions:
        function = definition.get("function") if "type" in definition else definition
        if isinstance(function, dict):
            lines.extend(_function(function))
    lines.append("} // namespace functions")
    return "\n".join(lines)


def _function(function: dict[str, Any]) -> Iterator[str]:
    if description := function.get("description"):
        yield f"// {description}"
    parameters = function.get("parameters")
    fields = list(_fields(parameters, 0, 0)) if isinstance(parameters, dict) else []
    if fields:
        yield f"type {function['name']} = (_: {{"
        yield from fields
        yield "}) => any;"
    else:
        yield f"type {function['name']} = () => any;"
    yield ""


def _fields(schema: dict[str, Any], level: int, depth: int) -> Iterator[str]:
    """Render the properties of an object `level` objects deep. Only those of the outermost are described."""
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return
    required = schema.get("required")
    needed = {name for name in required if isinstance(name, str)} if isinstance(required, list) else set()
    indent = " " * (2 * level)
    for name, value in properties.items():
        if level == 0 and isinstance(value, dict) and (description := value.get("description")):
            yield f"// {description}"
        yield f"{indent}{name}{'' if name in needed else '?'}: {_type(value, level, depth + 1)},"


def _type(schema: Any, level: int, depth: int) -> str:
    if not isinstance(schema, dict) or depth > MAX_DEPTH:
        return "any"
    for union in ("anyOf", "oneOf"):
        if isinstance(options := schema.get(union), list):
            return " | ".join(_type(option, level, depth + 1) for option in options)
    kind = schema.get("type", "object" if "properties" in schema else None)
    kinds = kind if isinstance(kind, list) else [kind]
    named = dict.fromkeys(kind for kind in kinds if isinstance(kind, str))  # once each: work must not double
    return " | ".join(_kind(schema, kind, level, depth) for kind in named) or _values(schema, "any")


def _kind(schema: dict[str, Any], kind: str, level: int, depth: int) -> str:
    match kind:
        case "string":
            return _values(schema, kind)
        case "number" | "integer":
            return _values(schema, "number")
        case "boolean" | "null":
            return kind
        case "array":
            return f"{_type(schema.get('items'), level, depth + 1)}[]"
        case "object":
            return "\n".join(["{", "\n".join(_fields(schema, level + 1, depth)), "}"])
    return "any"


def _values(schema: dict[str, Any], otherwise: str) -> str:
    enum = schema.get("enum")
    return " | ".join(map(_literal, enum)) if isinstance(enum, list) else otherwise


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    return json.dumps(value) if isinstance(value, int | float | None) else "any"

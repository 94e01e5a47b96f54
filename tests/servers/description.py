"""
OpenAI's own description of the API, and whether a request or an answer keeps to it.

The description mixes idioms of OpenAPI 3.0 into 3.1 (`nullable`, boolean `exclusiveMinimum`), so it is brought into
the form of JSON Schema 2020-12 first. What it leaves open and the service refuses, a property that it does not know,
is closed in the bodies of requests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

FILE = Path(__file__).with_name("openai-fine-tuning.openapi.json")
REFERENCE = "#/components/schemas/"
PAUSED = "paused"
GAPS = {"status": {PAUSED: "running"}, "purpose": {"evals": "user_data"}}
"""Values that the enums of answers lack, though requests can bring them about, and one beside each that they have."""

Fields = Mapping[str, Any]


class Operation(NamedTuple):
    """What the description says of one method of one path."""

    method: str
    path: str
    pattern: re.Pattern[str]
    definition: dict[str, Any]


def request_problems(
    method: str, path: str, query: list[tuple[str, str]], headers: Mapping[str, str], body: Any
) -> list[str]:
    """
    What of a request the description does not allow, a sentence each.

    `path` is without the part that belongs to the address (`/v1`). `body` is what the JSON holds, or the fields of a
    multipart form with any text in place of a file's bytes, or None where there is none.
    """
    operation = operation_of(method, path)
    if operation is None:
        return [f"{method} {path} is not described"]
    problems = list(_query_problems(operation, query))
    lower = {name.lower(): value for name, value in headers.items()}
    if not re.fullmatch(r"Bearer \S+", lower.get("authorization", "")):
        problems.append("no key: the header Authorization has no bearer token")
    content = operation.definition.get("requestBody", {}).get("content")
    if content is None:
        return problems if body in (None, {}) else [*problems, f"{method} {path} takes no body"]
    kind = lower.get("content-type", "").partition(";")[0].strip()
    if kind not in content:
        return [*problems, f"Content-Type {kind!r} is not {' or '.join(content)}"]
    schema = content[kind]["schema"]
    if kind == "multipart/form-data":
        body = _typed(nested(body or {}), schema)
    return problems + list(_problems(schema, body, closed=True))


def response_problems(method: str, path: str, status: int, body: Any) -> list[str]:
    """What of an answer the description does not allow, a sentence each. Of errors it says nothing."""
    if status != 200:
        return _error_problems(body)
    operation = operation_of(method, path)
    if operation is None:
        return [f"{method} {path} is not described"]
    schema = operation.definition["responses"]["200"]["content"]["application/json"]["schema"]
    return list(_problems(schema, _known(body), closed=False))


@cache
def operations() -> tuple[Operation, ...]:
    """All that is described, paths without parameters first."""
    found = []
    for path, methods in _document(closed=False)["paths"].items():
        pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))
        found += [Operation(method.upper(), path, pattern, definition) for method, definition in methods.items()]
    return tuple(sorted(found, key=lambda operation: operation.path.count("{")))


def operation_of(method: str, path: str) -> Operation | None:
    """The operation that a request asks for."""
    return next((one for one in operations() if one.method == method and one.pattern.fullmatch(path)), None)


def nested(fields: Fields) -> dict[str, Any]:
    """`a[b]=c` of forms and queries as `{"a": {"b": "c"}}`."""
    tree: dict[str, Any] = {}
    for name, value in fields.items():
        outer, bracket, inner = name.partition("[")
        if bracket and inner.endswith("]") and isinstance(tree.setdefault(outer, {}), dict):
            tree[outer][inner[:-1]] = value
        else:
            tree[name] = value
    return tree


def _query_problems(operation: Operation, query: list[tuple[str, str]]) -> Iterator[str]:
    described = {one["name"]: one for one in operation.definition.get("parameters", []) if one["in"] == "query"}
    names = [name for name, _ in query]
    yield from (f"query parameter {name!r} is given twice" for name in sorted({n for n in names if names.count(n) > 1}))
    for name, value in nested(dict(query)).items():
        if name not in described:
            yield f"query parameter {name!r} is not described"
            continue
        schema = described[name]["schema"]
        yield from (
            f"query parameter {name!r}: {problem}" for problem in _problems(schema, _typed(value, schema), False)
        )


def _error_problems(body: Any) -> list[str]:
    """The form of OpenAI's errors, which the official client reads message, type, param and code from."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict) or {"message", "type", "param", "code"} - set(error):
        return ["the error is not an object with message, type, param and code"]
    return [] if isinstance(error["message"], str) else ["the error's message is no text"]


def _problems(schema: dict[str, Any], value: Any, closed: bool) -> Iterator[str]:
    """The innermost reason of each violation, with its place as a JSON pointer."""
    for error in _validator(json.dumps(schema), closed).iter_errors(value):
        while error.context:
            error = max(error.context, key=lambda one: (len(one.absolute_path), one.validator != "type"))
        at = "".join(f"/{part}" for part in error.absolute_path)
        yield f"{at or 'the body'}: {error.message}"


@cache
def _validator(schema: str, closed: bool) -> Draft202012Validator:
    document = {"components": _document(closed)["components"]}
    whole = _normal(json.loads(schema), closed)
    return Draft202012Validator(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [whole]} | document
    )


@cache
def _document(closed: bool) -> dict[str, Any]:
    return dict(_normal(json.loads(FILE.read_text("utf-8")), closed))


def _normal(node: Any, closed: bool) -> Any:
    """The same in JSON Schema 2020-12; `closed` refuses properties that an object does not list."""
    if isinstance(node, list):
        return [_normal(one, closed) for one in node]
    if not isinstance(node, dict):
        return node
    node = {name: _normal(value, closed) for name, value in node.items()}
    if node.get("exclusiveMinimum") is True:
        node["exclusiveMinimum"] = node.pop("minimum")
    if node.pop("nullable", None) is True:
        if "type" not in node:  # `allOf: [{$ref}, {nullable: true}]`: whatever else it is, it may be null
            return node
        node["type"] = [node["type"], "null"]
        if "enum" in node:
            node["enum"] = [*node["enum"], None]
    if closed and isinstance(node.get("properties"), dict) and "additionalProperties" not in node:
        node["unevaluatedProperties"] = False
    return node


def _typed(value: Any, schema: dict[str, Any]) -> Any:
    """Text of a query or a form as the number that the description wants there."""
    if "$ref" in schema:
        schema = _document(closed=False)["components"]["schemas"][schema["$ref"].removeprefix(REFERENCE)]
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        return {name: _typed(one, inner.get(name, {})) for name, one in value.items()}
    if schema.get("type") == "integer" and re.fullmatch(r"-?\d+", value):
        return int(value)
    return value


def _known(body: Any) -> Any:
    """The answer, without the values that the description forgets (`GAPS`)."""
    if not isinstance(body, dict):
        return body
    if isinstance(body.get("data"), list):
        return body | {"data": [_known(one) for one in body["data"]]}
    forgotten = {
        name: values[body[name]]
        for name, values in GAPS.items()
        if isinstance(body.get(name), str) and body[name] in values
    }
    return body | forgotten

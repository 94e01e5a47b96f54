"""Tools as OpenAI's chat format has them: their definitions, calls of them, and which result answers which call."""

from __future__ import annotations

import ast
import warnings
from typing import Any

from ftlint.sources.explain import MAX_REPR_BYTES
from ftlint.transform.dialects._values import as_json, from_json, lose_rest
from ftlint.transform.losses import NoCounterpart, Report


class Calls:
    """The calls of tools in a row that wait for their results, and the ids of those that have none."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.known: set[str] = set()
        self.waiting: list[tuple[str, str]] = []

    def call(self, name: object, arguments: object, id: object = None) -> dict[str, Any]:
        """A call as the chat format has it; arguments are JSON text there."""
        if not isinstance(name, str) or not name:
            raise NoCounterpart("a call names no tool")
        if not isinstance(id, str) or not id:
            id = self._next()
            self.report("added", "ids of tool calls", None)
        self.known.add(id)
        self.waiting.append((id, name))
        text = arguments if isinstance(arguments, str) else as_json({} if arguments is None else arguments)
        return {"id": id, "type": "function", "function": {"name": name, "arguments": text}}

    def _next(self) -> str:
        number = len(self.known) + 1
        while f"call_{number}" in self.known:
            number += 1
        return f"call_{number}"

    def result(self, name: object = None, id: object = None) -> str:
        """The id of the call that a result answers: the one it names, or the first that waits."""
        for index, (known, tool) in enumerate(self.waiting):
            if known == id or (not isinstance(id, str) and name in (None, tool)):
                del self.waiting[index]
                return known
        if isinstance(id, str) and id in self.known:
            return id
        raise NoCounterpart("a tool's result answers no call")


def read_call(call: object, calls: Calls) -> dict[str, Any]:
    if not isinstance(call, dict):
        raise NoCounterpart("a call of a tool is no object")
    wrapped = isinstance(call.get("function"), dict)
    function = call["function"] if wrapped else call
    made = calls.call(function.get("name"), function.get("arguments"), call.get("id"))
    used = ["function"] if wrapped else ["name", "arguments"]
    used += ["id"] if made["id"] == call.get("id") else []
    used += ["type"] if call.get("type") == "function" else []
    lose_rest(call, used, "messages[].tool_calls[].", calls.report)
    if wrapped:
        lose_rest(function, ("name", "arguments"), "messages[].tool_calls[].function.", calls.report)
    return made


def parsed_calls(text: str) -> list[Any]:
    """The calls that stand as JSON in a text, one or several; Python's quotation marks are read, too."""
    try:
        value = from_json(text)
    except ValueError:
        value = _from_python(text)
    return value if isinstance(value, list) else [value]


def _from_python(text: str) -> Any:
    if len(text) > MAX_REPR_BYTES:
        raise NoCounterpart("a call of a tool is no JSON")
    with warnings.catch_warnings(action="ignore"):  # about escapes that are none
        try:
            return from_json(as_json(ast.literal_eval(text)))
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            raise NoCounterpart("a call of a tool is no JSON") from None


def read_tools(value: object, report: Report) -> list[Any] | None:
    """Definitions of tools: a list or JSON text, wrapped in `function` or not, with OpenAI's names or Anthropic's."""
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            value = from_json(value)
        except ValueError:
            raise NoCounterpart("the definitions of the tools are no JSON") from None
    if value is None or value == []:
        return None
    if not isinstance(value, list):
        raise NoCounterpart("the definitions of the tools are no list")
    tools = [_tool(tool, report) for tool in value]
    return [tool for tool in tools if tool is not None] or None


def _tool(tool: object, report: Report) -> dict[str, Any] | None:
    wrapped = isinstance(tool, dict) and "function" in tool
    function = tool.get("function", tool) if isinstance(tool, dict) else None
    if not isinstance(tool, dict) or not isinstance(function, dict) or not isinstance(function.get("name"), str):
        report("key", "tools[] that is no function", tool)
        return None
    made = {key: function[key] for key in ("name", "description", "parameters", "strict") if key in function}
    if "input_schema" in function and "parameters" not in made:
        made["parameters"] = function["input_schema"]
    used = [key for key in function if key in made or made.get("parameters") is function[key]]
    used += ["type"] if tool.get("type") == "function" else []
    if wrapped:
        lose_rest(tool, ("function", *used), "tools[].", report)
    lose_rest(function, used, "tools[].function.", report)
    return {"type": "function", "function": made}

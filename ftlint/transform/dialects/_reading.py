"""What other tools write in messages, as OpenAI's chat format has it."""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from ftlint.core.visible import shorten
from ftlint.sources.explain import MAX_REPR_BYTES
from ftlint.sources.parse import parse
from ftlint.transform.conversation import Message
from ftlint.transform.job import LOSS_FLAGS, Job
from ftlint.transform.losses import NoCounterpart, Report

OWN = ("system", "developer", "user", "assistant", "tool", "function")
SPEAKERS = {
    **dict.fromkeys(("human", "prompter", "customer"), "user"),
    **dict.fromkeys(("gpt", "bot", "chatgpt", "model", "ai", "bing", "bard", "claude", "chatbot", "llm"), "assistant"),
    **dict.fromkeys(("observation", "function-response", "function_response", "tool_response", "ipython"), "tool"),
}
"""Who speaks in the data of other tools; `--role NAME=ROLE` adds to it."""
REASONING = ("reasoning_content", "reasoning", "thinking")


def role_of(speaker: object, job: Job) -> str:
    """The role of a speaker. Raises NoCounterpart for one that nobody knows."""
    if not isinstance(speaker, str):
        raise NoCounterpart("a message names no role")
    if speaker in job.roles:
        return job.roles[speaker]
    folded = speaker.strip().lower()
    if folded in OWN:
        return folded
    if folded in SPEAKERS:
        return SPEAKERS[folded]
    raise NoCounterpart(f"speaker {shorten(speaker, 30)} is unknown; say who it is with --role NAME=ROLE")


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


def listed(value: object) -> list[Any]:
    """A list; an empty one for whatever is none."""
    return value if isinstance(value, list) else []


def lose_rest(value: Mapping[str, Any], used: Iterable[str], where: str, report: Report) -> None:
    """Tell of what stands in an object beside what is read of it."""
    for key in value.keys() - set(used):
        if value[key] is not None:
            report("key", f"{where}{key}", value[key])


def as_json(value: object) -> str:
    """A value as JSON text, as Python's own module writes it. Raises ValueError for numbers that are none."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def from_json(text: str) -> Any:
    """The value of JSON text. Raises ValueError for what is none, repeats a key, or nests too deep."""
    return parse(text.encode())


def read_messages(items: object, job: Job, report: Report, calls: Calls | None = None) -> list[Message]:
    """Messages with roles, however a tool near OpenAI's format writes them. Raises NoCounterpart."""
    if not isinstance(items, list):
        raise NoCounterpart("the messages are no list")
    calls = calls or Calls(report)
    return [_message(item, job, report, calls) for item in items]


def _message(item: object, job: Job, report: Report, calls: Calls) -> Message:
    if not isinstance(item, dict):
        raise NoCounterpart("a message is no object")
    role = role_of(item.get("role"), job)
    message: Message = {"role": role}
    message |= {key: value for key, value in item.items() if key != "role" and (value is not None or key == "content")}
    for key in ("name", "refusal"):
        if not isinstance(message.get(key, ""), str):
            report("key", f"messages[].{key} that is no text", message.pop(key))
    if "content" not in message and isinstance(message.get("text"), str):
        message["content"] = message.pop("text")
    if isinstance(message.get("content"), list):
        read_parts(message, message["content"], calls)
    elif not isinstance(message.get("content", ""), (str, type(None))):
        message["content"] = as_json(message["content"])
        report("changed", f"content of {role} messages written as JSON text", None)
    _tool_calls(message, report, calls)
    if role in ("tool", "function"):
        _result(message, calls)
    elif message.get("content") is None and not (role == "assistant" and message.keys() & {"tool_calls", "refusal"}):
        raise NoCounterpart(f"a message of {role} has no content")
    for key in REASONING[1:]:
        if role == "assistant" and isinstance(message.get(key), str) and REASONING[0] not in message:
            message[REASONING[0]] = message.pop(key)
    set_weight(message, report)
    return message


def read_parts(message: Message, parts: list[Any], calls: Calls) -> None:
    """Set the content of a message from a list of parts; what is no content goes where it belongs."""
    content: list[Any] = []
    collapses = True
    for part in parts:
        if isinstance(part, str):
            part = {"type": "text", "text": part}
        if not isinstance(part, dict):
            raise NoCounterpart("a part of the content is no object")
        kind = part.get("type", "text")
        text = part.get("text", part.get("value"))
        if kind == "text" and isinstance(text, str):
            content.append({"type": "text", "text": text})
            used = ["type", "text" if "text" in part else "value"]
            collapses &= "value" in part or "type" not in part
        elif kind == "reasoning" and isinstance(text, str):
            used = ["type", "text" if "text" in part else "value"]
            message[REASONING[0]] = message.get(REASONING[0], "") + text
        elif kind == "tool_call" and isinstance(text, str):
            used = ["type", "text" if "text" in part else "value"]
            message.setdefault("tool_calls", []).extend(parsed_calls(text))
        elif kind in ("image_url", "image") and (place := _url(part)):
            content.append({"type": "image_url", "image_url": _image(part[place], calls.report)})
            used = ["type", place]
            collapses = False
        elif kind == "refusal" and isinstance(part.get("refusal"), str):
            content.append({"type": "refusal", "refusal": part["refusal"]})
            used = ["type", "refusal"]
            collapses = False
        else:
            raise NoCounterpart(f"content of type {shorten(str(kind), 30)}")
        lose_rest(part, used, "messages[].content[].", calls.report)
    if collapses and len(content) == 1:
        message["content"] = content[0]["text"]
    elif content:
        message["content"] = content
    else:
        message["content"] = None if message.get("tool_calls") else ""


def _url(part: dict[str, Any]) -> str | None:
    """The key under which a part has the address of an image, alone or in an object."""
    for key in ("image_url", "url", "image", "value"):
        value = part.get(key)
        if isinstance(value, str) or (isinstance(value, dict) and isinstance(value.get("url"), str)):
            return key
    return None


def _image(value: Any, report: Report) -> dict[str, Any]:
    if isinstance(value, str):
        return {"url": value}
    known = value.get("detail") in ("auto", "low", "high")
    lose_rest(value, ("url", "detail") if known else ("url",), "image_url.", report)
    return {"url": value["url"]} | ({"detail": value["detail"]} if known else {})


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


def _tool_calls(message: Message, report: Report, calls: Calls) -> None:
    """`tool_calls`, and `function_call` of 2023, as calls with an id and a type."""
    found = message.pop("tool_calls", None) or []
    if not isinstance(found, list):
        raise NoCounterpart("the tool calls are no list")
    legacy = message.pop("function_call", None)
    if isinstance(legacy, dict):
        found = [*found, legacy]
    elif legacy is not None:
        report("key", "messages[].function_call that is no object", legacy)
    if not found:
        return
    made = [_call(call, calls) for call in found]
    message["tool_calls"] = made
    if message.get("content") == "":
        report("changed", "empty content beside calls of tools written as null", None)
        message["content"] = None


def _call(call: object, calls: Calls) -> dict[str, Any]:
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


def _result(message: Message, calls: Calls) -> None:
    name, id = message.get("name"), message.get("tool_call_id")
    if id is not None and not isinstance(id, str):
        calls.report("key", "messages[].tool_call_id that is no text", message.pop("tool_call_id"))
    if message["role"] == "function":
        message["role"] = "tool"
        if "tool_call_id" not in message:  # the call is found by the name
            message.pop("name", None)
    message["tool_call_id"] = calls.result(name, message.get("tool_call_id"))
    if message.get("content") is None:
        message["content"] = ""


def set_weight(message: Message, report: Report) -> None:
    """The flag that says whether a turn is learned, as `weight`; what has no whole weight is lost."""
    for flag in LOSS_FLAGS:
        if flag not in message:
            continue
        value = message.pop(flag)
        if message["role"] != "assistant":
            if value:
                report("key", f"{flag} on a turn that is not the assistant's", value)
        elif value in (0, 1):
            message["weight"] = int(value)
        else:
            report("key", f"messages[].{flag} that is neither 0 nor 1", value)


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

"""What other tools write in messages, as OpenAI's chat format has it."""

from __future__ import annotations

from typing import Any

from ftlint.core.visible import shorten
from ftlint.transform.conversation import Message
from ftlint.transform.dialects._tools import Calls, parsed_calls, read_call
from ftlint.transform.dialects._values import as_json, lose_rest
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
    made = [read_call(call, calls) for call in found]
    message["tool_calls"] = made
    if message.get("content") == "":
        report("changed", "empty content beside calls of tools written as null", None)
        message["content"] = None


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

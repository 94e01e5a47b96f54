"""Calls of tools in targets that give them no ids, and their arguments as objects."""

from __future__ import annotations

from typing import Any

from ftlint.transform.conversation import Message
from ftlint.transform.dialects._values import as_json, from_json
from ftlint.transform.losses import Report


def arguments_of(call: dict[str, Any], report: Report) -> Any:
    """The arguments of a call as the value that their JSON text has; the text itself where it is no JSON."""
    text = call["function"]["arguments"]
    try:
        value = from_json(text)
        written = as_json(value)
    except ValueError:
        value, written = None, ""
    if not isinstance(value, dict):
        report("changed", "arguments of a call that are no JSON object", None)
        return text
    if written != text:
        report("changed", "spacing of the arguments of calls", None)
    return value


def lose_ids(messages: list[Message], report: Report, by_name: bool) -> None:
    """Tell of ids that will not come back: those that are not counted through, and results out of order."""
    waiting: dict[str, str] = {}
    number = 0
    for message in messages:
        for call in message.get("tool_calls", ()):
            number += 1
            waiting[call["id"]] = call["function"]["name"]
            if call["id"] != f"call_{number}":
                report("key", "messages[].tool_calls[].id", call["id"])
        if message["role"] != "tool":
            continue
        id = message["tool_call_id"]
        name = waiting.get(id)
        if id != next((known for known, tool in waiting.items() if not by_name or tool == name), None):
            report("key", "messages[].tool_call_id of a result that is out of order", id)
        waiting.pop(id, None)


def tools_called(messages: list[Message]) -> dict[str, str]:
    """The tool that each call is for, by the ids of the calls."""
    calls = (call for message in messages for call in message.get("tool_calls", ()))
    return {call["id"]: str(call["function"]["name"]) for call in calls}

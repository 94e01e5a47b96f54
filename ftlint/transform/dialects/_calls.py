"""Calls of tools in targets that give them no ids, and their arguments as objects."""

from __future__ import annotations

import json
from typing import Any

from ftlint.transform.conversation import Message
from ftlint.transform.dialects._reading import as_json
from ftlint.transform.losses import Report


def arguments_of(call: dict[str, Any], report: Report) -> Any:
    """The arguments of a call as the value that their JSON text has; the text itself where it is no JSON."""
    text = call["function"]["arguments"]
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        report("changed", "arguments of a call that are no JSON object", None)
        return text
    if as_json(value) != text:
        report("changed", "spacing of the arguments of calls", None)
    return value


def lose_ids(messages: list[Message], report: Report, by_name: bool) -> None:
    """Tell of ids that will not come back: those that are not counted through, and results out of order."""
    waiting: list[tuple[str, str]] = []
    number = 0
    for message in messages:
        for call in message.get("tool_calls", ()):
            number += 1
            waiting.append((call["id"], call["function"]["name"]))
            if call["id"] != f"call_{number}":
                report("key", "messages[].tool_calls[].id", call["id"])
        if message["role"] != "tool":
            continue
        id = message["tool_call_id"]
        name = dict(waiting).get(id)
        first = next((known for known, tool in waiting if not by_name or tool == name), None)
        if first != id:
            report("key", "messages[].tool_call_id of a result that is out of order", id)
        waiting = [one for one in waiting if one[0] != id]


def name_of(id: str, messages: list[Message]) -> str:
    """The tool that a call with this id is for."""
    for message in messages:
        for call in message.get("tool_calls", ()):
            if call["id"] == id:
                return str(call["function"]["name"])
    return ""

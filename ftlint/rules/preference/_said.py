"""What the outputs of a preference row say, without how it is written down."""

from __future__ import annotations

from typing import Any

from ftlint.formats.views import SIDES, Message, Row

Said = list[list[Any]]


def sides(row: Row) -> tuple[list[Message], list[Message]]:
    """The messages of the preferred output, and those of the other."""
    count = len(row.value[SIDES[0]])
    return row.outputs[:count], row.outputs[count:]


def said(messages: list[Message]) -> Said:
    """
    What messages say: role, text, refusal and calls of each.

    The same whether the text is a string or stands in parts, whatever the order of keys, with keys that are null
    or absent. Names of speakers and ids of calls are not what a model learns to write. White space is.
    """
    return [[message.role, message.text, _refusal(message.value), _calls(message.value)] for message in messages]


def _refusal(message: dict[str, Any]) -> str:
    content = message.get("content")
    parts = [part.get("refusal") or "" for part in content] if isinstance(content, list) else []
    return "".join([message.get("refusal") or "", *parts])


def _calls(message: dict[str, Any]) -> list[list[Any]]:
    functions = [call["function"] for call in message.get("tool_calls") or ()]
    if call := message.get("function_call"):
        functions.append(call)
    return [[function["name"], function.get("arguments")] for function in functions]

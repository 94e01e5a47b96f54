"""The answers of a row, read from its value: rules that look at every row have no time for views."""

from __future__ import annotations

from ftlint.core.types import Pointer
from ftlint.formats.views import Row


def last_answer(row: Row) -> str | None:
    """The text that the row ends with and the model learns; None where that is not one string."""
    value = row.value
    if row.format == "completion":
        completion: str = value["completion"]
        return completion
    message = (value["preferred_output"] if row.format == "preference" else value["messages"])[-1]
    content = message.get("content")
    return content if message["role"] == "assistant" and content.__class__ is str else None


def last_answer_at(row: Row) -> Pointer:
    """Where it stands."""
    if row.format == "completion":
        return ("completion",)
    key = "preferred_output" if row.format == "preference" else "messages"
    return (key, len(row.value[key]) - 1, "content")

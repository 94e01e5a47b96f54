"""What rules look at: messages and rows, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.core.types import Pointer
from ftlint.profiles.model import FormatName

Value = dict[str, Any]


class Message:
    """One message of valid shape, with its place in the row."""

    __slots__ = ("at", "role", "value")

    def __init__(self, value: Value, at: Pointer) -> None:
        self.value = value
        self.at = at
        self.role: str = value["role"]

    @property
    def text(self) -> str:
        """All text of the message: its string, or its text parts joined."""
        content = self.value.get("content")
        if isinstance(content, str):
            return content
        return "".join(part.get("text") or "" for part in content) if content else ""

    @property
    def calls_tools(self) -> bool:
        """Whether the message calls a tool or a legacy function."""
        return bool(self.value.get("tool_calls") or self.value.get("function_call"))

    @property
    def has_parts_beside_text(self) -> bool:
        """Whether an image or a refusal stands among the content parts."""
        content = self.value.get("content")
        return isinstance(content, list) and any(part["type"] != "text" for part in content)

    @property
    def is_trained(self) -> bool:
        """An assistant message that counts for the loss: its weight is not 0."""
        return self.role == "assistant" and self.value.get("weight") != 0


class Row:
    """One row of valid shape. `messages` is its conversation: of a preference row, the input's."""

    __slots__ = ("format", "messages", "value")

    def __init__(self, value: Value, format: FormatName) -> None:
        self.value = value
        self.format = format
        if format == "completion":
            self.messages: list[Message] = []
        elif format == "preference":
            self.messages = [
                Message(message, ("input", "messages", index))
                for index, message in enumerate(value["input"]["messages"])
            ]
        else:
            self.messages = [Message(message, ("messages", index)) for index, message in enumerate(value["messages"])]

    @property
    def at(self) -> Pointer:
        """Where the conversation stands."""
        return ("input", "messages") if self.format == "preference" else ("messages",)

    def optional_keys(self) -> Iterator[tuple[Value, Pointer]]:
        """Every object of the row whose optional keys SDKs dump as null: what holds the messages, and each message."""
        if self.format != "preference":
            yield self.value, ()
        else:
            yield self.value["input"], ("input",)
            for side in ("preferred_output", "non_preferred_output"):
                yield from ((message, (side, index)) for index, message in enumerate(self.value[side]))
        for message in self.messages:
            yield message.value, message.at

"""What rules look at: rows, messages and texts, whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from ftlint.core.types import Place, Pointer
from ftlint.profiles.model import FormatName

if TYPE_CHECKING:
    from ftlint.formats.images import Image
    from ftlint.formats.tools import Call, Definitions, Unmatched

Value = dict[str, Any]
SIDES = ("preferred_output", "non_preferred_output")
"""The keys of a preference row that hold its two outputs."""
BESIDE_CONTENT = ("refusal", "reasoning_content", "thinking")
"""Keys of a message that hold text beside its content; which of them a target takes is in its schema."""


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
        """An assistant message that counts for the loss: not of weight 0, nor of the input of a preference row."""
        return self.role == "assistant" and self.value.get("weight") != 0 and self.at[0] != "input"

    @property
    def says_nothing(self) -> bool:
        """Whether it has no text, no refusal, no image and no call; white space alone is no text."""
        if self.calls_tools or self.has_parts_beside_text or self.text.strip():
            return False
        return not (self.value.get("refusal") or "").strip()

    @property
    def is_output(self) -> bool:
        """Whether it belongs to an output of a preference row."""
        return self.at[0] in SIDES

    def images(self) -> Iterator[Image]:
        """Its images in order."""
        content = self.value.get("content")
        if isinstance(content, list):
            from ftlint.formats.images import Image

            for index, part in enumerate(content):
                if part["type"] == "image_url":
                    yield Image(part["image_url"], (*self.at, "content", index))

    def texts(self) -> Iterator[Text]:
        """Its texts in order: the content or its text parts, a refusal, its reasoning, the arguments of calls."""
        value, at = self.value, self.at
        content = value.get("content")
        if isinstance(content, str):
            yield Text(content, (*at, "content"), self)
        elif content:
            for index, part in enumerate(content):
                kind = part["type"]
                if kind != "image_url" and isinstance(part.get(kind), str):
                    yield Text(part[kind], (*at, "content", index, kind), self)
        for key in BESIDE_CONTENT:
            if isinstance(value.get(key), str):
                yield Text(value[key], (*at, key), self)
        for index, call in enumerate(value.get("tool_calls") or ()):
            yield from _arguments(call["function"], (*at, "tool_calls", index, "function"), self)
        if value.get("function_call"):
            yield from _arguments(value["function_call"], (*at, "function_call"), self)


class Text:
    """One text of a row, with its place. `message` is None for the prompt and the completion of a completion row."""

    __slots__ = ("at", "message", "value")

    def __init__(self, value: str, at: Pointer, message: Message | None) -> None:
        self.value = value
        self.at = at
        self.message = message

    @property
    def is_answer(self) -> bool:
        """Whether the model learns to write it: an assistant's words or calls, a completion."""
        return self.at == ("completion",) if self.message is None else self.message.is_trained

    @property
    def is_prose(self) -> bool:
        """Whether it is text for people, and not the arguments of a call."""
        return self.at[-1] != "arguments"

    @property
    def is_wanted(self) -> bool:
        """Whether it is prose as the model shall write it: no context of a preference row, and no output to avoid."""
        return self.is_answer and self.is_prose and self.at[0] not in ("input", "non_preferred_output")


class Row:
    """One row of valid shape."""

    __slots__ = (
        "_calls",
        "_images",
        "_locate",
        "_messages",
        "_outputs",
        "_unmatched",
        "definitions",
        "format",
        "is_composed",
        "value",
        "whole",
    )

    def __init__(
        self,
        value: Value,
        format: FormatName,
        definitions: Definitions | None = None,
        locate: Callable[[], Place] | None = None,
        whole: Value | None = None,
        is_composed: bool = False,
    ) -> None:
        self.value = value
        self.whole = value if whole is None else whole
        """With the keys that the target makes nothing of, where `value` is without them."""
        self.format = format
        self.definitions = definitions
        """The tools or functions that it defines; None when it defines none."""
        self.is_composed = is_composed
        """Whether all its texts are known to be in NFC."""
        self._locate = locate
        self._messages: list[Message] | None = None
        self._outputs: list[Message] | None = None
        self._images: list[Image] | None = None
        self._calls: list[Call] | None = None
        self._unmatched: Unmatched | None = None

    @property
    def place(self) -> Place:
        """Where it stands; for rules about a dataset, which have to remember it."""
        assert self._locate is not None
        return self._locate()

    @property
    def messages(self) -> list[Message]:
        """Its conversation: of a preference row the input's; none of a completion row."""
        if self._messages is None:
            at = self.at
            found = self.holder["messages"] if self.format != "completion" else ()
            self._messages = [Message(message, (*at, index)) for index, message in enumerate(found)]
        return self._messages

    @property
    def outputs(self) -> list[Message]:
        """The messages of both outputs of a preference row; none of any other row."""
        if self._outputs is None:
            sides = SIDES if self.format == "preference" else ()
            self._outputs = [
                Message(message, (side, index)) for side in sides for index, message in enumerate(self.value[side])
            ]
        return self._outputs

    @property
    def images(self) -> list[Image]:
        """Its images in order, those of a preference row's outputs last. Each is read at most once."""
        if self._images is None:
            self._images = [image for message in (*self.messages, *self.outputs) for image in message.images()]
        return self._images

    @property
    def calls_tools(self) -> bool:
        """Whether any message calls a tool or a legacy function; the outline tells as much."""
        return any(message.calls_tools for message in (*self.messages, *self.outputs))

    @property
    def has_results(self) -> bool:
        """Whether any message is the result of a call; the outline tells as much."""
        return any(message.role in ("tool", "function") for message in (*self.messages, *self.outputs))

    @property
    def calls(self) -> list[Call]:
        """Every call of a tool or of a legacy function, in order."""
        if self._calls is None:
            from ftlint.formats.tools import calls_of

            callers = [message for message in (*self.messages, *self.outputs) if message.calls_tools]
            self._calls = [call for message in callers for call in calls_of(message)]
        return self._calls

    @property
    def unmatched(self) -> Unmatched:
        """Results without a call, and calls without a result."""
        if self._unmatched is None:
            from ftlint.formats.tools import match

            self._unmatched = match(self)
        return self._unmatched

    @property
    def holder(self) -> Value:
        """The object that holds the messages and the tools."""
        value: Value = self.value["input"] if self.format == "preference" else self.value
        return value

    @property
    def holder_at(self) -> Pointer:
        """Where that object stands."""
        return ("input",) if self.format == "preference" else ()

    @property
    def at(self) -> Pointer:
        """Where the conversation stands."""
        return (*self.holder_at, "messages")

    def texts(self) -> Iterator[Text]:
        """Every text that the model reads or writes, but for the definitions of tools."""
        if self.format == "completion":
            yield Text(self.value["prompt"], ("prompt",), None)
            yield Text(self.value["completion"], ("completion",), None)
        for message in self.messages:
            yield from message.texts()
        for message in self.outputs:
            yield from message.texts()

    def optional_keys(self) -> Iterator[tuple[Value, Pointer]]:
        """Every object of the row whose optional keys SDKs dump as null: what holds the messages, and each message."""
        yield self.holder, self.holder_at
        for message in (*self.messages, *self.outputs):
            yield message.value, message.at


def _arguments(function: Value, at: Pointer, message: Message) -> Iterator[Text]:
    arguments = function.get("arguments")
    if isinstance(arguments, str):
        yield Text(arguments, (*at, "arguments"), message)

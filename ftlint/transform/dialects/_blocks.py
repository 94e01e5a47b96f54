"""Targets that have two sides only, and write what each says as a list of blocks: Gemini, Bedrock, Anthropic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ftlint.transform.conversation import Message
from ftlint.transform.dialects._calls import arguments_of, lose_ids, tools_called
from ftlint.transform.dialects._reading import REASONING
from ftlint.transform.dialects._tools import Calls
from ftlint.transform.dialects._values import lose_rest
from ftlint.transform.dialects._writing import lose
from ftlint.transform.losses import NoCounterpart, Report

Block = dict[str, Any]
DATA_URL = re.compile(r"data:([\w.+/-]+);base64,(.*)", re.DOTALL)


class Writer(NamedTuple):
    """How a target writes its blocks; `call` takes id, name, arguments, `result` takes id, name, text."""

    text: Callable[[str], Block]
    reasoning: Callable[[str], Block]
    image: Callable[[str], Block]
    call: Callable[[str, str, Any], Block]
    result: Callable[[str, str, str], Block]
    has_ids: bool


def sides(messages: list[Message], writer: Writer, report: Report) -> list[tuple[str, list[Block]]]:
    """The turns of `user` and `assistant`, in alternation: what one side says in a row becomes one turn."""
    made: list[tuple[str, list[Block]]] = []
    before = ""
    tools = tools_called(messages)
    for message in messages:
        role = "assistant" if message["role"] == "assistant" else "user"
        known = {"role", "content", "tool_calls", "tool_call_id", REASONING[0]}
        lose(message, message.keys() - known, report)
        blocks = _blocks(message, tools, writer, report)
        if made and made[-1][0] == role:
            if (before, message["role"]) != ("tool", "tool"):
                report("changed", "consecutive messages of one side merged", None)
            made[-1][1].extend(blocks)
        else:
            made.append((role, blocks))
        before = message["role"]
    if not writer.has_ids:
        lose_ids(messages, report, by_name=True)
    return made


def _blocks(message: Message, tools: dict[str, str], writer: Writer, report: Report) -> list[Block]:
    content = message.get("content")
    if message["role"] == "tool":
        id = message["tool_call_id"]
        text = content if isinstance(content, str) else "".join(part.get("text", "") for part in content or [])
        if text != content:
            report("changed", "parts of a message joined to one text", None)
        return [writer.result(id, tools.get(id, ""), text)]
    blocks = [writer.reasoning(message[REASONING[0]])] if REASONING[0] in message else []
    if isinstance(content, str):
        blocks.append(writer.text(content))
    elif content:
        if len(content) == 1 and content[0]["type"] == "text":
            report("changed", "a list of one text written as text", None)
        blocks += [_part(part, writer, report) for part in content]
    for call in message.get("tool_calls", ()):
        blocks.append(writer.call(call["id"], call["function"]["name"], arguments_of(call, report)))
    return blocks


def _part(part: Block, writer: Writer, report: Report) -> Block:
    if part["type"] == "text":
        return writer.text(part["text"])
    if part["type"] != "image_url":
        raise NoCounterpart("a refusal has no counterpart in the target")
    if part["image_url"].get("detail"):
        report("key", "image_url.detail", part["image_url"]["detail"])
    return writer.image(part["image_url"]["url"])


class Reader:
    """Puts messages together from the blocks of one turn after another."""

    def __init__(self, report: Report) -> None:
        self.calls = Calls(report)
        self.report = report
        self.messages: list[Message] = []

    def turn(self, role: str, blocks: Iterable[tuple[str, Any]], **keys: Any) -> None:
        """Add a turn: blocks are a kind (text, image, call, result, reasoning) and its value."""
        content: list[Block] = []
        calls: list[Any] = []
        message: Message = {"role": role}
        for kind, value in blocks:
            if kind == "text":
                content.append({"type": "text", "text": value})
            elif kind == "image":
                content.append({"type": "image_url", "image_url": {"url": value}})
            elif kind == "call":
                name, arguments, id = value
                calls.append(self.calls.call(name, arguments, id))
            elif kind == "reasoning":
                message[REASONING[0]] = message.get(REASONING[0], "") + value
            else:
                name, text, id = value
                answered = {"role": "tool", "tool_call_id": self.calls.result(name, id), "content": text}
                self.messages.append(answered)
        if calls and role != "assistant":
            raise NoCounterpart(f"a call of a tool by the {role}")
        if not content and not calls:
            if role == "assistant" or message.keys() - {"role"}:
                self.messages.append(message | {"content": ""} | keys)
            else:
                lose_rest(keys, (), "messages[].", self.report)
            return
        texts = len(content) == 1 and content[0]["type"] == "text"
        message["content"] = content[0]["text"] if texts else content or None
        if calls:
            message["tool_calls"] = calls
        self.messages.append(message | keys)


def data_url(kind: str, data: str) -> str:
    """An image inside of a row as the chat format writes it."""
    return f"data:{kind};base64,{data}"


def split_data_url(url: str) -> tuple[str, str] | None:
    """Type and data of an image inside of a row, or None for an address."""
    match = DATA_URL.fullmatch(url)
    return (match[1], match[2]) if match else None

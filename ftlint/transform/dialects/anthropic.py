"""Anthropic's messages, as Bedrock takes them for Claude: the system text apart, content as text or blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.core.visible import shorten
from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects._blocks import Block, Reader, Writer, data_url, sides, split_data_url
from ftlint.transform.dialects._reading import set_weight
from ftlint.transform.dialects._tools import read_tools
from ftlint.transform.dialects._values import as_json, lose_rest
from ftlint.transform.dialects._writing import lose_extras, split_system, trained
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import LOSS_FLAGS, Job
from ftlint.transform.losses import NoCounterpart, Report

OWN = ("system", "messages", "tools")


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """`{"system": "...", "messages": [...]}`."""
    reader = Reader(report)
    if system := _joined(row.get("system"), report):
        reader.messages.append({"role": "system", "content": system})
    messages = row.get("messages")
    for message in messages if isinstance(messages, list) else []:
        if not isinstance(message, dict) or message.get("role") not in ("user", "assistant", "system"):
            raise NoCounterpart("a message is neither the user's nor the assistant's")
        lose_rest(message, ("role", "content", *LOSS_FLAGS), "messages[].", report)
        keys = {key: message[key] for key in ("role", *LOSS_FLAGS) if message.get(key) is not None}
        set_weight(keys, report)
        del keys["role"]
        reader.turn(message["role"], _blocks(message.get("content"), report), **keys)
    extras = {key: value for key, value in row.items() if key not in OWN and value is not None}
    yield Conversation(reader.messages, read_tools(row.get("tools"), report), extras=extras)


def _blocks(content: Any, report: Report) -> Iterator[tuple[str, Any]]:
    used: tuple[str, ...]
    for block in content if isinstance(content, list) else [content]:
        if isinstance(block, str):
            yield "text", block
            continue
        kind = block.get("type") if isinstance(block, dict) else None
        if kind == "text" and isinstance(block.get("text"), str):
            used = ("text",)
            yield "text", block["text"]
        elif kind == "thinking" and isinstance(block.get("thinking"), str):
            used = ("thinking",)
            yield "reasoning", block["thinking"]
        elif kind == "tool_use":
            used = ("id", "name", "input")
            yield "call", (block.get("name"), block.get("input"), block.get("id"))
        elif kind == "tool_result":
            used = ("tool_use_id", "content")
            yield "result", (None, _joined(block.get("content"), report), block.get("tool_use_id"))
        elif kind == "image" and isinstance(source := block.get("source"), dict):
            used = ("source",)
            yield "image", _address(source, report)
        else:
            raise NoCounterpart(
                "a message without content" if kind is None else f"a block of type {shorten(str(kind))}"
            )
        lose_rest(block, ("type", *used), "messages[].content[].", report)


def _address(source: Row, report: Report) -> str:
    used = ("url",) if isinstance(source.get("url"), str) else ("media_type", "data")
    if not all(isinstance(source.get(key), str) for key in used):
        raise NoCounterpart("an image has neither an address nor data")
    lose_rest(
        source,
        used if source.get("type") not in ("url", "base64") else ("type", *used),
        "messages[].content[].source.",
        report,
    )
    return str(source["url"]) if used == ("url",) else data_url(source["media_type"], source["data"])


def _joined(content: Any, report: Report) -> str:
    """A text, or the texts of blocks; whatever else as JSON."""
    if content is None or isinstance(content, str):
        return content or ""
    blocks = content if isinstance(content, list) else []
    texts = [block["text"] for block in blocks if isinstance(block, dict) and isinstance(block.get("text"), str)]
    if not blocks or len(texts) != len(blocks):
        report("changed", "blocks that are no text written as JSON", None)
        return as_json(content)
    for block in blocks:
        lose_rest(block, ("type", "text") if block.get("type") == "text" else ("text",), "content[].", report)
    return "\n\n".join(texts)


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """A row whose turns alternate, the user's first; a turn of one text is written as a text."""
    systems, messages = split_system(trained(conversation, report), report)
    if messages[0]["role"] != "user":
        raise NoCounterpart("the first turn is not the user's")
    row: Row = {}
    if systems:
        if len(systems) > 1:
            report("changed", "system messages joined", None)
        row["system"] = "\n\n".join(systems)
    turns = [(role, _content(blocks)) for role, blocks in sides(messages, WRITER, report)]
    row["messages"] = [{"role": role, "content": content} for role, content in turns]
    if conversation.tools:
        row["tools"] = [_tool(tool["function"], report) for tool in conversation.tools]
    lose_extras(conversation, report)
    yield row


def _content(blocks: list[Block]) -> Any:
    return blocks[0]["text"] if len(blocks) == 1 and blocks[0]["type"] == "text" else blocks


def _tool(function: Row, report: Report) -> Row:
    tool = {key: function[key] for key in ("name", "description") if key in function}
    if "strict" in function:
        report("key", "tools[].function.strict", function["strict"])
    if "parameters" not in function:
        report("changed", "tools[] without parameters take none", None)
    return tool | {"input_schema": function.get("parameters", {"type": "object", "properties": {}})}


def _image(url: str) -> Block:
    inside = split_data_url(url)
    if inside is None:
        return {"type": "image", "source": {"type": "url", "url": url}}
    return {"type": "image", "source": {"type": "base64", "media_type": inside[0], "data": inside[1]}}


WRITER = Writer(
    text=lambda text: {"type": "text", "text": text},
    reasoning=lambda text: {"type": "thinking", "thinking": text},
    image=_image,
    call=lambda id, name, arguments: {"type": "tool_use", "id": id, "name": name, "input": arguments},
    result=lambda id, name, text: {"type": "tool_result", "tool_use_id": id, "content": text},
    has_ids=True,
)

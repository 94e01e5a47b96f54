"""Amazon Bedrock's converse rows, which Nova and Llama are tuned with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects._blocks import Block, Reader, Writer, data_url, sides, split_data_url
from ftlint.transform.dialects._reading import as_json, listed, read_tools
from ftlint.transform.dialects._writing import lose_extras, split_system, trained
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

VERSION = "bedrock-conversation-2024"
OWN = ("schemaVersion", "system", "messages", "toolConfig")


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """`{"schemaVersion": "...", "system": [{"text": "..."}], "messages": [...]}`."""
    reader = Reader(report)
    for block in listed(row.get("system")):
        if isinstance(block, dict) and isinstance(block.get("text"), str):
            reader.messages.append({"role": "system", "content": block["text"]})
    messages = row.get("messages")
    for message in messages if isinstance(messages, list) else []:
        if not isinstance(message, dict) or message.get("role") not in ("user", "assistant"):
            raise NoCounterpart("a message is neither the user's nor the assistant's")
        content = message.get("content")
        reader.turn(message["role"], map(_block, content if isinstance(content, list) else [{"text": content}]))
    extras = {key: value for key, value in row.items() if key not in OWN and value is not None}
    yield Conversation(reader.messages, read_tools(_tools(row.get("toolConfig")), report), extras=extras)


def _block(block: Any) -> tuple[str, Any]:
    kind, value = next(iter(block.items())) if isinstance(block, dict) and block else (None, None)
    if kind == "text" and isinstance(value, str):
        return "text", value
    if not isinstance(value, dict):
        raise NoCounterpart("a block of the content is no text")
    if kind == "reasoningContent" and isinstance(inner := value.get("reasoningText"), dict):
        return "reasoning", str(inner.get("text", ""))
    if kind == "toolUse":
        return "call", (value.get("name"), value.get("input"), value.get("toolUseId"))
    if kind == "toolResult":
        parts = value.get("content")
        texts = [part.get("text", as_json(part.get("json"))) for part in listed(parts) if isinstance(part, dict)]
        return "result", (None, "\n\n".join(map(str, texts)), value.get("toolUseId"))
    source = value.get("source")
    if kind == "image" and isinstance(source, dict):
        place = source.get("s3Location")
        if isinstance(place, dict) and isinstance(place.get("uri"), str):
            return "image", place["uri"]
        return "image", data_url(f"image/{value.get('format')}", str(source.get("bytes")))
    raise NoCounterpart(f'a block of kind "{kind}"')


def _tools(config: Any) -> list[Any] | None:
    tools = config.get("tools") if isinstance(config, dict) else None
    return [_function(tool) for tool in tools] if isinstance(tools, list) else None


def _function(tool: Any) -> Any:
    spec = tool.get("toolSpec") if isinstance(tool, dict) else None
    if not isinstance(spec, dict):
        return tool
    schema = spec.get("inputSchema")
    parameters = {"parameters": schema["json"]} if isinstance(schema, dict) and "json" in schema else {}
    return {key: value for key, value in spec.items() if key != "inputSchema"} | parameters


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """A row whose turns alternate, the user's first."""
    systems, messages = split_system(trained(conversation, report), report)
    if messages[0]["role"] != "user":
        raise NoCounterpart("the first turn is not the user's")
    row: Row = {"schemaVersion": VERSION}
    if systems:
        row["system"] = [{"text": text} for text in systems]
    row["messages"] = [{"role": role, "content": blocks} for role, blocks in sides(messages, WRITER, report)]
    if conversation.tools:
        row["toolConfig"] = {"tools": [_spec(tool["function"], report) for tool in conversation.tools]}
    lose_extras(conversation, report)
    yield row


def _spec(function: Row, report: Report) -> Row:
    spec: Row = {key: function[key] for key in ("name", "description") if key in function}
    if "strict" in function:
        report("key", "tools[].function.strict", function["strict"])
    if "parameters" not in function:
        report("changed", "tools[] without parameters take none", None)
    schema = function.get("parameters", {"type": "object", "properties": {}})
    return {"toolSpec": spec | {"inputSchema": {"json": schema}}}


def _image(url: str) -> Block:
    inside = split_data_url(url)
    if inside is not None and inside[0].startswith("image/"):
        return {"image": {"format": inside[0].removeprefix("image/"), "source": {"bytes": inside[1]}}}
    if url.startswith("s3://"):
        kind = url.rpartition(".")[2].lower()
        return {"image": {"format": "jpeg" if kind == "jpg" else kind, "source": {"s3Location": {"uri": url}}}}
    raise NoCounterpart("an image stands at an address, and nothing is fetched; Bedrock takes s3:// or its data")


WRITER = Writer(
    text=lambda text: {"text": text},
    reasoning=lambda text: {"reasoningContent": {"reasoningText": {"text": text}}},
    image=_image,
    call=lambda id, name, arguments: {"toolUse": {"toolUseId": id, "name": name, "input": arguments}},
    result=lambda id, name, text: {"toolResult": {"toolUseId": id, "content": [{"text": text}]}},
    has_ids=True,
)

"""Amazon Bedrock's converse rows, which Nova and Llama are tuned with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.core.visible import shorten
from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects._blocks import Block, Reader, Writer, data_url, sides, split_data_url
from ftlint.transform.dialects._tools import read_tools
from ftlint.transform.dialects._values import as_json, listed, lose_rest
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
        if not isinstance(block, dict) or not isinstance(block.get("text"), str):
            raise NoCounterpart("a block of the system is no text")
        lose_rest(block, ("text",), "system[].", report)
        reader.messages.append({"role": "system", "content": block["text"]})
    if not isinstance(row.get("system"), (list, type(None))):
        raise NoCounterpart("the system is no list")
    messages = row.get("messages")
    for message in messages if isinstance(messages, list) else []:
        if not isinstance(message, dict) or message.get("role") not in ("user", "assistant"):
            raise NoCounterpart("a message is neither the user's nor the assistant's")
        lose_rest(message, ("role", "content"), "messages[].", report)
        content = message.get("content")
        blocks = content if isinstance(content, list) else [{"text": content}]
        reader.turn(message["role"], [_block(block, report) for block in blocks])
    if row.get("schemaVersion") not in (None, VERSION):
        report("key", "schemaVersion that is another", row["schemaVersion"])
    extras = {key: value for key, value in row.items() if key not in OWN and value is not None}
    yield Conversation(reader.messages, read_tools(_tools(row.get("toolConfig"), report), report), extras=extras)


def _block(block: Any, report: Report) -> tuple[str, Any]:
    kind, value = next(iter(block.items())) if isinstance(block, dict) and block else (None, None)
    if kind is not None:
        lose_rest(block, (kind,), "messages[].content[].", report)
    if kind == "text" and isinstance(value, str):
        return "text", value
    if not isinstance(value, dict):
        raise NoCounterpart("a block of the content is no text")
    where = f"messages[].content[].{kind}."
    if kind == "reasoningContent" and isinstance(inner := value.get("reasoningText"), dict):
        lose_rest(value, ("reasoningText",), where, report)
        lose_rest(inner, ("text",), f"{where}reasoningText.", report)
        return "reasoning", str(inner.get("text", ""))
    if kind == "toolUse":
        lose_rest(value, ("toolUseId", "name", "input"), where, report)
        return "call", (value.get("name"), value.get("input"), value.get("toolUseId"))
    if kind == "toolResult":
        lose_rest(value, ("toolUseId", "content"), where, report)
        return "result", (None, _result(value.get("content"), report), value.get("toolUseId"))
    if kind == "image" and isinstance(value.get("source"), dict):
        lose_rest(value, ("source", "format"), where, report)
        return "image", _address(value["source"], value.get("format"), report)
    raise NoCounterpart(f"a block of kind {shorten(str(kind))}")


def _address(source: Row, kind: Any, report: Report) -> str:
    place = source.get("s3Location")
    if isinstance(place, dict) and isinstance(place.get("uri"), str):
        lose_rest(source, ("s3Location",), "source.", report)
        lose_rest(place, ("uri",), "source.s3Location.", report)
        return str(place["uri"])
    if not isinstance(source.get("bytes"), str):
        raise NoCounterpart("an image has neither a place nor data")
    lose_rest(source, ("bytes",), "source.", report)
    return data_url(f"image/{kind}", source["bytes"])


def _result(parts: Any, report: Report) -> str:
    texts = []
    for part in parts if isinstance(parts, list) else [{"json": parts}]:
        if isinstance(part, dict) and isinstance(part.get("text"), str):
            lose_rest(part, ("text",), "toolResult.content[].", report)
            texts.append(part["text"])
        else:
            report("changed", "results that are no text written as JSON", None)
            texts.append(as_json(part["json"] if isinstance(part, dict) and list(part) == ["json"] else part))
    return "\n\n".join(texts)


def _tools(config: Any, report: Report) -> list[Any] | None:
    if not isinstance(config, dict):
        if config is not None:
            report("key", "toolConfig that is no object", config)
        return None
    lose_rest(config, ("tools",), "toolConfig.", report)
    tools = config.get("tools")
    return [_function(tool, report) for tool in tools] if isinstance(tools, list) else None


def _function(tool: Any, report: Report) -> Any:
    spec = tool.get("toolSpec") if isinstance(tool, dict) else None
    if not isinstance(spec, dict):
        return tool
    lose_rest(tool, ("toolSpec",), "toolConfig.tools[].", report)
    schema = spec.get("inputSchema")
    parameters = {}
    if isinstance(schema, dict) and "json" in schema:
        lose_rest(schema, ("json",), "inputSchema.", report)
        parameters = {"parameters": schema["json"]}
    return {key: value for key, value in spec.items() if key != "inputSchema" or not parameters} | parameters


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

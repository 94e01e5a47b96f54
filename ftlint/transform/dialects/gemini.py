"""Gemini's rows on Vertex AI: contents with parts, the system instruction apart, two completions with scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.transform.conversation import Conversation, Message
from ftlint.transform.dialects._blocks import Block, Reader, Writer, data_url, sides, split_data_url
from ftlint.transform.dialects._tools import read_tools
from ftlint.transform.dialects._values import as_json, listed, lose_rest
from ftlint.transform.dialects._writing import answers, lose_extras, split_system, trained
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

OWN = ("contents", "completions", "tools")
KINDS_OF_PARTS: dict[str, tuple[str, ...]] = {
    "text": (),
    "functionCall": ("name", "args", "id"),
    "functionResponse": ("name", "response", "id"),
    "inlineData": ("mimeType", "data"),
    "fileData": ("mimeType", "fileUri"),
}
"""What a part may be, and which keys of it are read."""
SIDES = {"user": "user", "model": "assistant", "assistant": "assistant", "function": "user", "tool": "user"}
NAMES = {"assistant": "model", "user": "user"}
KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif"}


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """`{"systemInstruction": {...}, "contents": [...]}`, with `completions` for preference tuning."""
    reader = Reader(report)
    place = "systemInstruction" if "systemInstruction" in row else "system_instruction"
    if isinstance(row.get(place), dict):
        reader.messages += _system(row[place], report)
    elif row.get(place) is not None:
        raise NoCounterpart("the system instruction is no object")
    contents = row.get("contents")
    for content in contents if isinstance(contents, list) else []:
        _turn(reader, content)
    used = [place, *OWN]
    extras = {key: value for key, value in row.items() if key not in used and value is not None}
    before = len(reader.messages)
    preferred = rejected = None
    if "completions" in row:
        for completion in _scored(row["completions"], report):
            _turn(reader, completion.get("completion"))
        if len(reader.messages) != before + 2:
            raise NoCounterpart("the completions are not two, each of one turn")
        preferred, rejected = [[message] for message in reader.messages[before:]]
    tools = read_tools(_tools(row.get("tools"), report), report)
    messages = reader.messages[:before] if preferred else reader.messages
    yield Conversation(messages, tools, preferred, rejected, extras=extras)


def _system(content: Row, report: Report) -> list[Message]:
    lose_rest(content, ("parts", "role"), "systemInstruction.", report)
    if content.get("role") not in (None, "system", "user"):
        report("key", "systemInstruction.role", content["role"])
    messages: list[Message] = []
    for part in _parts(content):
        if not isinstance(part, dict) or not isinstance(part.get("text"), str):
            raise NoCounterpart("a part of the system instruction is no text")
        lose_rest(part, ("text",), "systemInstruction.parts[].", report)
        messages.append({"role": "system", "content": part["text"]})
    return messages


def _turn(reader: Reader, content: Any) -> None:
    if not isinstance(content, dict) or (side := SIDES.get(str(content.get("role", "user")))) is None:
        raise NoCounterpart("a turn is neither the user's nor the model's")
    lose_rest(content, ("role", "parts"), "contents[].", reader.report)
    reader.turn(side, [_block(part, reader.report) for part in _parts(content)])


def _parts(content: Row) -> list[Any]:
    parts = content.get("parts")
    return parts if isinstance(parts, list) else [parts]


def _block(part: Any, report: Report) -> tuple[str, Any]:
    kind = next((kind for kind in KINDS_OF_PARTS if isinstance(part, dict) and part.get(kind) is not None), None)
    if kind is None:
        raise NoCounterpart("a part is neither text nor image nor call")
    value = part[kind]
    lose_rest(
        part, (kind, "thought") if kind == "text" and part.get("thought") is True else (kind,), "parts[].", report
    )
    if kind == "text" and isinstance(value, str):
        return ("reasoning" if part.get("thought") is True else "text"), value
    if not isinstance(value, dict):
        raise NoCounterpart("a part is neither text nor image nor call")
    lose_rest(value, KINDS_OF_PARTS[kind], f"parts[].{kind}.", report)
    if kind == "functionCall":
        return "call", (value.get("name"), value.get("args"), value.get("id"))
    if kind == "functionResponse":
        return "result", (value.get("name"), _response(value.get("response")), value.get("id"))
    if kind == "inlineData" and isinstance(value.get("data"), str):
        return "image", data_url(str(value.get("mimeType")), value["data"])
    if str(value.get("mimeType", "")).startswith("image/") and isinstance(value.get("fileUri"), str):
        return "image", value["fileUri"]
    raise NoCounterpart("a file that is no image")


def _response(value: Any) -> str:
    only = value.get("content") if isinstance(value, dict) and list(value) == ["content"] else None
    return only if isinstance(only, str) else as_json(value)


def _scored(completions: Any, report: Report) -> list[Row]:
    """The completions, the one with the higher score first."""
    if not isinstance(completions, list) or not all(isinstance(one, dict) for one in completions):
        raise NoCounterpart("the completions are no list of objects")
    scores = [one.get("score") for one in completions]
    if len(scores) != 2 or not all(isinstance(score, (int, float)) for score in scores) or scores[0] == scores[1]:
        raise NoCounterpart("the completions are not two with different scores")
    if sorted(scores) != [0, 1]:
        report("key", "completions[].score", scores)
    for one in completions:
        lose_rest(one, ("score", "completion"), "completions[].", report)
    return sorted(completions, key=lambda one: -one["score"])


def _tools(tools: Any, report: Report) -> list[Any] | None:
    functions = []
    for tool in listed(tools):
        place = "functionDeclarations" if isinstance(tool, dict) and "functionDeclarations" in tool else ""
        place = place or "function_declarations"
        if not isinstance(tool, dict) or not isinstance(tool.get(place), list):
            report("key", "tools[] that is no function", tool)
            continue
        lose_rest(tool, (place,), "tools[].", report)
        functions += tool[place]
    if tools is not None and not isinstance(tools, list):
        report("key", "tools that are no list", tools)
    return functions


def write(conversation: Conversation, job: Job, report: Report) -> Iterator[Row]:
    """A row of contents; a pair gets two completions, scored 1 and 0."""
    pair = answers(conversation) if conversation.preferred is not None else None
    systems, messages = split_system(conversation.messages if pair else trained(conversation, report), report)
    row: Row = {}
    if systems:
        row["systemInstruction"] = {"role": "system", "parts": [{"text": text} for text in systems]}
    row["contents"] = [_content(*side) for side in sides(messages, WRITER, report)]
    if pair is not None:
        row["completions"] = [
            {"score": score, "completion": _content(*sides([answer], WRITER, report)[0])}
            for score, answer in zip((1.0, 0.0), pair, strict=True)
        ]
    if conversation.tools:
        functions = [_declaration(tool["function"], report) for tool in conversation.tools]
        row["tools"] = [{"functionDeclarations": functions}]
    lose_extras(conversation, report)
    yield row


def _content(role: str, blocks: list[Block]) -> Row:
    return {"role": NAMES[role], "parts": blocks}


def _declaration(function: Row, report: Report) -> Row:
    if "strict" in function:
        report("key", "tools[].function.strict", function["strict"])
    return {key: value for key, value in function.items() if key != "strict"}


def _image(url: str) -> Block:
    inside = split_data_url(url)
    if inside is not None:
        return {"inlineData": {"mimeType": inside[0], "data": inside[1]}}
    kind = KINDS.get(url.rpartition(".")[2].lower())
    if url.startswith("gs://") and kind:
        return {"fileData": {"mimeType": kind, "fileUri": url}}
    raise NoCounterpart("an image stands at an address, and nothing is fetched; Gemini takes gs:// or its data")


WRITER = Writer(
    text=lambda text: {"text": text},
    reasoning=lambda text: {"text": text, "thought": True},
    image=_image,
    call=lambda id, name, arguments: {"functionCall": {"name": name, "args": arguments}},
    result=lambda id, name, text: {"functionResponse": {"name": name, "response": {"content": text}}},
    has_ids=False,
)

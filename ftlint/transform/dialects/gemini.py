"""Gemini's rows on Vertex AI: contents with parts, the system instruction apart, two completions with scores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ftlint.transform.conversation import Conversation
from ftlint.transform.dialects._blocks import Block, Reader, Writer, data_url, sides, split_data_url
from ftlint.transform.dialects._reading import as_json, listed, read_tools
from ftlint.transform.dialects._writing import answers, lose_extras, split_system, trained
from ftlint.transform.dialects.base import Row
from ftlint.transform.job import Job
from ftlint.transform.losses import NoCounterpart, Report

OWN = ("systemInstruction", "system_instruction", "contents", "completions", "tools")
SIDES = {"user": "user", "model": "assistant", "assistant": "assistant", "function": "user", "tool": "user"}
NAMES = {"assistant": "model", "user": "user"}
KINDS = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif"}


def read(row: Row, job: Job, report: Report) -> Iterator[Conversation]:
    """`{"systemInstruction": {...}, "contents": [...]}`, with `completions` for preference tuning."""
    reader = Reader(report)
    system = row.get("systemInstruction", row.get("system_instruction"))
    for part in _parts(system) if isinstance(system, dict) else ():
        if isinstance(part, dict) and isinstance(part.get("text"), str):
            reader.messages.append({"role": "system", "content": part["text"]})
    contents = row.get("contents")
    for content in contents if isinstance(contents, list) else []:
        _turn(reader, content)
    extras = {key: value for key, value in row.items() if key not in OWN and value is not None}
    before = len(reader.messages)
    preferred = rejected = None
    if "completions" in row:
        for completion in _scored(row["completions"]):
            _turn(reader, completion.get("completion"))
        if len(reader.messages) != before + 2:
            raise NoCounterpart("the completions are not two, each of one turn")
        preferred, rejected = [[message] for message in reader.messages[before:]]
    tools = read_tools(_tools(row.get("tools")), report)
    messages = reader.messages[:before] if preferred else reader.messages
    yield Conversation(messages, tools, preferred, rejected, extras=extras)


def _turn(reader: Reader, content: Any) -> None:
    if not isinstance(content, dict) or (side := SIDES.get(str(content.get("role", "user")))) is None:
        raise NoCounterpart("a turn is neither the user's nor the model's")
    reader.turn(side, map(_block, _parts(content)))


def _parts(content: Row) -> list[Any]:
    parts = content.get("parts")
    return parts if isinstance(parts, list) else [parts]


def _block(part: Any) -> tuple[str, Any]:
    if not isinstance(part, dict):
        raise NoCounterpart("a part is no object")
    if isinstance(part.get("text"), str):
        return ("reasoning" if part.get("thought") else "text"), part["text"]
    if isinstance(call := part.get("functionCall"), dict):
        return "call", (call.get("name"), call.get("args"), call.get("id"))
    if isinstance(result := part.get("functionResponse"), dict):
        value = result.get("response")
        only = value.get("content") if isinstance(value, dict) and list(value) == ["content"] else None
        return "result", (result.get("name"), only if isinstance(only, str) else as_json(value), result.get("id"))
    if isinstance(data := part.get("inlineData"), dict):
        return "image", data_url(str(data.get("mimeType")), str(data.get("data")))
    if isinstance(file := part.get("fileData"), dict) and str(file.get("mimeType", "")).startswith("image/"):
        return "image", str(file.get("fileUri"))
    raise NoCounterpart("a part is neither text nor image nor call")


def _scored(completions: Any) -> list[Row]:
    """The completions, the one with the higher score first."""
    if not isinstance(completions, list) or not all(isinstance(one, dict) for one in completions):
        raise NoCounterpart("the completions are no list of objects")
    scores = [one.get("score") for one in completions]
    if len(scores) != 2 or not all(isinstance(score, (int, float)) for score in scores) or scores[0] == scores[1]:
        raise NoCounterpart("the completions are not two with different scores")
    return sorted(completions, key=lambda one: -one["score"])


def _tools(tools: Any) -> list[Any] | None:
    if not isinstance(tools, list):
        return None
    return [
        function
        for tool in tools
        if isinstance(tool, dict)
        for function in listed(tool.get("functionDeclarations", tool.get("function_declarations")))
    ]


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

"""
What a row asks and what it answers: all that the model is given, and all that it learns to write.

The prompt leaves the trained output out. Of a conversation it is every message but the trained answers, and where these
stand; so two conversations have the same prompt when they ask the same in the same order, whatever was answered. Names,
the ids of calls, null keys and the split into text parts do not matter; the tools that may be called do.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple
from unicodedata import is_normalized, normalize

import orjson

from ftlint.formats.identity import DIGEST_BYTES, digest
from ftlint.formats.views import Row

ANSWER_BYTES = 8
NO_ANSWER = bytes(ANSWER_BYTES)
NOT_ASKED = ("system", "developer", "assistant")
TOOLS = ("tools", "functions")
AN_ANSWER = ""
"""Stands for an answer, instead of its role, in a prompt."""

Message = dict[str, Any]


class RowDigests(NamedTuple):
    """The digests of a row: of all of it, of its prompt, of its answers."""

    content: bytes
    """16 bytes; equal where the canonical forms of rows are (`ftlint.formats.identity`)."""
    prompt: bytes | None
    """16 bytes; None where nothing is asked, as in a conversation without a user's word."""
    answer: bytes
    """8 bytes; `NO_ANSWER` where nothing is trained or said, and of preference and reinforcement rows."""


def digests(row: Row) -> RowDigests:
    """Those of a row. Of most, which are nothing but messages of text, each byte is hashed once."""
    if row.format == "completion":
        return _of_pair(row)
    trains = row.format == "chat"
    is_plain = trains and row.whole is row.value and len(row.value) == 1
    asked: list[Any] = []
    answers: list[Any] = []
    rest: list[Any] = []
    """What messages hold beside their texts, with their places: nothing of those that are a role and a text."""
    is_asked = is_answered = False
    is_composed = row.is_composed
    for place, message in enumerate(row.holder["messages"]):
        role, said = message["role"], message.get("content")
        if len(message) == 2 and said.__class__ is str:
            if not (is_composed or said.isascii() or is_normalized("NFC", said)):
                said = normalize("NFC", said)
        else:
            is_plain = False
            has_text = said.__class__ is str
            rest += (place, {key: message[key] for key in message if key != "content"} if has_text else message)
            said = _said(message)
        if trains and role == "assistant" and message.get("weight") != 0:
            asked.append(AN_ANSWER)
            answers.append(said)
            is_answered = is_answered or (bool(said) and (said.__class__ is not str or not said.isspace()))
        else:
            asked += (role, said)
            is_asked = is_asked or (role not in NOT_ASKED and bool(said))
    if is_plain:
        prompt, answer = _of_texts(asked), _of_texts(answers)
        content = _short(prompt + answer)
    else:
        tools = {key: _of_tools(row, key) for key in TOOLS if row.holder.get(key)}
        prompt, answer = digest([*asked, tools] if tools else asked, is_composed), digest(answers, is_composed)
        if row.holder is row.whole:
            rest.append({key: tools.get(key, row.value[key]) for key in row.value if key != "messages"})
            content = _short(prompt + answer + digest(rest, is_composed))
        else:
            content = digest(row.whole, is_composed)
    return RowDigests(content, prompt if is_asked else None, answer[:ANSWER_BYTES] if is_answered else NO_ANSWER)


def _of_pair(row: Row) -> RowDigests:
    asked, answered = row.value["prompt"], row.value["completion"]
    prompt, answer = (_of_texts([normalize("NFC", text)]) for text in (asked, answered))
    content = _short(prompt + answer) if row.whole is row.value else digest(row.whole)
    return RowDigests(
        content, prompt if asked.strip() else None, answer[:ANSWER_BYTES] if answered.strip() else NO_ANSWER
    )


def _of_texts(texts: list[str]) -> bytes:
    """The digest of texts that are composed (NFC)."""
    try:
        return _short(orjson.dumps(texts))
    except TypeError:  # half a character
        return digest(texts)


def _of_tools(row: Row, key: str) -> str:
    """Stands for definitions of tools, which are the same in many rows."""
    known = row.definitions
    return known.digest if known is not None and known.at[-1] == key else digest(row.holder[key]).hex()


def _short(data: bytes) -> bytes:
    return blake2b(data, digest_size=DIGEST_BYTES).digest()


def _said(message: Message) -> Any:
    """What a message says: its text, or its parts, and its calls where there are some."""
    content = message.get("content") or ""
    if content.__class__ is list and all(part["type"] == "text" for part in content):
        content = "".join(part["text"] for part in content)
    more = [*_called(message)]
    if message.get("refusal"):
        more.append(message["refusal"])
    return [content, more] if more else content


def _called(message: Message) -> Iterator[Any]:
    """The functions that are called, with their arguments."""
    for call in message.get("tool_calls") or ():
        yield _function(call.get("function") or call)
    if message.get("function_call"):
        yield _function(message["function_call"])


def _function(function: Message) -> Any:
    return [function.get("name"), function.get("arguments")]

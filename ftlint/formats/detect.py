"""Which format a row has, or which other tool's: by the keys that tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ftlint.core.suggest import closest
from ftlint.profiles.model import FormatName

Value = Any
"""A row's own JSON value."""

SAMPLE_ROWS = 100


def dialect_of(row: dict[str, Value]) -> str | None:
    """The other tool's format that a row is written in, or None."""
    for name, recognises in DIALECTS:
        if recognises(row):
            return name
    return None


def format_of(row: dict[str, Value]) -> FormatName | None:
    """The format that a row's keys speak of, whether the rest is right or not. Reinforcement rows look like chat."""
    if "messages" in row:
        return "chat"
    if "preferred_output" in row or "non_preferred_output" in row:
        return "preference"
    if "prompt" in row and "completion" in row:
        return "completion"
    if any(closest(key, ("messages",)) and _is_messages(value) for key, value in row.items()):
        return "chat"  # the key is misspelt, the list is not
    folded = {key.casefold() for key in row}
    if {"prompt", "completion"} <= folded:
        return "completion"
    return None


def kind_of(row: dict[str, Value]) -> str | None:
    """The dialect or format of a row, or None."""
    return dialect_of(row) or format_of(row)


def looks_like_reinforcement(rows: Iterable[dict[str, Value]]) -> bool:
    """No row has an assistant's answer, and each ends with the user: the model is to write it."""
    seen = False
    for row in rows:
        if not _is_messages(row.get("messages")):
            return False
        roles = [message.get("role") for message in _messages(row)]
        if "assistant" in roles or roles[-1:] != ["user"]:
            return False
        seen = True
    return seen


def _is_messages(value: Value) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) and "role" in item for item in value)


def _messages(row: dict[str, Value]) -> list[dict[str, Value]]:
    messages = row.get("messages")
    return [item for item in messages if isinstance(item, dict)] if isinstance(messages, list) else []


def _parts(row: dict[str, Value]) -> Iterable[dict[str, Value]]:
    for message in _messages(row):
        content = message.get("content")
        if isinstance(content, list):
            yield from (part for part in content if isinstance(part, dict))


def _is_sharegpt(row: dict[str, Value]) -> bool:
    turns = row.get("conversations", row.get("conversation"))
    return isinstance(turns, list) and any(
        isinstance(turn, dict) and ("from" in turn or "value" in turn or "role" in turn or _is_exchange(turn))
        for turn in turns
    )


def _is_exchange(turn: dict[str, Value]) -> bool:
    """A question and its answer in one turn, as ms-swift writes them."""
    return "assistant" in turn and ("human" in turn or "user" in turn)


def _is_alpaca(row: dict[str, Value]) -> bool:
    answer = "output" in row or "response" in row or isinstance(row.get("instances"), list)  # of self-instruct
    return isinstance(row.get("instruction"), str) and answer


def _is_gemini(row: dict[str, Value]) -> bool:
    contents = row.get("contents")
    return isinstance(contents, list) and any(isinstance(item, dict) and "parts" in item for item in contents)


def _is_bedrock(row: dict[str, Value]) -> bool:
    version = row.get("schemaVersion")
    if isinstance(version, str) and version.startswith("bedrock-"):
        return True
    return "messages" in row and any("type" not in part and "text" in part for part in _parts(row))


def _is_anthropic(row: dict[str, Value]) -> bool:
    if "system" in row and _is_messages(row.get("messages")):
        return True
    return any(part.get("type") in ("tool_use", "tool_result") for part in _parts(row))


def _is_trl_preference(row: dict[str, Value]) -> bool:
    return ("chosen" in row and "rejected" in row) or ("chosen_messages" in row and "rejected_messages" in row)


def _is_kto(row: dict[str, Value]) -> bool:
    return isinstance(row.get("label"), bool) and ("completion" in row or "messages" in row)


def _is_openassistant(row: dict[str, Value]) -> bool:
    root = row.get("prompt")
    return isinstance(root, dict) and "text" in root and "replies" in root


def _is_llama_factory(row: dict[str, Value]) -> bool:
    return any("value" in part and "type" in part for part in _parts(row))


DIALECTS: tuple[tuple[str, Callable[[dict[str, Value]], bool]], ...] = (
    ("TRL preference", _is_trl_preference),
    ("ShareGPT", _is_sharegpt),
    ("Alpaca", _is_alpaca),
    ("Gemini", _is_gemini),
    ("Bedrock converse", _is_bedrock),
    ("Anthropic", _is_anthropic),
    ("KTO", _is_kto),
    ("LLaMA-Factory", _is_llama_factory),
    ("OpenAssistant", _is_openassistant),
)
"""In this order: the first that recognises a row wins. ShareGPT rows with chosen/rejected are preference rows."""

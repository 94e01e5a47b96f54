"""
What a row is, whatever the way it is written: its digest, that of its prompt, and its place between 0 and 1.

Two rows are the same when their JSON says the same: the order of keys, white space, escapes and the way that
Unicode composes a character (NFC or NFD) do not matter, nor whether a number is written 1 or 1.0.
"""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from typing import Any
from unicodedata import is_normalized, normalize

import orjson

from ftlint.formats.views import SIDES

DIGEST_BYTES = 16
WHOLE = 1 << 64
"""Places are whole numbers below it; a place divided by it is the share of rows that come before."""
MISSING: Any = object()
"""What a row does not have."""
WHOLE_FLOAT = re.compile(rb"\d\.0[,\]}]")
EXACT_FLOAT = 2**53
CALLS = ("tool_calls", "function_call", "refusal")

Value = Any


def canonical(value: Value, composed: bool = False) -> bytes:
    """
    A JSON value in the one form that all ways to write it share, as UTF-8.

    `composed`: its texts and keys are known to be in NFC.
    """
    try:
        text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # what orjson cannot write: an integer of more than 64 bits
        return _by_json(_normalised(value))
    # Most text is ASCII, or composed, and then nothing has to be walked through.
    if (composed or text.isascii() or is_normalized("NFC", text.decode())) and not (
        b".0" in text and WHOLE_FLOAT.search(text)
    ):
        return text
    return orjson.dumps(_normalised(value), option=orjson.OPT_SORT_KEYS)


def digest(value: Value, composed: bool = False) -> bytes:
    """The digest of a JSON value: BLAKE2b over its canonical form, 16 bytes."""
    return blake2b(canonical(value, composed), digest_size=DIGEST_BYTES).digest()


def place(digest: bytes, seed: int) -> int:
    """A number below `WHOLE` that depends on the digest and the seed alone; places spread evenly."""
    return int.from_bytes(blake2b(digest, digest_size=8, key=b"%d" % seed).digest())


def prompt_of(row: dict[str, Value]) -> Value:
    """
    What comes before the first output that is trained; MISSING where the format has none that is known.

    Of a conversation, the messages before the first answer of which the weight is not 0, by what they say: names,
    null keys and definitions of tools are left out, text parts are joined. Of a preference row its input, of others
    the prompt or the instruction.
    """
    given = row["input"] if isinstance(row.get("input"), dict) and SIDES[0] in row else row
    messages = given.get("messages")
    if isinstance(messages, list):
        return [_said(message) for message in _before_answer(messages, given is not row)]
    if "prompt" in row:
        prompt = row["prompt"]
        return [_said(message) for message in prompt] if isinstance(prompt, list) else prompt
    if "instruction" in row:
        return [row["instruction"], row.get("input") or ""]
    return MISSING


def answer_of(row: dict[str, Value]) -> Value:
    """The last text that is trained: a completion, an assistant's last message; MISSING where there is none."""
    if isinstance(row.get("completion"), str):
        return row["completion"].strip()
    messages = row.get("messages")
    if not isinstance(messages, list):
        return MISSING
    for message in reversed(messages):
        if isinstance(message, dict) and message.get("role") == "assistant":
            said = _said(message)
            text = said.pop("content")
            return text.strip() if isinstance(text, str) and len(said) == 1 else {"content": text, **said}
    return MISSING


def label_of(row: dict[str, Value], path: str) -> Value:
    """The value at a path; for the path `label`, where the row has no such key, its answer."""
    found = at(row, path)
    return answer_of(row) if found is MISSING and path == "label" else found


def at(row: Value, path: str) -> Value:
    """The value at `key.key.0.key`, or MISSING. A key that is the whole path, or the rest of it, wins."""
    value, steps = row, path.split(".")
    for index, step in enumerate(steps):
        if isinstance(value, dict):
            rest = ".".join(steps[index:])
            if rest in value:
                return value[rest]
            if step not in value:
                return MISSING
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return MISSING
    return value


def _before_answer(messages: list[Value], all_given: bool) -> list[Value]:
    if all_given:
        return messages
    for index, message in enumerate(messages):
        if isinstance(message, dict) and message.get("role") == "assistant" and message.get("weight") != 0:
            return messages[:index]
    return messages


def _said(message: Value) -> Value:
    """What a message says: role, text or parts, and what else is said, such as calls."""
    if not isinstance(message, dict):
        return message
    content = message.get("content")
    if isinstance(content, list) and all(_is_text(part) for part in content):
        content = "".join(part["text"] for part in content)
    more = {key: message[key] for key in CALLS if message.get(key)}
    return {"role": message.get("role"), "content": content or "", **more}


def _is_text(part: Value) -> bool:
    return isinstance(part, dict) and part.get("type") == "text" and isinstance(part.get("text"), str)


def _normalised(value: Value) -> Value:
    """Strings and keys in NFC, whole floats as integers."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        pairs = {normalize("NFC", key): _normalised(item) for key, item in value.items()}
        if len(pairs) < len(value):  # two keys that look the same: rows that differ in them are not the same row
            return {key: _normalised(item) for key, item in value.items()}
        return pairs
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_FLOAT:
        return int(value)
    return value


def _by_json(value: Value) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")

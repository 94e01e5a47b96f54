"""Accidents that happen to bytes, to lines, and to the JSON values in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

from tests.support import at, pointers_of

MAX_BYTES = 1 << 16
"""Of a mutated input: small ones are many."""
ODD_TEXTS = (
    *("", " ", "\n", "\r", "\t", "\x00", "\x1b[2J", "\x07", "\x7f", "\x85", "\x9b31m", "\u2028", "\u202e", "\u200b"),
    *(
        "\ufeff",
        "\ufffd",
        "ſ",
        "İ",
        "ß",
        "é",
        "Ã©",
        "â€™",
        "😀",
        "👩\u200d👧",
        "\U000e0041",
        "\U0010ffff",
        "\ud83d",
        "\udc00",
    ),
    *("<|endoftext|>", "<think>", "</think>", "```", "TODO", "{{name}}", "{{ item.", "}}", "[insert", "##[error]x"),
    *("::error::x", "data:image/png;base64,AAAA", "data:", "https://x", "=1+1", "a" * 300, " " * 300, "-" * 200),
    *(
        "As an AI language model",
        "\\",
        '"',
        "\\u",
        "\\ud800",
        "'",
        "“",
        "%s",
        "{}",
        "../..",
        "None",
        "\n\n###\n\n",
        " ->",
    ),
)
ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 1.0, 0.5, 1e300, -0.0, 2**53, 2**63, 2**64, -(2**63) - 1, 10**30, float("nan")),
    *("", " ", "system", "user", "assistant", "tool", "function", "developer", "call_1", "text", "image_url", "object"),
    *([], {}, [[]], [None], [{}], {"": {}}, {"type": "text"}, {"type": "image_url"}, {"role": "assistant"}),
    *({"type": "function", "function": {"name": "f"}}, {"$ref": "#"}, {"type": "object", "properties": {"a": True}}),
    {"type": "text", "text": ""},
    {"role": "assistant", "content": None, "tool_calls": [{"id": "a", "type": "function", "function": {}}]},
)
KEYS = (
    *(
        "messages",
        "role",
        "content",
        "name",
        "weight",
        "tool_calls",
        "tool_call_id",
        "function_call",
        "arguments",
        "id",
    ),
    *("tools", "functions", "type", "text", "image_url", "url", "detail", "prompt", "completion", "input", "reference"),
    *("preferred_output", "non_preferred_output", "refusal", "parameters", "properties", "required", "$ref", "pattern"),
    *("function", "parallel_tool_calls", "", "a/b~c", "\x1b[2J", "__proto__", "item", "graders", "calculate_output"),
)
ODD_BYTES = (
    *(
        b"\n",
        b"\r\n",
        b"\r",
        b"\x00",
        b"\xff",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xc3",
        b"\xf4\x90\x80\x80",
    ),
    *(b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"{}", b"[]", b'""', b"\\u", b"\\ud83d", b"\\u0000", b"\\u003c"),
    *(b"NaN", b"Infinity", b"-", b"1e999", b"9" * 30, b"null", b"true", b"None", b"'", b"\xe2\x80\x9c", b"[" * 120),
    *(b'{"a":' * 120, b" " * 99, b"<|", b"{{", b"=", b"#", b"'''", b'"""', b"1979-05-27"),
)


def mutated(random: Random, seeds: Sequence[bytes]) -> bytes:
    """One of the seeds after one to five accidents; now and then another seed comes in."""
    data = random.choice(seeds)
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        accident = random.choice(ACCIDENTS)
        data = accident(random, data, random.choice(seeds))[:MAX_BYTES]
    return data


def _flip(random: Random, data: bytes, other: bytes) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + bytes([random.randrange(256)]) + data[place + 1 :]


def _insert(random: Random, data: bytes, other: bytes) -> bytes:
    place = random.randrange(len(data) + 1)
    odd = random.choice((random.choice(ODD_BYTES), random.choice(ODD_TEXTS).encode("utf-8", "surrogatepass")))
    return data[:place] + odd * random.choice((1, 1, 1, 2, 9)) + data[place:]


def _delete(random: Random, data: bytes, other: bytes) -> bytes:
    start, end = _slice(random, data)
    return data[:start] + data[end:]


def _repeat(random: Random, data: bytes, other: bytes) -> bytes:
    start, end = _slice(random, data)
    return data[:end] + data[start:end] * random.choice((1, 2, 30)) + data[end:]


def _splice(random: Random, data: bytes, other: bytes) -> bytes:
    (start, end), (low, high) = _slice(random, data), _slice(random, other)
    return data[:start] + other[low:high] + data[end:]


def _truncate(random: Random, data: bytes, other: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _slice(random: Random, data: bytes) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    length = random.choice((1, 2, 8, 64, 512, len(data)))
    return start, min(len(data), start + random.randint(0, length))


def _lines(random: Random, data: bytes, other: bytes) -> bytes:
    """A line doubled, dropped, moved, joined with the next, blank, or of another seed."""
    lines = data.split(b"\n")
    place = random.randrange(len(lines))
    accident = random.randrange(6)
    if accident == 0:
        lines.insert(place, lines[place])
    elif accident == 1:
        del lines[place]
    elif accident == 2:
        lines.insert(random.randrange(len(lines)), lines.pop(place))
    elif accident == 3:
        lines[place : place + 2] = [b"".join(lines[place : place + 2])]
    elif accident == 4:
        lines.insert(place, random.choice((b"", b" ", b"\r", b"x", b"{", b"[]", b"{}")))
    else:
        lines.insert(place, random.choice(other.split(b"\n")))
    return b"\n".join(lines)


def _layout(random: Random, data: bytes, other: bytes) -> bytes:
    """The same rows in another layout: an array, pretty-printed, other escapes, another encoding."""
    accident = random.randrange(6)
    if accident == 0:
        return data.replace(b"\n", b"\r\n")
    if accident == 1:
        encoding = random.choice(("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp1252"))
        return data.decode(errors="replace").encode(encoding, "replace")
    values = [value for line in data.split(b"\n") if (value := _loaded(line)) is not None]
    if accident == 2:
        return json.dumps(values, indent=random.choice((None, 1))).encode()
    indent, ascii = random.choice((None, 2)), random.random() < 0.5
    return b"\n".join(_dumped(value, indent, ascii) for value in values)


def _value(random: Random, data: bytes, other: bytes) -> bytes:
    """Some accidents inside one line that is JSON."""
    lines = data.split(b"\n")
    place = random.randrange(len(lines))
    value = _loaded(lines[place])
    whole = value is None and _loaded(data) is not None
    if whole:
        value = _loaded(data)
    if not isinstance(value, (dict, list)):
        return _insert(random, data, other)
    for _ in range(random.choice((1, 1, 2, 4))):
        _spoil(random, value)
    text = _dumped(value, None, random.random() < 0.3)
    if whole:
        return text
    lines[place] = text
    return b"\n".join(lines)


def _spoil(random: Random, value: Any) -> None:
    """One accident at one place of a value."""
    pointers = [pointer for pointer in pointers_of(value) if pointer]
    if not pointers:
        return
    *path, step = random.choice(pointers)
    parent = at(value, path)
    here = parent[step]
    accident = random.randrange(10)
    if accident == 0:
        del parent[step]
    elif accident == 1:
        parent[step] = deepcopy(random.choice(ODD_VALUES))
    elif accident == 2:
        parent[step] = deepcopy(at(value, random.choice(pointers)))
    elif accident == 3:
        parent[step] = random.choice(([here], {random.choice(KEYS): here}))
    elif accident == 4 and isinstance(parent, list):
        parent[step:step] = [deepcopy(here)] * random.choice((1, 3, 40))
    elif accident == 5 and isinstance(parent, dict):
        parent[random.choice(KEYS)] = parent.pop(step)
    elif accident == 6 and isinstance(here, dict):
        here[random.choice(KEYS)] = deepcopy(random.choice(ODD_VALUES))
    elif accident == 7 and isinstance(here, list):
        random.shuffle(here)
    elif isinstance(here, str):
        place = random.randrange(len(here) + 1)
        parent[step] = here[:place] + random.choice(ODD_TEXTS) * random.choice((1, 1, 1, 5)) + here[place:]
    else:
        parent[step] = random.choice(ODD_TEXTS)


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _dumped(value: Any, indent: int | None, ascii: bool) -> bytes:
    return json.dumps(value, indent=indent, ensure_ascii=ascii).encode("utf-8", "surrogatepass")


Accident = Callable[[Random, bytes, bytes], bytes]
ACCIDENTS: tuple[Accident, ...] = (
    *(_value, _value, _value, _value, _lines, _lines, _layout),
    *(_flip, _insert, _insert, _delete, _repeat, _splice, _truncate),
)

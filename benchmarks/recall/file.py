"""FT0 and FT1: files, JSON, shape."""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.recall.plant import ROWS, TOOL, Json, Plant, chat, dumped, pair, replace_line, rows, spoil, whole

VALID = dumped(rows("chat"))

ANOTHER = dumped(rows("chat", 1, first=ROWS))
"""A line that stands in no file."""


def _answer(row: Json) -> Json:
    message: Json = row["messages"][2]
    return message


def _function(row: Json) -> Json:
    function: Json = row["messages"][2]["tool_calls"][0]["function"]
    return function


def _nameless(row: Json) -> None:
    row["tools"] = [TOOL, {"type": "function", "function": {"description": "The time"}}]


def _one_call(row: Json) -> None:
    row["messages"][2]["tool_calls"] = row["messages"][2]["tool_calls"][0]


def _nest(row: Json) -> None:
    deep: list[object] = []
    for _ in range(150):
        deep = [deep]
    row["tools"] = [{"type": "function", "function": {"name": "get_weather", "parameters": {"default": deep}}}]


def plants() -> Iterator[Plant]:
    """Every defect of the two families."""
    yield from _json()
    yield from _files()
    yield from _shape()


def _json() -> Iterator[Plant]:
    yield replace_line(
        "FT001", "unescaped quotation marks", "chat", lambda line: line.replace(b"rain in", b'"rain" in')
    )
    yield replace_line("FT001", "cut off in the middle", "chat", lambda line: line[: len(line) // 2] + b"\n")
    yield replace_line(
        "FT001", "a missing comma", "chat", lambda line: line.replace(b'}, {"role": "user"', b'} {"role": "user"')
    )
    yield replace_line("FT001", "a tab inside a string", "chat", lambda line: line.replace(b"rain in", b"rain\tin"))
    yield replace_line("FT001", "a comment", "chat", lambda line: b"// spring\n")
    yield replace_line(
        "FT002", "a list of messages", "chat", lambda line: json.dumps(json.loads(line)["messages"]).encode() + b"\n"
    )
    yield replace_line("FT002", "a string", "chat", lambda line: b'"hello"\n')
    yield replace_line("FT002", "null", "chat", lambda line: b"null\n")
    yield replace_line("FT005", "two objects without a gap", "chat", lambda line: line[:-1] + ANOTHER)
    yield replace_line("FT005", "two objects with a gap", "chat", lambda line: line[:-1] + b" " + ANOTHER)
    yield replace_line("FT007", "cp1252", "chat", lambda line: line.replace(b"stays dry", b"isn\x92t wet"))
    yield replace_line("FT007", "a cut sequence", "chat", lambda line: line.replace(b"stays dry", b"is fine \xe2\x82"))
    yield replace_line("FT009", "an empty line", "chat", lambda line: b"\n" + line)
    yield replace_line("FT009", "a line of spaces", "chat", lambda line: b"   \n" + line)
    yield replace_line("FT010", "a carriage return", "chat", lambda line: line[:-1] + b"\r\n")
    yield replace_line(
        "FT012",
        "content twice in a message",
        "chat",
        lambda line: line.replace(b'"role": "user"', b'"content": "x", "role": "user"'),
    )
    yield replace_line("FT012", "messages twice", "chat", lambda line: b'{"messages": [], ' + line[1:])
    yield replace_line(
        "FT013", "NaN", "chat", lambda line: line.replace(b'"role": "assistant"', b'"role": "assistant", "weight": NaN')
    )
    yield replace_line(
        "FT013",
        "Infinity",
        "chat",
        lambda line: line.replace(b'"role": "assistant"', b'"role": "assistant", "weight": -Infinity'),
    )
    yield replace_line("FT014", "half of a pair", "chat", lambda line: line.replace(b"stays dry", b"is \\ud83d fine"))
    yield spoil("FT015", "200 lists", "calling", _nest)
    yield replace_line(
        "FT016", "past the limit", "chat", lambda line: b"x" * 5000 + b"\n", options={"max_line_bytes": 4000}
    )
    yield replace_line("FT018", "a printed dict", "chat", lambda line: repr(json.loads(line)).encode() + b"\n")
    yield replace_line("FT019", "behind the object", "chat", lambda line: line[:-1] + b",\n")
    yield replace_line("FT019", "inside the object", "chat", lambda line: line[:-2] + b",}\n")
    yield replace_line("FT021", "typographic quotes", "chat", lambda line: line.replace(b'"role"', "“role”".encode()))


def _files() -> Iterator[Plant]:
    every = rows("chat")
    yield whole("FT003", "an array", json.dumps(every).encode())
    yield whole("FT003", "an indented array", json.dumps(every, indent=2).encode())
    yield whole("FT004", "indented objects", "\n".join(json.dumps(row, indent=2) for row in every).encode())
    yield whole("FT006", "a byte-order mark", b"\xef\xbb\xbf" + VALID)
    yield whole("FT006", "a mark at Together", b"\xef\xbb\xbf" + VALID, options={"model": "together"})
    yield whole("FT006", "no mark at Azure", VALID, options={"model": "azure"})
    yield whole("FT008", "UTF-16", VALID.decode().encode("utf-16"))
    yield whole("FT008", "UTF-16 without a mark", VALID.decode().encode("utf-16-le"))
    yield whole("FT011", "no newline at the end", VALID[:-1])
    yield whole(
        "FT017", "Git LFS", b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"
    )
    yield whole("FT020", "nothing", b"")
    yield whole("FT022", "CSV", b"prompt,completion\nhello,world\n" * 5)
    yield whole("FT022", "gzip", b"\x1f\x8b\x08\x00" + b"\x00" * 40)


def _shape() -> Iterator[Plant]:
    yield spoil("FT101", "no role", "chat", lambda row: _answer(row).pop("role"))
    yield spoil("FT101", "no content", "chat", lambda row: row["messages"][1].pop("content"))
    yield spoil("FT101", "no id of a call", "calling", lambda row: row["messages"][2]["tool_calls"][0].pop("id"))
    yield spoil("FT101", "no side", "pair", lambda row: row.pop("non_preferred_output"))
    yield spoil("FT101", "no arguments", "calling", lambda row: _function(row).pop("arguments"))
    yield spoil("FT101", "no name of a call", "calling", lambda row: _function(row).pop("name"))
    yield spoil("FT101", "no id of a result", "calling", lambda row: row["messages"][3].pop("tool_call_id"))
    yield spoil("FT101", "no completion", "completion", lambda row: row.pop("completion"))
    yield spoil("FT101", "no role in an input", "pair", lambda row: row["input"]["messages"][1].pop("role"))
    yield spoil("FT101", "no content of an output", "pair", lambda row: row["preferred_output"][0].pop("content"))
    yield spoil("FT101", "no name of a tool", "calling", _nameless)
    yield spoil("FT102", "a key of an output", "pair", lambda row: row["preferred_output"][0].update(score=5))
    yield spoil("FT102", "a key of a call", "calling", lambda row: _function(row).update(index=0))
    yield spoil("FT102", "a key of a prompt's row", "completion", lambda row: row.update(id="17"))
    yield spoil("FT102", "a key in Chinese", "chat", lambda row: row.update({"来源": "faq"}))
    yield spoil("FT102", "a key of the row", "chat", lambda row: row.update(source="faq"))
    yield spoil("FT102", "a key of a message", "chat", lambda row: _answer(row).update(train=True))
    yield spoil(
        "FT102",
        "a misspelt key",
        "chat",
        lambda row: row["messages"][1].update(contents=row["messages"][1].pop("content")),
    )
    yield spoil("FT103", "content an object", "chat", lambda row: _answer(row).update(content={"text": "Hi"}))
    yield spoil("FT103", "a question null", "chat", lambda row: row["messages"][1].update(content=None))
    yield spoil("FT103", "a message a string", "chat", lambda row: row["messages"].__setitem__(1, "Hello"))
    yield spoil("FT103", "weight a string", "chat", lambda row: _answer(row).update(weight="1"))
    yield spoil("FT103", "a completion a number", "completion", lambda row: row.update(completion=4))
    yield spoil(
        "FT103", "an output an object", "pair", lambda row: row.update(preferred_output=row["preferred_output"][0])
    )
    yield spoil("FT103", "an output a string", "pair", lambda row: row.update(preferred_output="It stays dry."))
    yield spoil("FT103", "calls an object", "calling", _one_call)
    yield spoil("FT103", "content a number", "chat", lambda row: _answer(row).update(content=5))
    yield spoil("FT103", "content a list of strings", "chat", lambda row: _answer(row).update(content=["Hello"]))
    yield spoil("FT103", "messages an object", "chat", lambda row: row.update(messages={"role": "user"}))
    yield spoil("FT103", "weight true", "chat", lambda row: _answer(row).update(weight=True))
    yield spoil("FT103", "weight 1.0", "chat", lambda row: _answer(row).update(weight=1.0))
    yield spoil("FT103", "tools an object", "calling", lambda row: row.update(tools=TOOL))
    yield spoil("FT104", "weight 2", "chat", lambda row: _answer(row).update(weight=2))
    yield spoil(
        "FT104",
        "an unknown kind of part",
        "chat",
        lambda row: row["messages"][1].update(content=[{"type": "input_audio"}]),
    )
    yield spoil("FT105", "a typing error", "chat", lambda row: _answer(row).update(role="asistant"))
    yield spoil("FT105", "a capital", "chat", lambda row: _answer(row).update(role="Assistant"))
    yield spoil("FT105", "in an input", "pair", lambda row: row["input"]["messages"][1].update(role="human"))
    yield spoil("FT105", "in an output", "pair", lambda row: row["preferred_output"][0].update(role="model"))
    yield spoil("FT105", "another tool's name", "chat", lambda row: _answer(row).update(role="gpt"))
    yield spoil("FT106", "no messages", "chat", lambda row: row.update(messages=[]))
    yield whole("FT107", "pairs among chat rows", dumped(rows("chat")[:20] + [pair(1)] * 3))
    yield whole("FT108", "none of ours", dumped([{"ts": number, "level": "info"} for number in range(20)]))
    yield whole("FT109", "chat for dpo", VALID, options={"method": "dpo"})
    yield whole("FT109", "prompts for dpo", dumped(rows("completion")), options={"method": "dpo"})
    yield whole(
        "FT109",
        "pairs as a validation file",
        VALID,
        options={"validation": "valid.jsonl"},
        files={"valid.jsonl": dumped(rows("pair", 12))},
    )
    yield whole(
        "FT110",
        "ShareGPT",
        dumped(
            [
                {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": f"Hello {n}"}]}
                for n in range(20)
            ]
        ),
    )
    yield whole(
        "FT110", "Alpaca", dumped([{"instruction": f"Say {n}", "input": "", "output": str(n)} for n in range(20)])
    )
    yield spoil(
        "FT111",
        "a schema of the user's own",
        "chat",
        lambda row: row["messages"].insert(1, chat(99)["messages"][1]),
        options={"schemas": {"*": "own.schema.json"}},
        files={"own.schema.json": b'{"properties": {"messages": {"maxItems": 3}}}'},
    )
    yield spoil("FT112", "null calls", "chat", lambda row: _answer(row).update(tool_calls=None))

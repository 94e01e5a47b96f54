"""Rows from a line of text, and what `ftlint.check` says about them in a line of text."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

import ftlint
from ftlint.config.load import load
from ftlint.engine import processes, ranges
from ftlint.engine.run import run
from ftlint.rules.base import Rule
from ftlint.transform.fix import Fixer

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parents[1]
CALL = {"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": "{}"}}
CLOCK = {"type": "function", "function": {"name": "clock", "parameters": {"type": "object", "properties": {}}}}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/cat.png", "detail": "low"}}
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4IScHAAK2AQU0pnWqAAAAAElFTkSuQmCC"
)
PAIR = {
    "input": {"messages": [{"role": "user", "content": "Hi"}]},
    "preferred_output": [{"role": "assistant", "content": "Hello"}],
    "non_preferred_output": [{"role": "assistant", "content": "What?"}],
}

Row = dict[str, Any]


def message(turn: str | Row) -> Row:
    """`"user: Hi"` as a message; a message as it is."""
    if isinstance(turn, dict):
        return turn
    role, _, content = turn.partition(": ")
    return {"role": role, "content": content}


def chat(*turns: str | Row, **keys: Any) -> Row:
    """A row of the turns: `chat("user: Hi", {"role": "assistant", …}, tools=[…])`."""
    return {"messages": [message(turn) for turn in turns], **keys}


def alike(count: int, row: Row) -> list[Row]:
    """So many rows like one, none a duplicate, no answer the same: before each text stands the number of its row."""
    rows = [deepcopy(row) for _ in range(count)]
    for number, each in enumerate(rows):
        for one in each.get("input", each)["messages"]:
            if str(one["content"]).strip():
                one["content"] = f"{number} {one['content']}"
    return rows


def dumped(rows: Row | Iterable[Any] | bytes) -> bytes:
    """The bytes of a file: rows as JSON Lines, bytes as they are."""
    if isinstance(rows, bytes):
        return rows
    every = [rows] if isinstance(rows, dict) else rows
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in every).encode("utf-8", "surrogatepass")


def check(rows: Row | Iterable[Any] | bytes, **options: Any) -> ftlint.Report:
    """The report about a file with these rows or bytes; that a row is repeated is told where that is selected."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, "train.jsonl")
        path.write_bytes(dumped(rows))
        return ftlint.check(path, **{"totals": False, "today": TODAY, **options, **_repeating(options)})


def _repeating(options: dict[str, Any]) -> dict[str, Any]:
    """Tests repeat a row to have enough of them."""
    if any(code.startswith("FT7") for name in ("select", "extend_select") for code in options.get(name, ())):
        return {}
    return {"ignore": [*options.get("ignore", ()), "FT701", "FT703"]}


def lint(code: str, rows: Row | Iterable[Any] | bytes, **options: Any) -> list[str]:
    """The findings of one code: `row:/pointer message`, of a whole file the message alone."""
    return [told(finding) for finding in check(rows, **options).findings if finding.code == code]


def fixed(
    rows: Row | Iterable[Any] | bytes, *, unsafe: bool = True, directory: Path | None = None, **options: Any
) -> tuple[bytes, Fixer, ftlint.Report]:
    """What a file with these rows or bytes holds after `--fix`, what was done, and the report about it."""
    if directory is None:
        with tempfile.TemporaryDirectory() as made:
            return fixed(rows, unsafe=unsafe, directory=Path(made), **options)
    path = directory / "train.jsonl"
    path.write_bytes(dumped(rows))
    fixer = Fixer(unsafe=unsafe, on=TODAY)
    given = {"totals": False, "today": TODAY, **options, **_repeating(options)}
    configuration = load(directory, isolated=True, **given)
    report = run((str(path),), configuration, check=fixer.check)
    assert not report.failures, report.failures
    return path.read_bytes(), fixer, report


def patched(old: bytes, diff: bytes) -> bytes:
    """What a unified diff makes of a text, as `patch` applies it."""
    before, after, position = _lines(old), [], 0
    hunks = re.split(rb"(?m)^@@ -(\d+),(\d+) \+\d+,\d+ @@\n", diff)[1:]
    for first, size, body in zip(hunks[::3], hunks[1::3], hunks[2::3], strict=True):
        start = int(first) - (int(size) > 0)
        after += before[position:start]
        position = start
        lines = _lines(body)
        for line, following in zip(lines, [*lines[1:], b""], strict=True):
            sign, rest = line[:1], line[1:-1] if following.startswith(b"\\") else line[1:]
            if sign == b"\\":
                continue
            assert sign == b"+" or before[position] == rest
            position += sign != b"+"
            after += [rest] if sign != b"-" else []
    return b"".join([*after, *before[position:]])


def _lines(data: bytes) -> list[bytes]:
    """Lines with their ends; only a newline is one."""
    return re.findall(rb"[^\n]*\n|[^\n]+", data)


def told(finding: ftlint.Finding) -> str:
    """A finding in a line."""
    if finding.row is None:
        return finding.message
    return f"{finding.row}:{finding.pointer or ''} {finding.message}"


def places(code: str, rows: Row | Iterable[Any] | bytes, **options: Any) -> list[str]:
    """Where the findings of one code are: `line:column-end`."""
    found = check(rows, **options).findings
    return [f"{item.line}:{item.column}-{item.end_column}" for item in found if item.code == code]


def codes(rows: Row | Iterable[Any] | bytes, **options: Any) -> Counter[str]:
    """How often each code is reported."""
    return Counter(finding.code for finding in check(rows, **options).findings)


def errors(rows: Row | Iterable[Any] | bytes, **options: Any) -> list[str]:
    """Everything that is an error about a row, with its code."""
    found = check(rows, **options).findings
    return [f"{item.code} {told(item)}" for item in found if item.severity == "error" and item.row is not None]


@contextmanager
def small_ranges(start: processes.Start, size: int = 100) -> Iterator[None]:
    """Ranges of so few bytes are worth a process, however much it costs to start it by `start`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes, "how", lambda: start)
        patch.setattr(processes, "WORTHWHILE_BYTES", dict.fromkeys(processes.WORTHWHILE_BYTES, size))
        patch.setattr(processes, "MIN_RANGE", size)
        patch.setattr(ranges, "FIRST_BYTES", size)
        yield


def write_example_files(directory: Path, rules: Iterable[type[Rule]]) -> None:
    """Write the files that the pages of rules print beside their examples."""
    for rule in rules:
        for name, content in re.findall(r"`([a-z.]+)` with the content\s+`(.*)`", rule.__doc__ or ""):
            (directory / name).write_text(content + "\n")


def shared_data() -> Path:
    """The collection of real files beside the checkout; a test that needs it is skipped where there is none."""
    path = ROOT.parent / "shared" / "data"
    if not path.is_dir():
        pytest.skip("the collection of real files is not beside the checkout (../shared/data)")
    return path


# Rows that every target takes, and ways to spoil them. Few texts, so that rows with equal outlines come up.

texts = st.sampled_from(["Hi", "Hello", " ", "", "\n", " x", "naïve 😀", "a\u2028b", '"quoted" \\ \u0000'])
maybe_text = st.none() | texts
text_parts = st.lists(st.builds(lambda text: {"type": "text", "text": text}, texts), max_size=2)
user_parts = st.lists(st.builds(lambda text: {"type": "text", "text": text}, texts) | st.just(IMAGE), max_size=2)
names = st.sampled_from(["ada", "Bob"])
weights = st.sampled_from([0, 1, None, 1.0, 0.0])


def _messages(role: str, content: st.SearchStrategy[Any], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({"role": st.just(role), "content": content}, optional=optional)


calls = st.lists(st.just(CALL), min_size=1, max_size=2)
messages = st.one_of(
    _messages("system", texts | text_parts, name=names),
    _messages("developer", texts | text_parts),
    _messages("user", texts | user_parts, name=st.none() | names),
    _messages("assistant", maybe_text | text_parts, weight=weights, refusal=maybe_text, name=names),
    _messages("assistant", maybe_text, tool_calls=st.none() | st.just([]) | calls, weight=weights),
    st.fixed_dictionaries({"role": st.just("assistant"), "tool_calls": calls}),
    st.fixed_dictionaries(
        {"role": st.just("assistant"), "function_call": st.just({"name": "clock", "arguments": "{}"})},
        optional={"content": maybe_text},
    ),
    st.fixed_dictionaries(
        {
            "role": st.just("assistant"),
            "content": st.lists(st.builds(lambda text: {"type": "refusal", "refusal": text}, texts), max_size=2),
        }
    ),
    st.fixed_dictionaries({"role": st.just("tool"), "content": texts, "tool_call_id": st.just("call_1")}),
    st.fixed_dictionaries({"role": st.just("function"), "content": maybe_text, "name": st.just("clock")}),
)
tool_lists = st.none() | st.just([]) | st.just([CLOCK])
chat_rows = st.fixed_dictionaries(
    {"messages": st.lists(messages, min_size=1, max_size=4)},
    optional={"tools": tool_lists, "parallel_tool_calls": st.none() | st.booleans(), "functions": st.none()},
)
reinforcement_rows = st.fixed_dictionaries(
    {"messages": st.lists(messages, min_size=1, max_size=3)},
    optional={"reference": texts | st.none() | st.integers(-(10**25), 10**25), "tools": tool_lists},
)
answers = st.lists(_messages("assistant", maybe_text, name=names), min_size=1, max_size=1)
preference_rows = st.fixed_dictionaries(
    {
        "input": st.fixed_dictionaries(
            {"messages": st.lists(messages, min_size=1, max_size=3)}, optional={"tools": tool_lists}
        ),
        "preferred_output": answers,
        "non_preferred_output": answers,
    }
)
completion_rows = st.fixed_dictionaries({"prompt": texts, "completion": texts})
rows_of = {
    "chat": chat_rows,
    "reinforcement": reinforcement_rows,
    "preference": preference_rows,
    "completion": completion_rows,
}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.just("assistant"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def pointers_of(value: Any, pointer: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every pointer of a value."""
    yield pointer
    if isinstance(value, dict):
        for key, item in value.items():
            yield from pointers_of(item, (*pointer, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from pointers_of(item, (*pointer, index))


def at(value: Any, pointer: Iterable[str | int]) -> Any:
    """The value that a pointer names."""
    for step in pointer:
        value = value[step]
    return value


@st.composite
def spoilt(draw: st.DrawFn, rows: st.SearchStrategy[Row]) -> Row:
    """A valid row after one to three accidents: a value deleted, doubled, retyped, nested, a key misspelt."""
    row = deepcopy(draw(rows))
    for _ in range(draw(st.integers(1, 3))):
        pointers = [pointer for pointer in pointers_of(row) if pointer]
        if not pointers:
            break
        *path, step = draw(st.sampled_from(pointers))
        parent = at(row, path)
        accident = draw(st.sampled_from(["delete", "double", "retype", "nest", "unnest", "misspell", "extra"]))
        if accident == "delete":
            del parent[step]
        elif accident == "double" and isinstance(parent, list):
            parent.insert(int(step), deepcopy(parent[step]))
        elif accident == "nest":
            parent[step] = draw(st.sampled_from([[parent[step]], {"value": parent[step]}]))
        elif accident == "unnest" and isinstance(parent[step], list) and parent[step]:
            parent[step] = parent[step][0]
        elif accident == "misspell" and isinstance(parent, dict):
            parent[f"{step}s"] = parent.pop(step)
        elif accident == "extra" and isinstance(parent[step], dict):
            parent[step][draw(st.text(max_size=4))] = draw(values)
        else:
            parent[step] = draw(values)
    return row

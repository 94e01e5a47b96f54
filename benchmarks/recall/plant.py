"""What a planted defect is, and the valid rows that defects are planted into."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial, reduce
from operator import getitem
from typing import Any

Json = dict[str, Any]

ROWS = 30
PLANTED_AT = 11
"""The row that is spoilt, counted from 0."""

TOOL: Json = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather of a place",
        "parameters": {
            "type": "object",
            "properties": {"place": {"type": "string"}, "days": {"type": "integer"}},
            "required": ["place"],
        },
    },
}
PLACES = ("Oslo", "Quito", "Hanoi", "Accra", "Perth", "Lagos", "Turin", "Basel", "Izmir", "Osaka")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """
    One defect in one file: the code it is to be found as, a name for the form it takes, the bytes of the file.

    `options` are keyword arguments of `ftlint.check`; `files` are other files that they name. `count` is how many
    findings the defect rightly has, `along` the codes that cannot be had without it, with the reason in the form.
    """

    code: str
    form: str
    data: bytes
    options: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    count: int = 1
    along: tuple[str, ...] = ()


def chat(number: int) -> Json:
    """A plain conversation."""
    place = PLACES[number % 10]
    return {
        "messages": [
            {"role": "system", "content": "You tell people about the weather."},
            {"role": "user", "content": f"Will it rain in {place} on day {number}?"},
            {"role": "assistant", "content": f"No, day {number} stays dry in {place}."},
        ]
    }


def calling(number: int) -> Json:
    """A conversation with two parallel calls and their results."""
    row = chat(number)
    place = PLACES[number % 10]
    calls = [
        {
            "id": f"call_{number}_{index}",
            "type": "function",
            "function": {"name": "get_weather", "arguments": json.dumps({"place": place, "days": index})},
        }
        for index in (1, 2)
    ]
    results = [{"role": "tool", "tool_call_id": call["id"], "content": '{"rain": false}'} for call in calls]
    row["messages"][2:2] = [{"role": "assistant", "tool_calls": calls}, *results]
    row["tools"] = [TOOL]
    return row


def long(number: int) -> Json:
    """A conversation with an answer of several sentences."""
    row = chat(number)
    place = PLACES[number % 10]
    row["messages"][2]["content"] = (
        f"On day {number} a high over the sea keeps the clouds away from {place}, so it stays dry from early morning "
        "until late at night. The wind is weak and turns from north to east around noon. Take a hat along all the "
        f"same, since the sun over {place} is stronger than it feels."
    )
    return row


def completion(number: int) -> Json:
    """A prompt with the separator and a completion with the ending that the old preparation tool would add."""
    place = PLACES[number % 10]
    return {
        "prompt": f"Weather of {place} on day {number}, please ->",
        "completion": f" {['dry', 'wet', 'mild', 'grey'][number % 4]} near {place} from hour {number * 7 % 24} on\n",
    }


def pair(number: int) -> Json:
    """A preference row."""
    row = chat(number)
    answer = row["messages"].pop()
    other = {"role": "assistant", "content": f"How should I know about {PLACES[number % 10]}, day {number}?"}
    sides = (answer, other) if number % 2 else (other, answer)
    return {"input": row, "preferred_output": [sides[0]], "non_preferred_output": [sides[1]]}


def reinforcement(number: int) -> Json:
    """A row that a grader judges."""
    row = chat(number)
    row["messages"] = [{"role": "developer", "content": "Answer yes or no."}, row["messages"][1]]
    row["reference"] = {"answer": ["no", "yes"][number % 2]}
    return row


MAKERS: dict[str, Callable[[int], Json]] = {
    "chat": chat,
    "calling": calling,
    "long": long,
    "completion": completion,
    "pair": pair,
    "reinforcement": reinforcement,
}


def rows(kind: str, count: int = ROWS, first: int = 0) -> list[Json]:
    """So many valid rows of a kind; those from another `first` on are others."""
    return [deepcopy(MAKERS[kind](number)) for number in range(first, first + count)]


def dumped(values: list[Any]) -> bytes:
    """Rows as JSON Lines."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values).encode("utf-8", "surrogatepass")


def spoil(code: str, form: str, kind: str, change: Callable[[Json], Any], **more: Any) -> Plant:
    """A file of a kind with one row changed; `change` works in place."""
    every = rows(kind)
    change(every[PLANTED_AT])
    return Plant(code=code, form=form, data=dumped(every), **more)


PLACES_OF_TEXT: dict[str, tuple[str, tuple[str | int, ...], str]] = {
    "a system message": ("chat", ("messages", 0, "content"), "{}"),
    "a question": ("chat", ("messages", 1, "content"), "{}"),
    "an answer": ("chat", ("messages", 2, "content"), "{}"),
    "a result": ("calling", ("messages", 3, "content"), "{}"),
    "a prompt": ("completion", ("prompt",), "{} ->"),
    "a completion": ("completion", ("completion",), " {}\n"),
    "a pair's question": ("pair", ("input", "messages", 1, "content"), "{}"),
    "a preferred output": ("pair", ("preferred_output", 0, "content"), "{}"),
    "the other output": ("pair", ("non_preferred_output", 0, "content"), "{}"),
    "a question for a grader": ("reinforcement", ("messages", 1, "content"), "{}"),
}
"""Where texts stand: the kind of row, the place in it, and what has to stand around a text there."""
ANSWERS = ("an answer", "a completion", "a preferred output")


def texts(code: str, form: str, text: str, *places: str, part: bool = False, **more: Any) -> Iterator[Plant]:
    """A file for each place, with the text there; as a text part of its own where that is asked."""
    for place in places:
        kind, path, around = PLACES_OF_TEXT[place]
        value: Any = around.format(text)
        options = {"method": "reinforcement"} if kind == "reinforcement" else {}
        name = f"{form}, in {'a part of ' if part else ''}{place}"
        # The prompt of one row then differs from that of the others.
        along = ("FT707",) if place == "a system message" else ()
        change = partial(_put, path=path, value=value)
        plant = spoil(code, name, kind, change, **{"options": options, "along": along} | more)
        yield replace(plant, data=_as_parts(plant.data, path)) if part else plant


def _as_parts(data: bytes, path: tuple[str | int, ...]) -> bytes:
    """The same rows, each with the text at a place as a part behind another."""
    made = [json.loads(line) for line in data.splitlines()]
    for row in made:
        text = reduce(getitem, path, row)
        _put(row, path, [{"type": "text", "text": "First of all:"}, {"type": "text", "text": text}])
    return dumped(made)


def _put(row: Json, path: tuple[str | int, ...], value: Any) -> None:
    node: Any = row
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value


def replace_line(code: str, form: str, kind: str, change: Callable[[bytes], bytes], **more: Any) -> Plant:
    """A file of a kind with the bytes of one line changed."""
    lines = dumped(rows(kind)).splitlines(keepends=True)
    lines[PLANTED_AT] = change(lines[PLANTED_AT])
    return Plant(code=code, form=form, data=b"".join(lines), **more)


def whole(code: str, form: str, data: bytes, **more: Any) -> Plant:
    """A file that is defective as a whole."""
    return Plant(code=code, form=form, data=data, **more)

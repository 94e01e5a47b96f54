"""FT4: tools, calls, results, images."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

from benchmarks.recall.plant import PLANTED_AT, TOOL, Json, Plant, dumped, rows, spoil, whole

SUMMER = date(2025, 9, 1)
"""When the models of the plants could be tuned."""
VISION = {"model": "gpt-4o-2024-08-06", "today": SUMMER}
# The smallest valid PNG: one RGB pixel.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
PNG_URL = f"data:image/png;base64,{PNG}"


def _parameters(row: Json) -> Json:
    """The parameters of a tool that only this row has: another definition of one name would be FT414's."""
    row["tools"] = deepcopy(row["tools"])
    row["tools"][0]["function"]["name"] = "get_forecast"
    for index in (0, 1):
        _call(row, index)["function"]["name"] = "get_forecast"
    parameters: Json = row["tools"][0]["function"]["parameters"]
    return parameters


def _call(row: Json, index: int = 0) -> Json:
    call: Json = row["messages"][2]["tool_calls"][index]
    return call


def _arguments(row: Json, value: Any) -> None:
    _call(row)["function"]["arguments"] = value


def _same_id(row: Json) -> None:
    """Both calls and both results."""
    for item, key in ((_call(row, 1), "id"), (row["messages"][4], "tool_call_id")):
        item[key] = _call(row)["id"]


def _images(*urls: str, **keys: Any) -> Any:
    def change(row: Json) -> None:
        parts = [{"type": "image_url", "image_url": {"url": url, **keys}} for url in urls]
        row["messages"][1]["content"] = [{"type": "text", "text": "What is this?"}, *parts]

    return change


def _mistral(form: str, name: str) -> Plant:
    """A file for Mistral's models with one id that they do not take."""
    made = rows("calling")
    for number, row in enumerate(made):
        _name_calls(row, f"{number:08}")
        for message in row["messages"]:
            message.setdefault("content", "")
    _call(made[PLANTED_AT])["id"] = made[PLANTED_AT]["messages"][3]["tool_call_id"] = name
    return whole("FT411", form, dumped(made), options={"model": "mistral-finetune"})


def _name_calls(row: Json, start: str) -> None:
    for index in (0, 1):
        _call(row, index)["id"] = row["messages"][3 + index]["tool_call_id"] = f"{start}{index}"


def _strict(row: Json) -> None:
    del _parameters(row)["properties"]["days"]
    row["tools"][0]["function"]["strict"] = True
    for index in (0, 1):
        _call(row, index)["function"]["arguments"] = '{"place": "Oslo"}'


def _legacy(row: Json) -> None:
    row["functions"] = [tool["function"] for tool in row.pop("tools")]
    call = {"name": "get_weather", "arguments": '{"place": "Oslo"}'}
    row["messages"][2:5] = [
        {"role": "assistant", "content": None, "function_call": call},
        {"role": "function", "name": "get_weather", "content": "dry"},
    ]


def plants() -> Iterator[Plant]:
    """Every defect of the family."""
    yield from _definitions()
    yield from _calls()
    yield from _results()
    yield from _pictures()


def _definitions() -> Iterator[Plant]:
    yield spoil(
        "FT401", "an unknown type", "calling", lambda row: _parameters(row)["properties"].update(x={"type": "text"})
    )
    yield spoil(
        "FT401",
        "required a boolean",
        "calling",
        lambda row: _parameters(row)["properties"].update(x={"type": "string", "required": True}),
    )
    yield spoil(
        "FT401", "properties a list", "calling", lambda row: _parameters(row)["properties"].update(x={"properties": []})
    )
    yield spoil("FT401", "strict without additionalProperties", "calling", _strict)
    yield spoil(
        "FT402",
        "a space",
        "calling",
        lambda row: row.update(tools=[*row["tools"], {"type": "function", "function": {"name": "get time"}}]),
    )
    yield spoil(
        "FT402",
        "65 characters",
        "calling",
        lambda row: row.update(tools=[*row["tools"], {"type": "function", "function": {"name": "x" * 65}}]),
    )
    yield spoil("FT403", "the same name twice", "calling", lambda row: row.update(tools=[TOOL, TOOL]))
    other = {"type": "function", "function": {"name": "get_weather", "description": "Another"}}
    yield whole(
        "FT414", "in one row of the file", dumped([*rows("calling"), {**rows("chat", 41)[40], "tools": [other]}])
    )
    many = [{"type": "function", "function": {"name": f"tool_{number}"}} for number in range(128)]
    yield spoil("FT415", "129 tools", "calling", lambda row: row.update(tools=[*row["tools"], *many]))


def _calls() -> Iterator[Plant]:
    yield spoil("FT404", "a misspelt name", "calling", lambda row: _call(row)["function"].update(name="get_wether"))
    yield spoil("FT404", "another case", "calling", lambda row: _call(row)["function"].update(name="Get_Weather"))
    yield spoil("FT405", "nothing", "calling", lambda row: _arguments(row, ""))
    yield spoil("FT405", "a printed dict", "calling", lambda row: _arguments(row, "{'place': 'Oslo'}"))
    yield spoil("FT405", "a trailing comma", "calling", lambda row: _arguments(row, '{"place": "Oslo",}'))
    yield spoil("FT405", "a newline in a string", "calling", lambda row: _arguments(row, '{"place": "Os\nlo"}'))
    yield spoil("FT405", "a code block", "calling", lambda row: _arguments(row, '```json\n{"place": "Oslo"}\n```'))
    yield spoil("FT405", "a bare word", "calling", lambda row: _arguments(row, "Oslo"))
    yield spoil("FT405", "cut off", "calling", lambda row: _arguments(row, '{"place": "Os'))
    yield spoil("FT405", "encoded twice", "calling", lambda row: _arguments(row, json.dumps('{"place": "Oslo"}')))
    yield spoil("FT405", "a list", "calling", lambda row: _arguments(row, '["Oslo"]'))
    yield spoil("FT406", "an object", "calling", lambda row: _arguments(row, {"place": "Oslo"}))
    yield spoil("FT406", "null", "calling", lambda row: _arguments(row, None))
    yield spoil("FT407", "an empty object", "calling", lambda row: _arguments(row, "{}"))
    yield spoil("FT407", "a required argument is missing", "calling", lambda row: _arguments(row, '{"days": 1}'))
    yield spoil("FT407", "of another type", "calling", lambda row: _arguments(row, '{"place": "Oslo", "days": "one"}'))
    legacy = rows("calling")
    _legacy(legacy[11])
    yield whole("FT412", "one row", dumped(legacy))
    for form, name in (
        ("one of another provider", "call_11_1"),
        ("a short one", "abc"),
        ("one with a dash", "abc-12345"),
    ):
        yield _mistral(form, name)
    yield spoil("FT413", "calls", "calling", lambda row: row.pop("tools"))
    yield spoil("FT413", "parallel_tool_calls", "chat", lambda row: row.update(parallel_tool_calls=False))


def _results() -> Iterator[Plant]:
    yield spoil(
        "FT408",
        "a result without a call",
        "chat",
        lambda row: row["messages"].insert(2, {"role": "tool", "tool_call_id": "call_1", "content": "dry"}),
    )
    yield spoil("FT408", "a misspelt id", "calling", lambda row: row["messages"][4].update(tool_call_id="call_x"))
    yield spoil("FT409", "one of two results", "calling", lambda row: row["messages"].pop(4))
    yield spoil(
        "FT410",
        "two calls of one id",
        "calling",
        _same_id,
    )


def _pictures() -> Iterator[Plant]:
    yield spoil(
        "FT451",
        "a model of text",
        "chat",
        _images("https://example.com/a.png"),
        options={"model": "gpt-4o-mini", "today": SUMMER},
    )
    yield spoil(
        "FT451",
        "an answer",
        "chat",
        lambda row: row["messages"][2].update(content=[{"type": "image_url", "image_url": {"url": PNG_URL}}]),
        options=VISION,
    )
    yield spoil("FT452", "eleven in a row", "chat", _images(*["https://example.com/a.png"] * 11), options=VISION)
    yield spoil("FT453", "no base64", "chat", _images("data:image/png;base64,@@@@"), options=VISION)
    yield spoil("FT453", "another type", "chat", _images(f"data:image/jpeg;base64,{PNG}"), options=VISION)
    yield spoil("FT453", "no image", "chat", _images("data:image/png;base64,aGVsbG8gd29ybGQ="), options=VISION)
    yield spoil(
        "FT454", "eleven megabytes", "chat", _images(PNG_URL.removesuffix("=")[:-2] + "A" * 15_000_000), options=VISION
    )
    yield spoil("FT455", "ftp", "chat", _images("ftp://example.com/a.png"), options=VISION)
    yield spoil("FT455", "a path", "chat", _images("images/a.png"), options=VISION)

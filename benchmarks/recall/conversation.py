"""FT2, FT5 and FT9: conversations, limits, targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benchmarks.recall.plant import ROWS, Json, Plant, dumped, rows, spoil, whole

LONG = " ".join(f"{number} miles." for number in range(1500))
"""Some 6,500 tokens that end cleanly and do not repeat."""
NEARLY = " ".join(f"{number} miles." for number in range(965))
"""95 % of the 4,096 tokens."""
NEBIUS = {"model": "nebius"}
STRICT = {"model": "strict-chat"}
AZURE = {"model": "azure"}
OLD = {"model": "gpt-3.5-turbo-0613", "today": date(2024, 1, 15)}


def _user(text: str = "And then?") -> Json:
    return {"role": "user", "content": text}


def _says(text: str = "Then it rains.") -> Json:
    return {"role": "assistant", "content": text}


def _no_weights(row: Json) -> None:
    for message in row["messages"]:
        if message["role"] == "assistant":
            message["weight"] = 0


def _system_behind(row: Json) -> None:
    row["messages"].insert(1, row["messages"].pop(0))


def _empty_first(row: Json) -> None:
    row["messages"][2:2] = [_says(""), _user()]


def plants() -> Iterator[Plant]:
    """Every defect of the three families."""
    yield from _conversation()
    yield from _limits()
    yield from _targets()


def _conversation() -> Iterator[Plant]:
    yield spoil("FT201", "no answer", "chat", lambda row: row["messages"].pop())
    yield spoil("FT202", "a question at the end", "chat", lambda row: row["messages"].append(_user()))
    yield spoil("FT202", "a result at the end", "calling", lambda row: row["messages"].pop())
    yield spoil(
        "FT202", "calls at the end", "calling", lambda row: row["messages"].__delitem__(slice(3, 6)), options=NEBIUS
    )
    yield spoil(
        "FT203",
        "an answer at the end",
        "reinforcement",
        lambda row: row["messages"].append(_says()),
        options={"method": "reinforcement"},
    )
    yield spoil("FT204", "weight 0", "chat", lambda row: row["messages"][2].update(weight=0))
    yield spoil("FT204", "weight 0 of calls too", "calling", _no_weights)
    yield spoil("FT205", "weight of a system message", "chat", lambda row: row["messages"][0].update(weight=0))
    yield spoil("FT205", "weight of a question", "chat", lambda row: row["messages"][1].update(weight=1))
    yield spoil("FT206", "system in the middle", "chat", lambda row: row["messages"].insert(1, row["messages"].pop(0)))
    yield spoil("FT206", "system at the end of a question", "chat", _system_behind, options=STRICT)
    yield spoil(
        "FT207",
        "two system messages",
        "chat",
        lambda row: row["messages"].insert(1, row["messages"][0]),
        options=STRICT,
    )
    yield spoil("FT208", "two questions", "chat", lambda row: row["messages"].insert(1, _user("Hello")), options=STRICT)
    yield spoil("FT208", "two answers", "chat", lambda row: row["messages"].append(_says()), options=STRICT)
    yield spoil(
        "FT209", "the assistant first", "chat", lambda row: row["messages"].insert(1, _says("Welcome!")), options=STRICT
    )
    yield spoil("FT207", "two system messages", "chat", lambda row: row["messages"].insert(1, row["messages"][0]))
    yield spoil(
        "FT208",
        "two questions",
        "chat",
        lambda row: row["messages"].insert(1, _user("Hello")),
        options={"extend_select": ("FT208",)},
    )
    yield spoil("FT209", "the assistant first", "chat", lambda row: row["messages"].insert(1, _says("Welcome!")))
    yield spoil("FT210", "no question", "chat", lambda row: row["messages"].pop(1))
    yield spoil("FT211", "white space", "chat", lambda row: row["messages"][2].update(content=" \n"))
    yield spoil("FT211", "null", "chat", lambda row: row["messages"][2].update(content=None))
    yield spoil(
        "FT211",
        "empty parts, where others have strings",
        "chat",
        lambda row: row["messages"][2].update(content=[{"type": "text", "text": ""}]),
        along=("FT709",),
    )
    yield spoil("FT211", "no calls", "calling", lambda row: row["messages"][5].update(content=""))
    yield spoil("FT211", "no-break spaces", "chat", lambda row: row["messages"][2].update(content="\u00a0\u3000"))
    yield spoil("FT211", "an empty first answer", "chat", _empty_first)
    yield spoil("FT212", "an empty system message", "chat", lambda row: row["messages"][0].update(content=""))
    yield spoil("FT212", "white space", "chat", lambda row: row["messages"][1].update(content="\n "))
    yield spoil("FT212", "in a pair", "pair", lambda row: row["input"]["messages"][1].update(content=""))
    yield spoil(
        "FT212",
        "for a grader",
        "reinforcement",
        lambda row: row["messages"][1].update(content=""),
        options={"method": "reinforcement"},
    )
    yield spoil("FT212", "an empty question", "chat", lambda row: row["messages"][1].update(content=""))
    yield spoil("FT212", "an empty result", "calling", lambda row: row["messages"][3].update(content=""))
    yield spoil("FT213", "no system message", "chat", lambda row: row["messages"].pop(0))
    yield spoil("FT214", "developer", "chat", lambda row: row["messages"][0].update(role="developer"))
    yield spoil(
        "FT214",
        "system",
        "reinforcement",
        lambda row: row["messages"][0].update(role="system"),
        options={"method": "reinforcement"},
    )
    yield spoil("FT215", "refusal and text", "chat", lambda row: row["messages"][2].update(refusal="No."))
    yield spoil(
        "FT216",
        "a question where results should be",
        "calling",
        lambda row: row["messages"].__setitem__(slice(3, 5), [_user()]),
    )


def _limits() -> Iterator[Plant]:
    yield spoil(
        "FT501",
        "a long question behind the answer",
        "chat",
        lambda row: row["messages"].extend([_user(LONG), _says() | {"weight": 0}]),
        options=OLD,
    )
    yield spoil(
        "FT502",
        "a long answer",
        "chat",
        lambda row: row["messages"][2].update(content=LONG),
        options=OLD,
        along=("FT501",),
    )
    yield spoil(
        "FT503",
        "95 %",
        "chat",
        lambda row: row["messages"][2].update(content=NEARLY),
        options=OLD,
    )
    yield whole("FT504", "nine rows", dumped(rows("chat", 9)))
    yield whole("FT504", "no more than nine of eleven lines", dumped(rows("chat", 9)) + b"\n" * 2, along=("FT009",))
    yield whole("FT504", "nine pairs", dumped(rows("pair", 9)))
    yield whole("FT504", "two rows at Fireworks", dumped(rows("chat", 2)), options={"model": "fireworks"})
    yield whole(
        "FT505",
        "1,001 validation rows",
        dumped(rows("reinforcement")),
        options={"method": "reinforcement", "validation": "valid.jsonl"},
        files={"valid.jsonl": dumped(rows("reinforcement", 1001, first=ROWS))},
    )
    questions = dumped([{"messages": [_user(f"What is {number}?")]} for number in range(50_001)])
    yield whole("FT505", "50,001 rows", questions, options={"method": "reinforcement"})
    yield whole("FT508", "tokens", dumped(rows("chat")), options={"max_tokens": 10})
    yield whole("FT508", "an unknown price", dumped(rows("chat")), options={"max_cost": "1"})


def _targets() -> Iterator[Plant]:
    valid = dumped(rows("chat"))
    yield whole("FT902", "shut down", valid, options={"model": "gpt-3.5-turbo-0613", "today": date(2026, 11, 23)})
    yield whole("FT903", "closes soon", valid, options={"model": "gpt-4o", "today": date(2026, 12, 1)})
    yield whole(
        "FT904",
        "supervised",
        valid,
        options={"model": "o4-mini", "method": "supervised", "today": date(2025, 9, 1)},
        along=("FT109",),
    )
    yield whole("FT905", "60 epochs", valid, options={"hyperparameters": {"n_epochs": 60}})
    for name, value in (
        ("n_epochs", 0),
        ("n_epochs", "three"),
        ("batch_size", 1000),
        ("learning_rate_multiplier", -1),
        ("epochs_count", 3),
        ("suffix", "x" * 65),
        ("seed", -1),
    ):
        yield whole("FT905", f"{name} {str(value)[:8]}", valid, options={"hyperparameters": {name: value}})
    # At Azure a file is asked for a byte-order mark, which these rows do not have.
    yield whole(
        "FT905", "a dot in a suffix", valid, options=AZURE | {"hyperparameters": {"suffix": "v1.2"}}, along=("FT006",)
    )
    yield whole("FT906", "a year later", valid, options={"today": date(2027, 11, 23)})

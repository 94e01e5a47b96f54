"""FT7: defects of a file as a whole, and of training and validation data beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.recall.plant import ROWS, Json, Plant, dumped, rows, whole

NEAR = {"extend_select": ("FT701", "FT702")}


ANSWERS = ("dry", "wet", "mild")
RARE = [*[0, 1] * 20, 2]
"""Of answers, by their index: the last comes once."""


def plants() -> Iterator[Plant]:
    """Every defect of the family."""
    for kind in ("chat", "calling", "completion", "pair"):
        yield whole("FT701", f"{kind} rows twice", dumped([*rows(kind), rows(kind)[3]]))
    turned = dict(reversed(rows("calling")[3].items()))
    yield whole("FT701", "keys in another order", dumped([*rows("calling"), turned]))
    for kind in ("long", "calling"):
        (row,) = rows(kind, 1)
        data = dumped([*rows("chat", first=ROWS), row, _longer(row)])
        along = ("FT703", *("FT708",) * (kind == "calling"))  # that the prompt is answered in two ways
        yield whole("FT702", f"a word more in a {kind} row", data, options=NEAR, along=along)
    for kind in ("chat", "completion"):
        yield whole("FT706", f"{kind} rows", dumped(_labelled(kind, [0] * ROWS)))
        # That they are classes is said of completions anyway.
        along = ("FT319",) if kind == "completion" else ()
        yield whole("FT705", f"{kind} rows", dumped(_labelled(kind, RARE)), along=along)
    for kind in ("chat", "calling", "completion"):
        yield whole("FT703", f"{kind} rows", dumped([*rows(kind), _answered(rows(kind)[3])]))
        yield _leak(kind, f"a {kind} row", rows(kind)[3])
        yield _leak(kind, f"the prompt of a {kind} row", _answered(rows(kind)[3]))


def _leak(kind: str, form: str, row: Json) -> Plant:
    held: dict[str, Any] = {"valid.jsonl": dumped([*rows(kind, 12, first=ROWS), row])}
    return whole("FT704", form, dumped(rows(kind)), options={"validation": "valid.jsonl"}, files=held)


def _longer(row: Json) -> Json:
    """Nearly the same."""
    *before, last = row["messages"]
    return {**row, "messages": [*before, {**last, "content": f"{last['content']} Well."}]}


def _labelled(kind: str, labels: list[int]) -> list[Json]:
    """Rows of which each gives one of a few answers."""
    made = rows(kind, len(labels))
    for row, label in zip(made, labels, strict=True):
        if kind == "completion":
            row["completion"] = f" {ANSWERS[label]}\n"
        else:
            row["messages"][-1]["content"] = ANSWERS[label]
    return made


def _answered(row: Json) -> Json:
    """The same prompt with another answer."""
    if "completion" in row:
        return {**row, "completion": row["completion"].replace("o", "0")}
    *before, last = row["messages"]
    return {**row, "messages": [*before, {**last, "content": f"Well: {last['content']}"}]}

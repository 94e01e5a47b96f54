"""FT7: defects of a file as a whole, and of training and validation data beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.recall.plant import ROWS, Json, Plant, dumped, rows, whole


def plants() -> Iterator[Plant]:
    """Every defect of the family."""
    for kind in ("chat", "calling", "completion", "pair"):
        yield whole("FT701", f"{kind} rows twice", dumped([*rows(kind), rows(kind)[3]]))
    turned = dict(reversed(rows("calling")[3].items()))
    yield whole("FT701", "keys in another order", dumped([*rows("calling"), turned]))
    for kind in ("chat", "calling", "completion"):
        yield whole("FT703", f"{kind} rows", dumped([*rows(kind), _answered(rows(kind)[3])]))
        yield _leak(kind, f"a {kind} row", rows(kind)[3])
        yield _leak(kind, f"the prompt of a {kind} row", _answered(rows(kind)[3]))


def _leak(kind: str, form: str, row: Json) -> Plant:
    held: dict[str, Any] = {"valid.jsonl": dumped([*rows(kind, 12, first=ROWS), row])}
    return whole("FT704", form, dumped(rows(kind)), options={"validation": "valid.jsonl"}, files=held)


def _answered(row: Json) -> Json:
    """The same prompt with another answer."""
    if "completion" in row:
        return {**row, "completion": row["completion"].replace("o", "0")}
    *before, last = row["messages"]
    return {**row, "messages": [*before, {**last, "content": f"Well: {last['content']}"}]}

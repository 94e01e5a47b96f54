"""FT707 to FT709: rows that are not shaped like the others."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.recall.plant import PLANTED_AT, TOOL, Json, Plant, dumped, rows, spoil, whole

RFT: Json = {"options": {"method": "reinforcement"}}


def plants() -> Iterator[Plant]:
    """Every defect of the family."""
    yield _prompt("a typing error", "You tell people about the wether.", 1)
    yield _prompt("a missing full stop", "You tell people about the weather", 1)
    yield _prompt("two errors", "You tel people about the weathr.", 3)
    yield _prompt("another prompt", "Answer every question in one sentence, and be polite.", 9)
    yield spoil("FT708", "tools in one row", "chat", lambda row: row.update(tools=[TOOL]))
    yield spoil("FT708", "tools in one pair", "pair", lambda row: row["input"].update(tools=[TOOL]))
    yield spoil("FT708", "one without a field", "reinforcement", lambda row: row.pop("reference"), **RFT)
    yield spoil("FT708", "one more field", "reinforcement", lambda row: row.update(source="web"), **RFT)
    yield spoil("FT709", "parts for a string", "chat", _as_parts)
    yield spoil("FT709", "a string for an object", "reinforcement", lambda row: row.update(reference="no"), **RFT)
    yield spoil("FT709", "a number", "reinforcement", lambda row: row["reference"].update(answer=5), **RFT)


def _prompt(form: str, prompt: str, number: int) -> Plant:
    """A file in which so many rows have another prompt."""
    made = rows("chat")
    for row in made[PLANTED_AT : PLANTED_AT + number]:
        row["messages"][0]["content"] = prompt
    return whole("FT707", form, dumped(made))


def _as_parts(row: Json) -> None:
    row["messages"][1]["content"] = [{"type": "text", "text": row["messages"][1]["content"]}]

"""FT6: preference and reinforcement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from benchmarks.recall.plant import ROWS, Json, Plant, dumped, reinforcement, rows, spoil, whole

GRADER: Json = {
    "type": "string_check",
    "name": "answer",
    "input": "{{ sample.output_text }}",
    "reference": "{{ item.reference.answer }}",
    "operation": "eq",
}


def _job(grader: Any, validation: bool = True) -> dict[str, Any]:
    """The arguments of a plant with a grader and a validation file."""
    content = grader if isinstance(grader, bytes) else json.dumps(grader).encode()
    files = {"grader.json": content}
    options = {"method": "reinforcement", "grader": "grader.json"}
    if validation:
        files["valid.jsonl"] = dumped(rows("reinforcement", 12, first=ROWS))
        options["validation"] = "valid.jsonl"
    return {"options": options, "files": files}


def plants() -> Iterator[Plant]:
    """Every defect of the family."""
    yield spoil("FT601", "the same text", "pair", lambda row: row.update(preferred_output=row["non_preferred_output"]))
    yield spoil("FT601", "the same text as a part, where others have strings", "pair", _as_part, along=("FT709",))
    yield spoil("FT602", "an empty answer", "pair", lambda row: row["preferred_output"][0].update(content=""))
    yield spoil("FT602", "white space", "pair", lambda row: row["non_preferred_output"][0].update(content=" \n"))
    yield spoil("FT603", "two messages", "pair", lambda row: row.update(preferred_output=row["preferred_output"] * 2))
    yield spoil("FT603", "none", "pair", lambda row: row.update(non_preferred_output=[]))
    yield spoil(
        "FT604",
        "an answer at the end of the input",
        "pair",
        lambda row: row["input"]["messages"].append({"role": "assistant", "content": "Well."}),
    )
    yield whole("FT605", "always longer", dumped([_longer(row) for row in rows("pair")]))
    both = rows("pair")
    both[20] = {
        **both[3],
        "preferred_output": both[3]["non_preferred_output"],
        "non_preferred_output": both[3]["preferred_output"],
    }
    yield whole("FT606", "both ways round", dumped(both))
    yield from _graders()


def _graders() -> Iterator[Plant]:
    valid = dumped(rows("reinforcement"))
    yield whole("FT611", "an unknown operation", valid, **_job({**GRADER, "operation": "equals"}))
    yield whole("FT611", "no reference", valid, **_job({key: GRADER[key] for key in GRADER if key != "reference"}))
    yield whole("FT611", "an unknown type", valid, **_job({**GRADER, "type": "string"}))
    yield whole(
        "FT611",
        "python without grade",
        valid,
        **_job({"type": "python", "name": "p", "source": "def score(a, b):\n    return 1"}),
    )
    yield whole(
        "FT611",
        "python that does not compile",
        valid,
        **_job({"type": "python", "name": "p", "source": "def grade(sample, item)\n"}),
    )
    multi = {"type": "multi", "name": "m", "graders": {"answer": GRADER}, "calculate_output": "answer * (1"}
    yield whole("FT611", "a formula that does not parse", valid, **_job(multi))
    yield whole("FT611", "a formula with an unknown name", valid, **_job({**multi, "calculate_output": "anser * 2"}))
    yield spoil(
        "FT612", "a field is missing", "reinforcement", lambda row: row["reference"].pop("answer"), **_job(GRADER)
    )
    yield spoil(
        "FT612", "the whole object is missing", "reinforcement", lambda row: row.pop("reference"), **_job(GRADER)
    )
    yield whole("FT613", "another namespace", valid, **_job({**GRADER, "input": "{{ output.text }}"}))
    yield whole("FT613", "an open brace", valid, **_job({**GRADER, "input": "{{ sample.output_text }"}))
    same = [{**reinforcement(number), "reference": {"answer": "no"}} for number in range(30)]
    yield whole("FT614", "always no", dumped(same), **_job(GRADER))
    yield whole("FT615", "no validation file", valid, **_job(GRADER, validation=False))


def _as_part(row: Json) -> None:
    text = row["preferred_output"][0]["content"]
    row["non_preferred_output"] = [{"role": "assistant", "content": [{"type": "text", "text": text}]}]


def _longer(row: Json) -> Json:
    answer = row["non_preferred_output"][0]["content"]
    row["preferred_output"][0]["content"] = f"{answer} And that is all there is to say about it."
    return row

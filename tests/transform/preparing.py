"""Files to split, and what became of them."""

from __future__ import annotations

import json
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from ftlint.transform.dedupe import By, Duplicates, kept
from ftlint.transform.rowfile import open_rows
from ftlint.transform.sample import sample
from ftlint.transform.sides import SIDES, Shares
from ftlint.transform.split import split
from tests.support import chat, rows_of

words = st.sampled_from(["red", "green", "blue", "ä", "a\u0308", "a\u2028b", "Ångström", "1.0", "", "{}"])
questions = st.lists(words, min_size=1, max_size=3).map(" ".join)
labels = st.sampled_from(["yes", "no", "perhaps"])
small_rows = st.one_of(
    st.builds(lambda question, label: chat(f"user: {question}", f"assistant: {label}"), questions, labels),
    st.builds(lambda prompt, label: {"prompt": prompt, "completion": label}, questions, labels),
    rows_of["preference"],
    rows_of["reinforcement"],
)
A_THIRD = Shares(0.3)
files = st.lists(small_rows, min_size=2, max_size=30)


def numbered(count: int) -> list[dict[str, Any]]:
    """So many rows, of which each asks something else."""
    return [chat(f"user: What is {number} times {number}?", f"assistant: {number**2}") for number in range(count)]


def split_bytes(data: bytes, shares: Shares = A_THIRD, **options: Any) -> dict[str, bytes]:
    """The bytes of each side of a file of these bytes."""
    outputs = {side: BytesIO() for side in SIDES}
    with TemporaryDirectory() as directory:
        path = Path(directory, "rows.jsonl")
        path.write_bytes(data)
        with open_rows(str(path)) as file:
            split(file, shares, lambda side: outputs[SIDES[side]], **options)
    return {side: output.getvalue() for side, output in outputs.items()}


def side_of(sides: dict[str, bytes]) -> dict[bytes, str]:
    """The side of each line."""
    return {line: side for side, data in sides.items() for line in lines_of(data)}


def deduped(data: bytes, by: By = "row", near: bool = False) -> tuple[bytes, list[dict[str, Any]]]:
    """The bytes that stay, and the records of those that go."""
    output, removed = BytesIO(), BytesIO()
    with TemporaryDirectory() as directory, ExitStack() as stack:
        path = Path(directory, "rows.jsonl")
        path.write_bytes(data)
        duplicates = Duplicates([stack.enter_context(open_rows(str(path)))], by, near)
        duplicates.look()
        kept(duplicates, output, removed)
    return output.getvalue(), [json.loads(line) for line in removed.getvalue().split(b"\n") if line]


def sampled(data: bytes, count: int, **options: Any) -> bytes:
    """The bytes of a sample."""
    output = BytesIO()
    with TemporaryDirectory() as directory:
        path = Path(directory, "rows.jsonl")
        path.write_bytes(data)
        with open_rows(str(path)) as file:
            sample(file, count, output, **options)
    return output.getvalue()


def lines_of(data: bytes) -> list[bytes]:
    """The lines of a file."""
    return [line for line in data.split(b"\n") if line]

"""What a conversion did, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ftlint.core.visible import masked

if TYPE_CHECKING:
    from ftlint.transform.convert import Input, Outcome
    from ftlint.transform.losses import Loss

HEADS = {"row": "not written", "turn": "lost", "key": "lost", "changed": "changed", "added": "added"}


def render_text(outcome: Outcome) -> Iterator[str]:
    """A line a file, and a line for everything that was lost, changed or added."""
    several = len(outcome.inputs) > 1
    for one in outcome.inputs:
        yield _file(one)
        yield from one.notes
    for loss in outcome.losses.of("row", "turn", "key", "changed", "added"):
        yield f"{HEADS[loss.what]}: {_name(loss)}, {_times(loss)} ({_rows(loss, several)})"


def _file(one: Input) -> str:
    kinds = [f"{count:,} {title}" for title, count in one.dialects.most_common()]
    told = f"of {', '.join(kinds) if len(kinds) > 1 else next(iter(one.dialects), 'no known format')}"
    return f"{one.path}: {one.records:,} {_plural('row', one.records)} {told}; {one.written:,} written"


def _name(loss: Loss) -> str:
    return f"key {loss.name}" if loss.what == "key" else loss.name


def _times(loss: Loss) -> str:
    return "once" if loss.count == 1 else f"{loss.count:,} times"


def _rows(loss: Loss, several: bool) -> str:
    places = [f"{path} row {row}" if several else str(row) for path, row in loss.rows]
    head = "" if several else f"{_plural('row', len(places))} "
    return f"{head}{', '.join(places)}{', …' if loss.count > len(places) else ''}"


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"


def render_json(outcome: Outcome, output: str) -> Iterator[str]:
    """One object; `version` changes when a key changes its meaning."""
    losses = outcome.losses
    document = {
        "version": 1,
        "to": outcome.to,
        "output": output,
        "written": outcome.written,
        "inputs": [
            {"path": one.path, "rows": one.records, "written": one.written, "dialects": dict(one.dialects)}
            | ({"notes": list(one.notes)} if one.notes else {})
            for one in outcome.inputs
        ],
        "lost": [_entry(loss) for loss in losses.lost],
        "changed": [_entry(loss) for loss in losses.of("changed")],
        "added": [_entry(loss) for loss in losses.of("added")],
    }
    yield json.dumps(document, indent=2)


def _entry(loss: Loss) -> dict[str, Any]:
    first = [{"input": path, "row": row} for path, row in loss.rows]
    return {"what": loss.what, "name": masked(loss.name), "count": loss.count, "first": first}

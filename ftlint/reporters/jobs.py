"""Jobs and what belongs to them, in the service's own words: unknown fields and statuses stand there as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ftlint.core.visible import visible
from ftlint.reporters.columns import padded, table
from ftlint.reporters.following import event_line
from ftlint.reporters.paint import Paint
from ftlint.reporters.values import moment, shown

Json = dict[str, Any]

DEEPEST = 5
"""Levels of an object that are shown as lines; what is deeper is shown as JSON."""
TIMES = ("_at", "estimated_finish")
"""How the fields end that hold seconds since 1970."""


def as_json(name: str, value: Any) -> Iterator[str]:
    """The service's objects, as they are, under a name; ASCII only."""
    yield json.dumps({"version": 1, name: value}, indent=2)


def render_list(jobs: Sequence[Json], paint: Paint) -> Iterator[str]:
    """A line a job."""
    if not jobs:
        return
    rows = [("job", "status", "created", "model", "trained tokens", "fine-tuned model")]
    for job in jobs:
        tokens = job.get("trained_tokens")
        rows.append(
            (
                shown(job.get("id")),
                shown(job.get("status")),
                moment(job.get("created_at")),
                shown(job.get("model")),
                f"{tokens:,}" if isinstance(tokens, int) else shown(tokens),
                shown(job.get("fine_tuned_model")),
            )
        )
    yield from table(rows, paint, frozenset({4}))


def render_one(job: Json) -> Iterator[str]:
    """Every field that holds something."""
    yield from _tree(job, "", 0)


def render_events(events: Sequence[Json], paint: Paint) -> Iterator[str]:
    """A line an event, the oldest first. The service names the newest first."""
    for event in reversed(events):
        yield event_line(event, paint)


def render_checkpoints(checkpoints: Sequence[Json], paint: Paint) -> Iterator[str]:
    """A line a checkpoint, with all metrics that any of them has."""
    if not checkpoints:
        return
    metrics = [one["metrics"] if isinstance(one.get("metrics"), dict) else {} for one in checkpoints]
    names = [name for name in dict.fromkeys(name for one in metrics for name in one) if name != "step"]
    rows = [("step", "created", *(visible(name) for name in names), "model")]
    for checkpoint, own in zip(checkpoints, metrics, strict=True):
        rows.append(
            (
                shown(checkpoint.get("step_number", own.get("step"))),
                moment(checkpoint.get("created_at")),
                *(shown(own.get(name)) for name in names),
                shown(checkpoint.get("fine_tuned_model_checkpoint")),
            )
        )
    yield from table(rows, paint, frozenset({0, *range(2, 2 + len(names))}))


def _tree(value: Json, indent: str, depth: int) -> Iterator[str]:
    held = {key: item for key, item in value.items() if item not in (None, "", [], {})}
    column = max((len(visible(key)) for key in held if not _is_nested(held[key], depth)), default=0)
    for key, item in held.items():
        if not _is_nested(item, depth):
            told = moment(item) if key.endswith(TIMES) else shown(item)
            yield f"{indent}{padded(visible(key), column)}  {told}"
            continue
        yield f"{indent}{visible(key)}"
        for number, one in enumerate(item if isinstance(item, list) else [item]):
            if number:
                yield f"{indent}  --"
            yield from _tree(one, f"{indent}  ", depth + 1)


def _is_nested(value: Any, depth: int) -> bool:
    """Whether it is shown as lines: an object, or several."""
    if depth >= DEEPEST:
        return False
    return isinstance(value, dict) or (isinstance(value, list) and all(isinstance(one, dict) for one in value))

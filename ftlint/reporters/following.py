"""What happens to a job, a line a step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ftlint.core.visible import visible
from ftlint.reporters.paint import Paint
from ftlint.reporters.values import moment

LEVELS = {"error": "error", "warn": "warning", "warning": "warning"}
METRICS = ("step", "total_steps", "train_loss", "train_mean_token_accuracy", "valid_loss", "full_valid_loss")
"""Of the metrics of an event, those that are worth a line; their names are the service's."""


def status_line(job: dict[str, Any], paint: Paint) -> str:
    """The job and its status."""
    return f"{visible(str(job.get('id')))} is {paint(visible(str(job.get('status'))), 'bold')}"


def event_line(event: dict[str, Any], paint: Paint) -> str:
    """One event: when, how bad, what."""
    data = event.get("data")
    text = str(event.get("message") or "")
    if event.get("type") == "metrics" and isinstance(data, dict):
        figures = ", ".join(f"{name} {_figure(data[name])}" for name in METRICS if data.get(name) is not None)
        text = figures or text
    level = str(event.get("level"))
    shown = visible(text[:2_000])
    return (
        f"{paint(moment(event.get('created_at')), 'dim')}  {paint(shown, LEVELS[level]) if level in LEVELS else shown}"
    )


def ended(job: dict[str, Any], price: float | None, paint: Paint) -> Iterator[str]:
    """What came out: the model, the tokens that were trained, what they cost at the known price."""
    if job.get("status") != "succeeded":
        return
    yield f"model  {paint(visible(str(job.get('fine_tuned_model'))), 'bold')}"
    trained = job.get("trained_tokens")
    if isinstance(trained, int) and not isinstance(trained, bool):
        cost = f", about ${trained * price / 1e6:,.2f} at ${price:,.2f}/1M" if price is not None else ""
        yield f"trained tokens  {trained:,}{cost}"


def as_json(value: dict[str, Any]) -> str:
    """One line of JSON; in the service's own fields."""
    return json.dumps(value, ensure_ascii=True)


def _figure(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else visible(str(value))

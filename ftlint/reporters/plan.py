"""What publishing would do, for people: the last thing to read before money is spent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from ftlint.core.visible import visible
from ftlint.reporters.paint import Paint, spelt
from ftlint.reporters.summary import money

if TYPE_CHECKING:
    from ftlint.profiles.model import Profile

WIDTH = 13
"""Of the column of labels."""


def render(plan: dict[str, Any], profile: Profile, figures: dict[str, float | None], paint: Paint) -> Iterator[str]:
    """
    The plan, one fact a line. `plan` is `Plan.to_dict()`.

    `figures`: `price`, dollars per million tokens, and `hourly`, dollars an hour of training, None where unknown.
    """
    for file in plan["files"]:
        yield _line(file["purpose"], f"{paint(spelt(file['path']), 'path')}: {_counts(file)}", paint)
        yield _line("", f"sha256 {file['sha256']}, sent as {visible(file['name'])}", paint)
    yield _line("model", f"{visible(plan['model']['name'])}{_dates(profile)}", paint)
    yield _line("method", _method(plan["request"], plan["method"]), paint)
    yield _line("cost", _cost(plan, figures), paint)
    yield from (_line(label, text, paint) for label, text in _rest(plan["request"]))
    yield _line("destination", _destination(plan["destination"]), paint)
    if plan["warnings"]:
        yield _line("warnings", f"{plan['warnings']:,}, no errors; ftlint check shows them", paint)


def _line(label: str, text: str, paint: Paint) -> str:
    return f"  {paint(f'{label:<{WIDTH}}', 'dim')}{text}"


def _counts(file: dict[str, Any]) -> str:
    rows = "1 row" if file["rows"] == 1 else f"{file['rows']:,} rows"
    if file["tokens"] is None:
        tokens = "tokens unknown"
    else:
        billed = file["billed_tokens"]
        tokens = f"{file['tokens']:,} tokens" + (f", {billed:,} billed" if billed != file["tokens"] else "")
    return f"{rows}, {file['bytes']:,} bytes, {tokens}"


def _dates(profile: Profile) -> str:
    known = (
        ("no new jobs from", profile.job_creation_closed),
        ("shut down on", profile.shutdown),
        ("its fine-tuned models on", profile.tuned_shutdown),
    )
    told = [f"{what} {day}" for what, day in known if isinstance(day, date)]
    return f" ({', '.join(told)})" if told else ""


def _method(request: dict[str, Any], method: str) -> str:
    """The method with its hyperparameters; the grader is named by its kind."""
    own = (request.get("method") or {}).get(method) or {}
    given = own.get("hyperparameters") or request.get("hyperparameters") or {}
    parts = [f"{name} {_value(value)}" for name, value in given.items()]
    if isinstance(own.get("grader"), dict):
        parts.append(f"grader {_value(own['grader'].get('type'))}")
    return f"{method}{': ' if parts else ''}{', '.join(parts)}"


def _cost(plan: dict[str, Any], figures: dict[str, float | None]) -> str:
    if plan["method"] == "reinforcement":
        hourly = figures["hourly"]
        return f"${hourly:,.2f} an hour of training" if hourly else "unknown: billed by the hour, at an unknown price"
    epochs = "1 epoch" if plan["epochs"] == 1 else f"{plan['epochs']} epochs"
    if not plan["epochs_asked"]:
        epochs += " (its automatic choice, estimated)"
    billed = plan["files"][0]["billed_tokens"]
    if plan["cost"] is None or billed is None or figures["price"] is None:
        return f"unknown, {epochs}"
    total = billed * (plan["epochs"] or 1)
    return (
        f"about {money(plan['cost']['usd'])}: {billed:,} billed tokens × {epochs} = {total:,} "
        f"× ${figures['price']:,.2f}/1M (price of {plan['cost']['price_as_of']})"
    )


def _rest(request: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Whatever else the request holds, as it is sent."""
    for name, value in request.items():
        if name not in ("model", "method", "hyperparameters"):
            yield name, _value(value)


def _value(value: Any) -> str:
    return visible(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _destination(destination: dict[str, Any]) -> str:
    account = [f"{name} {destination[name]}" for name in ("organization", "project") if destination[name]]
    named = f" ({destination['id']})" if destination["id"] != destination["host"] else ""
    return visible(f"{destination['host']}{named}{', ' if account else ''}{', '.join(account)}")

"""`ftlint models`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from ftlint.cli import options, output
from ftlint.profiles.catalog import all_profiles, provider, providers, resolve
from ftlint.profiles.model import Profile


@click.command("models")
@click.argument("names", nargs=-1)
@click.option("--today", type=options.Day(), help="The day to take prices of.")
@options.text_or_json
@options.output_options
def command(names: tuple[str, ...], today: date | None, kind: str, output_file: str | None, color: str) -> None:
    """
    List the known models, or show all that is known of the models and providers in NAMES.

    Prices are dollars per million tokens of training; what is unknown is shown as ?.
    """
    day = today or date.today()
    profiles = [resolve(name) for name in names] if names else list(all_profiles())
    if kind == "json":
        output.write(_json(profiles), output_file)
    elif names:
        output.write(_details(profiles), output_file)
    else:
        output.write(_table(profiles, day), output_file)


def _json(profiles: list[Profile]) -> Iterator[str]:
    import json

    yield json.dumps({"version": 1, "models": [_facts(profile) for profile in profiles]}, indent=2, default=str)


def _table(profiles: list[Profile], day: date) -> Iterator[str]:
    rows = [("model", "also", "methods", "context", "training", "new jobs until", "shutdown")]
    for profile in profiles:
        price = profile.price_on(day)
        training = f"${price.training:,.2f}" if price and price.training is not None else "?"
        if price and price.training_per_hour is not None:
            training = f"${price.training_per_hour:,.0f}/h"
        rows.append(
            (
                f"{profile.provider}/{profile.id}",
                ", ".join(profile.aliases) or "-",
                ", ".join(profile.methods),
                f"{profile.training_context:,}" if profile.training_context is not None else "?",
                training,
                str(profile.job_creation_closed or "?"),
                str(profile.shutdown or "?"),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    yield ""
    others = [name for name in providers() if provider(name).any_model]
    yield f"Targets that take the name of any model, as in {others[0]}/NAME: {', '.join(others)}."
    yield f"Training price on {day}, dollars per million tokens. `ftlint models NAME` shows limits, sources and notes."


def _details(profiles: list[Profile]) -> Iterator[str]:
    for number, profile in enumerate(profiles):
        if number:
            yield ""
        yield f"{profile.provider}/{profile.id}" if profile.id else f"{profile.provider} (any model)"
        yield from _tree(_facts(profile), "  ")
        if profile.id is None and (models := provider(profile.provider).models):
            yield from _tree({"models": [model.id for model in models]}, "  ")


def _facts(profile: Profile) -> dict[str, Any]:
    """What is known, and behind it who says so."""
    facts: dict[str, Any] = _plain(profile)
    return facts | {key: facts.pop(key) for key in ("source", "checked", "confidence", "notes")}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return _plain(value._asdict()) if hasattr(value, "_asdict") else [_plain(item) for item in value]
    return value


def _tree(value: Any, indent: str) -> Iterator[str]:
    items = value.items() if isinstance(value, dict) else (("-", item) for item in value)
    for key, item in items:
        if item in (None, "", (), [], {}):
            continue
        if isinstance(item, (dict, list, tuple)):
            yield f"{indent}{key}"
            yield from _tree(item, indent + "  ")
        else:
            yield f"{indent}{key}: {item}" if key != "-" else f"{indent}- {item}"

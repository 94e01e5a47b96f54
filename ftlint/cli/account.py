"""What the commands share that look at an account: which service it is at, and the connection to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ftlint.cli import options, output
from ftlint.cli.service import address_of, address_options, connected
from ftlint.config.load import load
from ftlint.engine.run import on_day

if TYPE_CHECKING:
    from ftlint.config.load import Configuration
    from ftlint.publish.connection import Address
    from ftlint.publish.openai import Json, Service
    from ftlint.reporters.paint import Paint

Command = TypeVar("Command", bound=Callable[..., Any])

LIMIT = 20
"""Entries of a list that are shown."""


def account_options(command: Command) -> Command:
    """Which account. `opened` reads them."""
    command = options.text_or_json(options.configuration_options(command))
    command = click.option("--model", help="Model whose provider is meant, as in azure/gpt-4o.")(command)
    return address_options(command)


def limit_option(command: Command) -> Command:
    """How long a list is."""
    limit = click.IntRange(min=1)
    return click.option("--limit", type=limit, default=LIMIT, show_default=True, help="Entries to show.")(command)


def opened(given: dict[str, Any]) -> Service:
    """The service that the options of `account_options` name, which are taken out of those that were given."""
    from ftlint.publish.openai import Service

    address = address_of(given)
    settings = configuration_of(given).settings
    return Service(connected(address, provider_of(settings.model, address), settings))


def configuration_of(given: dict[str, Any]) -> Configuration:
    """The configuration that the options name."""
    config = Path(given["config"]) if given["config"] else None
    return on_day(load(Path.cwd(), config, given["isolated"], model=given["model"]), date.today())


def provider_of(model: str | None, address: Address) -> str:
    """The provider whose service is meant: the model's, where the user does not name the service."""
    from ftlint.profiles.catalog import providers, resolve

    if address.destination is not None or address.base_url is not None or model is None:
        return providers()[0]
    return resolve(model).provider


def show_list(
    given: dict[str, Any],
    path: str,
    what: str,
    render: Callable[[Sequence[Json], Paint], Iterable[str]],
    kind: str,
    limit: int,
    **query: str,
) -> None:
    """The first entries of a list of the account, and whether there are more."""
    from ftlint.publish.account import listed
    from ftlint.reporters.jobs import as_json

    found = listed(opened(given), path, limit, **query)
    lines = as_json(what, found.entries) if kind == "json" else render(found.entries, output.painter("auto", False))
    output.write(lines, None)
    if found.more:
        output.note([f"there are more than {limit:,} {what}; --limit shows more"])
    elif not found.entries:
        output.note([f"there are no {what}"])

"""Options that several commands share. An option's name is the field of `Settings` that it sets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import click

from ftlint.config.load import is_amount

Command = TypeVar("Command", bound=Callable[..., Any])


class Money(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """A sum in dollars."""

    name = "usd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """`3.50` and `$3.50`; nothing negative, nothing infinite."""
        try:
            amount = Decimal(str(value).removeprefix("$"))
        except InvalidOperation:
            self.fail(f'"{value}" is not a sum in dollars', param, ctx)
        if not is_amount(amount):
            self.fail(f'"{value}" is not a sum in dollars', param, ctx)
        return amount


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """A day as YYYY-MM-DD."""

    name = "yyyy-mm-dd"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Parse it."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f'"{value}" is not a day as YYYY-MM-DD', param, ctx)


class Words(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """Words separated by commas."""

    name = "rules"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Split them."""
        return value if isinstance(value, tuple) else tuple(word.strip() for word in value.split(",") if word.strip())


class FileIgnore(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """A glob pattern, a colon, a rule."""

    name = "glob:rule"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split it at the last colon."""
        pattern, colon, code = value.rpartition(":")
        if not colon or not pattern or not code:
            self.fail(f'"{value}" is not of the form GLOB:RULE', param, ctx)
        return pattern, code


def target_options(command: Command) -> Command:
    """What the rows are for."""
    for option in reversed(
        (
            click.option(
                "--method", type=click.Choice(["supervised", "dpo", "reinforcement"]), help="Training method."
            ),
            click.option(
                "--format",
                type=click.Choice(["chat", "completion", "preference", "reinforcement"]),
                help="Format of the rows; by default it is recognised.",
            ),
            click.option(
                "--epochs",
                type=click.IntRange(min=1),
                help="Epochs; by default the provider's automatic choice.",
            ),
            click.option(
                "--encoder",
                type=click.Choice(["tiktoken", "splintr"]),
                help="What counts the tokens; by default splintr where it is installed.",
            ),
            click.option("--today", type=Day(), help="The day to compare prices and closing dates with."),
        )
    ):
        command = option(command)
    return command


def cache_dir(command: Command) -> Command:
    """Where the cache is."""
    return click.option(
        "--cache-dir",
        metavar="DIRECTORY",
        envvar="FTLINT_CACHE_DIR",
        help="Directory of the cache; by default in the user's directory for caches.",
    )(command)


def cache_options(command: Command) -> Command:
    """Whether results are kept between runs, and where."""
    return click.option(
        "--cache/--no-cache", " /-n", default=None, help="Remember what was found in the parts of a file, or do not."
    )(cache_dir(command))


def configuration_options(command: Command) -> Command:
    """Where the settings come from."""
    command = click.option("--isolated", is_flag=True, help="Read no configuration file.")(command)
    return click.option(
        "--config",
        type=click.Path(dir_okay=False),
        help="Configuration file; by default the nearest ftlint.toml or pyproject.toml.",
    )(command)


def output_options(command: Command) -> Command:
    """Where the output goes, and how it looks."""
    command = click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour on a terminal, always or never.",
    )(command)
    return click.option("-o", "--output-file", type=click.Path(dir_okay=False), help="Write the report to a file.")(
        command
    )


def text_or_json(command: Command) -> Command:
    """How a command prints that has one form for people and one for programs."""
    kinds = click.Choice(["text", "json"])
    return click.option("--output-format", "kind", type=kinds, default="text", help="How to print.")(command)


def flat(values: tuple[tuple[str, ...], ...]) -> tuple[str, ...] | None:
    """An option given several times, each time with several words; None when it was not given."""
    return tuple(word for words in values for word in words) or None


def by_pattern(pairs: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, ...]] | None:
    """Pairs of pattern and rule as the setting `per-file-ignores`."""
    table: dict[str, tuple[str, ...]] = {}
    for pattern, code in pairs:
        table[pattern] = (*table.get(pattern, ()), code)
    return table or None

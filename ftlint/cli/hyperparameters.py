"""Options for what a job is told beside its files."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from ftlint.core.errors import FtlintError

Command = TypeVar("Command", bound=Callable[..., Any])

NUMBERS = {
    "batch_size": "Rows of a batch, or auto.",
    "learning_rate_multiplier": "Factor of the learning rate, or auto.",
    "beta": "Weight of the penalty between policy and reference model (dpo), or auto.",
    "compute_multiplier": "Factor of the compute (reinforcement), or auto.",
    "eval_interval": "Steps between evaluations (reinforcement), or auto.",
    "eval_samples": "Samples of an evaluation (reinforcement), or auto.",
}
"""Hyperparameters with an option of their own; their ranges are in the profiles and are checked with the file."""


class Number(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """A number, or auto."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float | int | str:
        """A whole number stays one."""
        if value == "auto":
            return "auto"
        number = _number(str(value))
        if number is None:
            self.fail(f'"{value}" is neither a number nor auto', param, ctx)
        return number


class Pair(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """A key, an equals sign, a value."""

    name = "key=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split it at the first equals sign."""
        key, equals, rest = value.partition("=")
        if not equals or not key.strip():
            self.fail(f'"{value}" is not of the form KEY=VALUE', param, ctx)
        return key.strip(), rest


class JsonObject(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """A JSON object."""

    name = "json"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, Any]:
        """Parse it."""
        try:
            parsed = value if isinstance(value, dict) else json.loads(value)
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict):
            self.fail("it is not a JSON object", param, ctx)
        return parsed


def hyperparameter_options(command: Command) -> Command:
    """How the model is trained."""
    command = click.option(
        "--hyperparameter",
        "others",
        type=Pair(),
        multiple=True,
        help="Any other hyperparameter, as the destination names it.",
    )(command)
    command = click.option(
        "--reasoning-effort",
        type=click.Choice(["default", "low", "medium", "high"]),
        help="Effort of reasoning (reinforcement).",
    )(command)
    for name, text in reversed(NUMBERS.items()):
        command = click.option(f"--{name.replace('_', '-')}", type=Number(), help=text)(command)
    return command


def hyperparameters_of(given: dict[str, Any]) -> dict[str, Any]:
    """Take the options out of those that were given."""
    own = {name: given.pop(name) for name in (*NUMBERS, "reasoning_effort")}
    table = {name: value for name, value in own.items() if value is not None}
    for name, text in given.pop("others"):
        table[name] = _typed(text)
    return table


def pairs(given: tuple[tuple[str, str], ...], what: str) -> dict[str, str]:
    """Pairs as a table. Raises FtlintError for a key that is given twice."""
    table: dict[str, str] = {}
    for key, value in given:
        if key in table:
            raise FtlintError(f'{what} "{key}" is given twice')
        table[key] = value
    return table


def _typed(text: str) -> Any:
    """A number, true, false, or the text itself."""
    return {"true": True, "false": False}.get(text, number if (number := _number(text)) is not None else text)


def _number(text: str) -> float | int | None:
    for kind in (int, float):
        try:
            number = kind(text)
        except ValueError:
            continue
        return number if abs(number) < 1e300 else None
    return None

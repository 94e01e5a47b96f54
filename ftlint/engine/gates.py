"""Budgets: what the training files of a job take, held against what they may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ftlint.config.settings import Settings
from ftlint.core.types import Problem, Severity
from ftlint.core.visible import visible
from ftlint.engine.outcome import FileOutcome
from ftlint.engine.report import Gate, GateName, Verdict
from ftlint.formats.clusters import repeats

NAMES: tuple[GateName, ...] = ("max-cost", "max-tokens", "max-rows", "min-rows", "max-duplicates", "max-over-limit")

SAID: dict[GateName, str] = {
    "max-cost": "The estimated cost is {value}, the budget is {limit}",
    "max-tokens": "{value:,} billed tokens in {epochs}, the budget is {limit:,}",
    "max-rows": "Rows to train on: {value:,}, the budget is {limit:,}",
    "min-rows": "Rows to train on: {value:,}, the budget asks for {limit:,} or more",
    "max-duplicates": "Rows that repeat an earlier one: {value:,}, the budget is {limit:,}",
    "max-over-limit": "Rows over the context limit: {value:,}, the budget is {limit:,}",
}
UNKNOWN: dict[GateName, str] = {
    "max-cost": "The cost is unknown and the budget is {limit}: {reason}",
    "max-tokens": "The number of tokens is unknown and the budget is {limit:,}: {reason}",
    "max-rows": "The number of rows is unknown and the budget is {limit:,}: {reason}",
    "min-rows": "The number of rows is unknown and the budget asks for {limit:,} or more: {reason}",
    "max-duplicates": "The number of rows that repeat an earlier one is unknown and the budget is {limit:,}: {reason}",
    "max-over-limit": "The number of rows over the context limit is unknown and the budget is {limit:,}: {reason}",
}
PRICE = "name the model with --model, or set its price in the configuration, [tool.ftlint.prices]"


class Figure(NamedTuple):
    """What is held against a budget; None with the reason, where nobody knows it."""

    value: Decimal | int | None
    reason: str = ""
    help: str | None = None


def judge(
    outcomes: Sequence[FileOutcome],
    settings: Settings,
    active: Callable[[str], dict[str, Severity]],
    dataset: str | None = None,
    *,
    lacks_training: bool = False,
) -> list[Gate]:
    """
    Hold each training file, or all of a dataset's together, against the budgets that are set; FT508 is added to what
    was found in the first of them. With `lacks_training` one of them could not be read.

    Files that nobody calls training data, as they have no known format and belong to no dataset, have no budget.
    """
    training = [one for one in outcomes if one.report.purpose == "training" and (one.report.format or dataset)]
    together = dataset is not None and (len(training) > 1 or lacks_training)
    gates: list[Gate] = []
    for group in [training] if together and training else [[one] for one in training]:
        problems: list[Problem] = []
        for name in NAMES:
            limit = getattr(settings, name.replace("-", "_"))
            if limit is None:
                continue
            figure = (
                Figure(None, "a training file cannot be read") if lacks_training and together else _sum(name, group)
            )
            verdict = _verdict(name, figure.value, limit)
            if verdict != "ok":
                problems.append(_problem(name, figure, limit, group))
            path = None if together else group[0].report.path
            gates.append(
                Gate(
                    name=name,
                    dataset=dataset,
                    path=path,
                    limit=_plain(limit),
                    value=None if figure.value is None else _plain(figure.value),
                    verdict=verdict,
                )
            )
        group[0].add_problems(problems, active(group[0].report.path))
    return gates


def _sum(name: GateName, group: Sequence[FileOutcome]) -> Figure:
    if name == "max-duplicates":
        return _repeats(group)
    total: Decimal | int = 0
    for outcome in group:
        figure = _figure(name, outcome)
        if figure.value is None:
            return figure
        total += figure.value
    return Figure(total)


def _repeats(group: Sequence[FileOutcome]) -> Figure:
    """The rows that FT701 reports: valid rows that say what one before them says, in their file or in another."""
    for outcome in group:
        if outcome.context is None:
            return Figure(None, "the rows cannot be read")
        if outcome.report.rows and outcome.report.format is None:
            return Figure(None, f"the rows of {visible(outcome.report.path)} have no known format")
    return Figure(repeats([one.contents for one in group if one.contents is not None]))


def _figure(name: GateName, outcome: FileOutcome) -> Figure:
    """What one file takes."""
    report, details, tokens = outcome.report, outcome.details, outcome.report.tokens
    if outcome.context is None:
        return Figure(None, "the rows cannot be read")
    if name in ("max-rows", "min-rows"):
        return Figure(report.rows)
    if not report.rows:
        return Figure(0)
    named = report.model or report.provider
    if name == "max-cost":
        if report.cost is not None:
            return Figure(Decimal(str(report.cost.amount)))
        if details.price is not None and details.tokenizer_known and report.method != "reinforcement":
            return Figure(None, "no row could be counted")
        whose = report.model or f"{report.provider} without --model"
        return Figure(None, f"no price per token is known for {whose}", PRICE)
    if not details.tokenizer_known:
        return Figure(None, f"the tokenizer of {named} is not known")
    if name == "max-over-limit" and details.limit is None:
        return Figure(None, f"the context limit of {named} is not known", "name the model with --model")
    if tokens is None:
        return Figure(None, "no row could be counted")
    return Figure(tokens.over_limit if name == "max-over-limit" else tokens.billed * (report.epochs or 1))


def _verdict(name: GateName, value: Decimal | int | None, limit: Decimal | int) -> Verdict:
    if value is None:
        return "unknown"
    return "ok" if (value >= limit if name == "min-rows" else value <= limit) else "exceeded"


def _problem(name: GateName, figure: Figure, limit: Decimal | int, group: Sequence[FileOutcome]) -> Problem:
    number = group[0].report.epochs or 1
    one = "1 epoch" if number == 1 else f"{number} epochs"
    epochs = one if len(group) == 1 else "all epochs"
    value: Decimal | int | str | None = figure.value
    most: Decimal | int | str = limit
    if isinstance(limit, Decimal):
        value, most = _dollars(Decimal(value or 0), limit)
    words = {"value": value, "limit": most, "reason": figure.reason, "epochs": epochs}
    said = UNKNOWN[name] if figure.value is None else SAID[name]
    together = "" if len(group) == 1 else f" ({len(group)} training files together)"
    return Problem("FT508", said.format(**words) + together, help=figure.help)


def _dollars(value: Decimal, limit: Decimal) -> tuple[str, str]:
    """Both in cents, or in four digits where cents would not tell them apart."""
    digits = 2 if round(value, 2) > round(limit, 2) else 4
    return f"${value:,.{digits}f}", f"${limit:,.2f}"


def _plain(value: Decimal | int) -> float:
    return float(value) if isinstance(value, Decimal) else value

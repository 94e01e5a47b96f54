"""What only the whole file shows: its figures, its cost, and the problems of the file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from ftlint.config.settings import Settings
from ftlint.core.types import Fix, Problem
from ftlint.engine.collect import collector
from ftlint.engine.report import Cost, FileDetails, TokenSummary
from ftlint.engine.result import ChunkResult
from ftlint.engine.target import Detected, takes
from ftlint.profiles.model import FormatName, Price
from ftlint.rules.base import FileFacts, FileRule, Target
from ftlint.rules.registry import RULES
from ftlint.tokens.cost import auto_epochs, training_cost

SPOKEN = {"completion": "prompt/completion"}


def token_summary(result: ChunkResult, target: Target, limit: int | None) -> TokenSummary | None:
    """The distribution of a file's tokens, or None when it has no counted row."""
    if not result.tokens:
        return None
    counts = sorted(result.tokens)
    cut = limit if limit is not None and target.profile.over_limit == "truncate" else None
    return TokenSummary(
        encoding=target.profile.encoding,
        total=sum(counts),
        trained=sum(result.trained),
        billed=sum(min(count, cut) for count in counts) if cut is not None else sum(counts),
        min=counts[0],
        p5=_percentile(counts, 5),
        median=float(median(counts)),
        mean=round(sum(counts) / len(counts), 2),
        p95=_percentile(counts, 95),
        max=counts[-1],
        over_limit=sum(count > limit for count in counts) if limit is not None else 0,
    )


def cost_of(tokens: TokenSummary | None, epochs: int, target: Target, settings: Settings) -> tuple[Cost | None, Price | None]:
    """The estimated cost and the price behind it; no cost when the price is unknown or by the hour."""
    profile, today = target.profile, settings.today
    assert today is not None
    price = profile.price_on(today)
    own = settings.prices.get(profile.id or "")
    if own is not None:
        price = Price(start=today, source="your configuration", training=own.training)
    if tokens is None or price is None or price.training is None:
        return None, price
    amount = training_cost(tokens.billed, epochs, price.training)
    return Cost(currency="USD", amount=float(round(amount, 6)), price_as_of=price.start), price


def epochs_of(rows: int, settings: Settings) -> int:
    """The epochs that were asked for, or the provider's automatic choice."""
    asked = settings.hyperparameters.get("n_epochs")
    if settings.epochs is not None:
        return settings.epochs
    return asked if type(asked) is int else auto_epochs(rows)


def details_of(result: ChunkResult, target: Target, limit: int | None, price: Price | None) -> FileDetails:
    """The figures behind the report."""
    cut = limit if target.profile.over_limit == "truncate" else None
    return FileDetails(
        limit=limit,
        inference_limit=target.profile.inference_context,
        price=price.training if price else None,
        price_start=price.start if price else None,
        price_source=price.source if price else None,
        price_note=price.note if price else None,
        hourly=price.training_per_hour if price else None,
        images=result.images,
        roles=dict(result.roles.most_common()),
        token_counts=tuple(result.tokens),
        tokens_lost=sum(count - cut for count in result.tokens if count > cut) if cut is not None else 0,
        unparsed=result.unparsed,
        named=target.named,
        rows_affected=len({hit.row for hit in result.hits}),
    )


def file_problems(
    result: ChunkResult, detected: Detected, format: FormatName | None, target: Target, facts: FileFacts, first: bool
) -> Iterator[Problem]:
    """The problems of a file as a whole."""
    if format is None:
        yield from _no_format(result, detected, target)
        if result.rows == result.unparsed:
            return
    else:
        yield from _wrong_method(detected, format, target)
        yield from _mixed(result, format)
    collected: list[Problem] = []
    for rule_type in RULES:
        if issubclass(rule_type, FileRule) and (first or not rule_type.per_run):
            if format is None and not rule_type.per_run:
                continue
            rule_type().check(facts, target, collector(rule_type.code, collected))
    yield from collected


def without_system(result: ChunkResult) -> Problem | None:
    """FT213: a minority of the rows lacks the system message that the others have."""
    lacking = result.conversations - result.systems
    if not 0 < lacking < result.conversations / 2 or result.first_without_system is None:
        return None
    rows = "row has" if lacking == 1 else "rows have"
    return Problem(
        "FT213",
        f"{lacking:,} of {result.conversations:,} {rows} no system message, the others have one",
        pointer=result.first_without_system.problem.pointer,
    )


def _no_format(result: ChunkResult, detected: Detected, target: Target) -> Iterator[Problem]:
    if detected.dialect is not None:
        rows = "1 row is" if result.foreign_rows == 1 else f"{result.foreign_rows:,} rows are"
        yield Problem("FT110", f"{rows} in the format of {detected.dialect}, which {target.profile.provider} does not take")
    elif detected.objects:
        keys = ", ".join(f'"{key[:30]}"' for key in detected.keys)
        yield Problem("FT108", f"Not checked: the rows have no known format (their keys: {keys})")


def _wrong_method(detected: Detected, format: FormatName, target: Target) -> Iterator[Problem]:
    if not takes(target, format):
        taken = " or ".join(SPOKEN.get(name, name) for name in target.method.schemas) or "nothing"
        whose = target.profile.id if target.named else target.profile.provider
        yield Problem(
            "FT109",
            f"Rows are {SPOKEN.get(format, format)}, but {whose} with the method {target.method_name} takes {taken}",
        )
    if detected.reinforcement and target.method_name == "reinforcement" and not target.method_given:
        if len(target.profile.methods) > 1:
            yield Problem(
                "FT201",
                "No row has an assistant message: checked as reinforcement data",
                help="if that is what it is, pass --method reinforcement; supervised training needs the answers",
            )


def _mixed(result: ChunkResult, format: FormatName) -> Iterator[Problem]:
    if not result.runs:
        return
    ranges = []
    position = 1
    for run in result.runs:
        if position < run.first:
            ranges.append((position, run.first - 1, format))
        ranges.append((run.first, run.last, run.kind))
        position = run.last + 1
    if position <= result.rows:
        ranges.append((position, result.rows, format))
    shown = [f"{_rows(first, last)} {SPOKEN.get(kind, kind)}" for first, last, kind in ranges[:6]]
    more = f" and {len(ranges) - 6} more ranges" if len(ranges) > 6 else ""
    yield Problem("FT107", f"Rows of several formats in one file: {', '.join(shown)}{more}")


def _rows(first: int, last: int) -> str:
    return f"row {first:,}" if first == last else f"rows {first:,}–{last:,}"


def once_problem(problem: Problem, count: int) -> Problem:
    """A problem that is reported once a file, with the number of its places."""
    if count == 1:
        return problem
    from dataclasses import replace

    return replace(problem, message=f"{problem.message} ({count:,} times in the file)")


def facts_of(
    path: str, rows: int, size: int, epochs: int, tokens: TokenSummary | None, cost: Cost | None, settings: Settings
) -> FileFacts:
    """What rules about files ask."""
    assert settings.today is not None
    hyperparameters = dict(settings.hyperparameters)
    if settings.epochs is not None:
        hyperparameters["n_epochs"] = settings.epochs
    return FileFacts(
        path=path,
        rows=rows,
        bytes=size,
        epochs=epochs,
        billed=tokens.billed if tokens else 0 if rows == 0 else None,
        cost=Decimal(str(cost.amount)) if cost else None,
        today=settings.today,
        closing_days=settings.closing_days,
        max_tokens=settings.max_tokens,
        max_cost=settings.max_cost,
        hyperparameters=hyperparameters,
        named_method=settings.method,
    )


def array_problem(rows: int) -> Problem:
    """FT003, for a file whose rows stand in one array."""
    count = "1 object" if rows == 1 else f"{rows:,} objects"
    return Problem(
        "FT003",
        f"File is one JSON array of {count}, not JSON Lines",
        fix=Fix("Write one object a line", "safe"),
    )


def _percentile(ordered: list[int], share: int) -> float:
    """The percentile of a sorted list, between two values in proportion, as numpy's default."""
    place = (len(ordered) - 1) * share / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return round(ordered[below] + (ordered[above] - ordered[below]) * (place - below), 2)

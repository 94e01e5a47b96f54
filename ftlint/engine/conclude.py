"""What only the whole file shows: its figures, its cost, and the problems of the file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import cast

from ftlint.config.settings import Settings
from ftlint.core.types import Fix, Problem
from ftlint.core.visible import shorten
from ftlint.engine.collect import collector
from ftlint.engine.context import Context
from ftlint.engine.report import Cost, FileDetails, TokenSummary
from ftlint.engine.result import MAX_RUNS, ChunkResult, Tally
from ftlint.engine.target import Detected, takes
from ftlint.profiles.catalog import provider, spelt
from ftlint.profiles.model import FormatName, Price, Profile
from ftlint.rules.base import DatasetRule, FileFacts, FileRule, Target
from ftlint.rules.index import entries
from ftlint.sources.files import Source
from ftlint.tokens.cost import auto_epochs, training_cost

SPOKEN = {"completion": "prompt/completion"}


def token_summary(counts: Sequence[int], trained: int, profile: Profile) -> TokenSummary | None:
    """The distribution of a file's tokens, or None when no row was counted or the tokenizer is not known."""
    if not counts or profile.encoding is None:
        return None
    limit = profile.training_context
    cut = limit if profile.over_limit == "truncate" else None
    ordered = sorted(counts)
    return TokenSummary(
        encoding=profile.encoding,
        total=sum(ordered),
        trained=trained,
        billed=sum(min(count, cut) for count in ordered) if cut is not None else sum(ordered),
        min=ordered[0],
        p5=_percentile(ordered, 5),
        median=_percentile(ordered, 50),
        mean=round(sum(ordered) / len(ordered), 2),
        p95=_percentile(ordered, 95),
        max=ordered[-1],
        over_limit=sum(count > limit for count in ordered) if limit is not None else 0,
    )


def cost_of(
    tokens: TokenSummary | None, epochs: int, profile: Profile, settings: Settings
) -> tuple[Cost | None, Price | None]:
    """The estimated cost and the price behind it; no cost when the price is unknown or by the hour."""
    today = settings.today
    assert today is not None
    price = profile.price_on(today)
    own = next(
        (settings.prices[name] for name in (profile.id or "", *profile.aliases) if name in settings.prices), None
    )
    if own is not None:
        price = Price(start=today, source="your configuration", training=own.training)
    if tokens is None or price is None or price.training is None:
        return None, price
    amount = training_cost(tokens.billed, epochs, price.training)
    return Cost(currency="USD", amount=round(float(amount), 6), price_as_of=price.start), price


def not_trained(tokens: TokenSummary | None, profile: Profile) -> TokenSummary | None:
    """The tokens of a validation file, none of them billed where that is known."""
    from dataclasses import replace

    return replace(tokens, billed=0) if tokens and profile.bills_validation is False else tokens


def epochs_of(rows: int, settings: Settings) -> int:
    """The epochs that were asked for, or the provider's automatic choice."""
    asked = settings.hyperparameters.get("n_epochs")
    if settings.epochs is not None:
        return settings.epochs
    return asked if type(asked) is int else auto_epochs(rows)


def tokens_lost(counts: Sequence[int], profile: Profile) -> int:
    """Tokens behind the context limit of a provider that cuts there."""
    cut = profile.training_context if profile.over_limit == "truncate" else None
    return sum(count - cut for count in counts if count > cut) if cut is not None else 0


def details_of(result: ChunkResult, target: Target, price: Price | None) -> FileDetails:
    """The figures behind the report."""
    return FileDetails(
        target=spelt(target.profile),
        tokenizer_known=target.profile.encoding is not None,
        lists_models=bool(provider(target.profile.provider).models),
        limit=target.profile.training_context,
        price=price.training if price else None,
        price_source=price.source if price else None,
        hourly=price.training_per_hour if price else None,
        images=result.images,
        image_rows=result.image_rows,
        roles=dict(result.roles.most_common()),
        token_counts=tuple(result.tokens),
        tokens_lost=tokens_lost(result.tokens, target.profile),
        unparsed=result.unparsed,
        named=target.named,
        rows_affected=len({id(hit.place) for hit in result.hits}),
    )


def file_problems(
    result: ChunkResult,
    detected: Detected,
    format: FormatName | None,
    target: Target,
    facts: FileFacts,
    with_target: bool,
) -> Iterator[Problem]:
    """The problems of a file as a whole; `with_target` those of the target too, which are said once a run."""
    if format is None:
        yield from _no_format(result, detected, target)
        if result.rows == result.unparsed:
            return
    else:
        yield from _wrong_method(detected, format, target)
        yield from _mixed(result, format)
        yield from _rows_with_images(result, target.profile)
    collected: list[Problem] = []
    for entry in entries().values():
        if entry.kind == "FileRule":
            rule = cast("type[FileRule]", entry.rule)
            if with_target if rule.per_run else format is not None:
                rule().check(facts, target, collector(rule.code, collected))
    yield from collected


def source_problems(source: Source, profile: Profile) -> Iterator[Problem]:
    """What was seen when the file was opened: its encoding and its byte-order mark."""
    if source.sniffed.problem is not None:
        yield source.sniffed.problem
    utf8_bom = source.sniffed.bom if source.sniffed.encoding == "utf-8" else b""
    if utf8_bom and profile.bom == "forbid":
        yield Problem(
            "FT006", "File starts with a UTF-8 byte-order mark", fix=Fix("Remove the byte-order mark", "safe")
        )
    elif not utf8_bom and profile.bom == "require":
        yield Problem(
            "FT006",
            f"File has no UTF-8 byte-order mark, which {profile.provider} asks for",
            help=f"`ftlint models {profile.provider}` says who asks for it",
            fix=Fix("Add it", "safe"),
        )


def without_system(result: ChunkResult) -> Problem | None:
    """FT213: a minority of the rows lacks the system message that the others have."""
    lacking = result.conversations - result.systems
    if not 0 < lacking < result.conversations / 2 or result.first_without_system is None:
        return None
    have = "has" if lacking == 1 else "have"
    return Problem(
        "FT213",
        f"{lacking:,} of {result.conversations:,} rows {have} no system message, the others have one",
        pointer=result.first_without_system.problem.pointer,
    )


def _no_format(result: ChunkResult, detected: Detected, target: Target) -> Iterator[Problem]:
    if detected.dialect is not None:
        rows = "1 row is" if result.foreign_rows == 1 else f"{result.foreign_rows:,} rows are"
        yield Problem(
            "FT110",
            f"{rows} in the format of {detected.dialect}, which {target.profile.provider} does not take",
        )
    elif detected.objects:
        keys = ", ".join(shorten(key, 30) for key in detected.keys)
        have = f"their keys: {keys}" if keys else "they are empty objects"
        yield Problem("FT108", f"Not checked: the rows have no known format ({have})")
    elif result.foreign_rows:
        yield Problem("FT108", "Not checked: no row at the start of the file is an object, so the format is not known")


def _wrong_method(detected: Detected, format: FormatName, target: Target) -> Iterator[Problem]:
    if not takes(target, format):
        taken = " or ".join(SPOKEN.get(name, name) for name in target.method.schemas) or "nothing"
        whose = spelt(target.profile)
        yield Problem(
            "FT109",
            f"Rows are {SPOKEN.get(format, format)}, but {whose} with the method {target.method_name} takes {taken}",
        )
    guessed = detected.reinforcement and not target.method_given and len(target.profile.methods) > 1
    if guessed and target.method_name == "reinforcement":
        yield Problem(
            "FT201",
            "No row has an assistant message: checked as reinforcement data",
            help="if that is what it is, pass --method reinforcement; supervised training needs the answers",
        )


def _mixed(result: ChunkResult, format: FormatName) -> Iterator[Problem]:
    if not result.runs:
        return
    ranges: list[tuple[int, int, str]] = []
    position = 1
    for run in result.runs:
        if position < run.first:
            ranges.append((position, run.first - 1, format))
        ranges.append((run.first, run.last, run.kind))
        position = run.last + 1
    if position <= result.rows:
        ranges.append((position, result.rows, format))
    shown = [f"{_rows(first, last)} {SPOKEN.get(kind, kind)}" for first, last, kind in ranges[:6]]
    least = "at least " if len(result.runs) == MAX_RUNS else ""
    more = f" and {least}{len(ranges) - 6:,} more ranges" if len(ranges) > 6 else ""
    yield Problem("FT107", f"Rows of several formats in one file: {', '.join(shown)}{more}")


def _rows_with_images(result: ChunkResult, profile: Profile) -> Iterator[Problem]:
    most = profile.images.max_rows if profile.images else None
    if most is not None and result.image_rows > most:
        yield Problem("FT452", f"{result.image_rows:,} rows hold images, expected at most {most:,}")


def _rows(first: int, last: int) -> str:
    return f"row {first:,}" if first == last else f"rows {first:,}–{last:,}"


def share_of(part: int, whole: int) -> str:
    """`12 of 250 rows (5%)`."""
    share = part / max(whole, 1)
    percent = "<1%" if 0 < share < 0.005 else f"{share:.0%}"
    return f"{part:,} of {whole:,} row{'' if whole == 1 else 's'} ({percent})"


def once_problem(tally: Tally, rows: int) -> Problem:
    """A problem that is reported once a file of `rows` rows, with the number of its places or its share of rows."""
    problem = tally.first.problem
    from dataclasses import replace

    if entries()[problem.code].share:
        message = f"{problem.message}, in {share_of(tally.rows, rows)}"
    elif tally.places > 1:
        message = f"{problem.message} ({tally.places:,} times in the file)"
    else:
        return problem
    return replace(problem, message=message)


def dataset_problems(result: ChunkResult, context: Context) -> list[Problem]:
    """What the rules about the dataset conclude: of the row that they name, else of the file."""
    problems: list[Problem] = []
    for rule in context.rules(DatasetRule):
        seen = result.seen.get(rule.memory or rule.code)
        if seen is not None:
            rule.conclude(seen, result.rows, context.target, collector(rule.code, problems))
    return problems


def other_format(format: FormatName | None, trained: Collection[FormatName]) -> Iterator[Problem]:
    """FT109 for a validation file whose rows have another format than those that are trained on."""
    if format is not None and trained and format not in trained:
        spoken = " and ".join(SPOKEN.get(name, name) for name in sorted(trained))
        yield Problem(
            "FT109", f"Validation rows are {SPOKEN.get(format, format)}, but those of the training file are {spoken}"
        )


def facts_of(
    path: str,
    rows: int,
    size: int,
    epochs: int,
    tokens: TokenSummary | None,
    cost: Cost | None,
    settings: Settings,
    *,
    validation: bool = False,
    lacks_validation: bool = False,
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
        validation=validation,
        lacks_validation=lacks_validation,
    )


def too_large(source: Source) -> Problem:
    """FT003 or FT004 for a file that is not JSON Lines and too large to be read as anything else."""
    array = source.sniffed.layout == "array"
    what = "is one JSON array" if array else "holds objects that span lines"
    return Problem(
        "FT003" if array else "FT004", f"File {what}; with {source.size:,} bytes it is too large to check the rows"
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

"""The figures of a file: its tokens, its epochs, its cost, and what rules about files ask."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from decimal import Decimal
from itertools import accumulate

from ftlint.config.settings import Settings
from ftlint.engine.report import Cost, FileDetails, TokenSummary
from ftlint.engine.result import ChunkResult
from ftlint.profiles.catalog import provider, spelt
from ftlint.profiles.model import Price, Profile
from ftlint.rules.base import FileFacts, Target
from ftlint.tokens.cost import auto_epochs, training_cost


def token_summary(counts: Mapping[int, int], trained: int, profile: Profile) -> TokenSummary | None:
    """
    The distribution of a file's tokens, or None when no row was counted or the tokenizer is not known.

    `counts` says how many rows have so many tokens.
    """
    if not counts or profile.encoding is None:
        return None
    limit = profile.training_context
    ordered = sorted(counts)
    ends = list(accumulate(counts[count] for count in ordered))
    rows = ends[-1]
    total = sum(count * number for count, number in counts.items())

    def percentile(share: int) -> float:
        """Between two rows in proportion, as numpy's default."""
        place = (rows - 1) * share / 100
        below = int(place)
        low, high = (ordered[bisect_right(ends, row)] for row in (below, min(below + 1, rows - 1)))
        return round(low + (high - low) * (place - below), 2)

    return TokenSummary(
        encoding=profile.encoding,
        total=total,
        trained=trained,
        billed=total - tokens_lost(counts, profile),
        min=ordered[0],
        p5=percentile(5),
        median=percentile(50),
        mean=round(total / rows, 2),
        p95=percentile(95),
        max=ordered[-1],
        over_limit=sum(number for count, number in counts.items() if count > limit) if limit is not None else 0,
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
    asked = epochs_asked(settings)
    return auto_epochs(rows) if asked is None else asked


def epochs_asked(settings: Settings) -> int | None:
    """The epochs that were asked for."""
    asked = settings.hyperparameters.get("n_epochs")
    if settings.epochs is not None:
        return settings.epochs
    return asked if type(asked) is int else None


def tokens_lost(counts: Mapping[int, int], profile: Profile) -> int:
    """Tokens behind the context limit of a provider that cuts there."""
    cut = profile.training_context if profile.over_limit == "truncate" else None
    return sum((count - cut) * number for count, number in counts.items() if count > cut) if cut is not None else 0


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
        token_counts=dict(result.tokens),
        tokens_lost=tokens_lost(result.tokens, target.profile),
        unparsed=result.unparsed,
        named=target.named,
        rows_affected=result.hits.affected,
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
        hyperparameters=hyperparameters,
        validation=validation,
        lacks_validation=lacks_validation,
    )

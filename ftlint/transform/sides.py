"""The sides of a split: how much each shall have, how much it may have, and which share would do."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ftlint.config.settings import Settings
from ftlint.core.errors import FtlintError
from ftlint.engine.target import Detected, target_for
from ftlint.profiles.catalog import resolve, spelt

SIDES = ("train", "validation", "test")
TRAIN, VALIDATION, TEST = range(3)
SPOKEN = {TRAIN: "training", VALIDATION: "validation", TEST: "test"}
TRIES, TRY_STEP = 100, 1.03
"""Shares that are tried before none is said to do, and how much each is larger than the one before."""


class Shares(NamedTuple):
    """The parts of the rows for validation and for test."""

    validation: float
    test: float = 0.0


Assign = Callable[[Shares], bytearray]
"""Gives the side of each row."""


class Limits(NamedTuple):
    """The least rows of a side, and the most rows for training and validation; None: not known."""

    name: str = ""
    least: int | None = None
    most_train: int | None = None
    most_validation: int | None = None


NO_LIMITS = Limits()


class Problem(NamedTuple):
    """A side that has too few rows or too many, how many it should have, and what to say of it."""

    side: int
    too_few: bool
    wanted: int
    message: str


def limits_of(settings: Settings, detected: Detected) -> Limits:
    """What the model or the method that is named wants; nothing where neither is."""
    if settings.model is None and settings.method is None:
        return NO_LIMITS
    profile = resolve(settings.model)
    target, _ = target_for(settings, profile, detected)
    method = target.method
    name = f"{spelt(profile)} ({target.method_name})"
    return Limits(name, method.min_rows, method.max_rows, method.max_validation_rows)


def refuse(path: str, assign: Assign, sides: bytearray, shares: Shares, limits: Limits) -> None:
    """Raise FtlintError where a side has too few rows, or too many, naming the share that would do."""
    if problem := _problem(sides, shares, limits):
        remedy = (
            f"{better} would do" if (better := _better(assign, shares, limits, len(sides))) else "no share would do"
        )
        raise FtlintError(f"{path} has {len(sides):,} rows, of which {problem.message}; {remedy}")


def _problem(sides: bytearray, shares: Shares, limits: Limits) -> Problem | None:
    wanted = {VALIDATION: shares.validation, TEST: shares.test, TRAIN: 1.0}
    most_of = {VALIDATION: limits.most_validation, TRAIN: limits.most_train}
    for side in (side for side, share in wanted.items() if share):
        rows, least, most = sides.count(side), limits.least or 1, most_of.get(side)
        would = f"{rows:,} would be for {SPOKEN[side]}"
        if rows < least:
            wants = f", and {limits.name} wants at least {least:,}" if limits.least else ""
            return Problem(side, True, least, f"{would}{wants}")
        if most is not None and rows > most:
            return Problem(side, False, most, f"{would}, and {limits.name} takes at most {most:,}")
    return None


def _better(assign: Assign, shares: Shares, limits: Limits, rows: int) -> str | None:
    """The options with shares that leave nothing to refuse, or None. What training lacks, validation gives."""
    tried = shares
    for _ in range(TRIES):
        problem = _problem(assign(tried), tried, limits)
        if problem is None:
            changed = [name for name in Shares._fields if getattr(tried, name) != getattr(shares, name)]
            return " ".join(f"--{name} {getattr(tried, name):g}" for name in changed)
        name = "test" if problem.side == TEST else "validation"
        now, wanted = getattr(tried, name), problem.wanted / rows
        if problem.side == TRAIN:
            wanted = 1 - tried.test - wanted
        rises = problem.too_few != (problem.side == TRAIN)
        share = max(wanted, now * TRY_STEP) if rises else min(wanted, now / TRY_STEP)
        tried = tried._replace(**{name: float(f"{share:.3g}")})
        if share <= 0 or sum(tried) >= 1:
            return None
    return None

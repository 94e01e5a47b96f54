"""What a call means: files that it names, or datasets of the configuration; with a lock or without."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ftlint.config.load import Configuration
from ftlint.config.settings import Settings
from ftlint.core.errors import FtlintError
from ftlint.engine.parts import Part, parts_for
from ftlint.engine.processes import cores

if TYPE_CHECKING:
    from ftlint.engine.drift import LockCheck

COUNTED = ("max_cost", "max_tokens", "max_over_limit")
"""Budgets that need exact tokens."""
LOCK = "ftlint.lock.json"
Command = TypeVar("Command", bound=Callable[..., Any])


def dataset_option(command: Command) -> Command:
    """Which datasets."""
    return click.option(
        "--dataset", "datasets", metavar="NAME", multiple=True, help="Dataset of the configuration; may be repeated."
    )(command)


def budget_options(command: Command) -> Command:
    """Budgets in rows; those in dollars and tokens have kinds of their own."""
    for name, text in reversed(
        (
            ("--max-rows", "Fail when there are more rows to train on."),
            ("--min-rows", "Fail when there are fewer rows to train on."),
            ("--max-duplicates", "Fail when more rows repeat an earlier one."),
            ("--max-over-limit", "Fail when more rows are over the context limit, or when that is unknown."),
        )
    ):
        command = click.option(name, type=click.IntRange(min=0), help=text)(command)
    return command


def named(
    paths: Sequence[str],
    datasets: Sequence[str],
    configuration: Configuration,
    given: Mapping[str, Any],
    *,
    project: bool = False,
    base: str | None = None,
) -> list[Part]:
    """
    The files that were named, or the datasets; without either all datasets, or where there is none the directory: with
    `base`, no path, which then stands for what has changed.

    Raises FtlintError for both at once, and for an unknown dataset; with `project` where there is none.
    """
    if paths and (datasets or project):
        raise FtlintError(f"name files or datasets, not both: {'--project' if project else '--dataset'} takes no PATHS")
    if project and datasets:
        raise FtlintError("--project checks all datasets, --dataset some: use one of them")
    if project and not configuration.settings.dataset:
        raise FtlintError("--project: no dataset is configured; ftlint init writes a configuration with those it finds")
    if not paths and not datasets and not configuration.settings.dataset and base is None:
        paths = (".",)
    return parts_for(paths, datasets, configuration, given)


def locked(parts: Sequence[Part], *, asked: bool, project: bool, whole: bool) -> LockCheck | None:
    """The lock to hold the files against: where it is asked for, and of a project where there is one."""
    path = lock_path(parts[0].configuration)
    if not asked and not (project and path.exists()):
        return None
    from ftlint.engine.drift import LockCheck

    return LockCheck(path, whole=whole)


def lock_path(configuration: Configuration) -> Path:
    """Where the lock stands: beside the configuration, or where there is none in the current directory."""
    path, here = configuration.root / LOCK, Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def counting(settings: Settings, shown: bool) -> Settings:
    """Exact totals are counted where they are shown, and where a budget needs them; on every core there is."""
    budget = any(getattr(settings, name) is not None for name in COUNTED)
    wanted = budget or (shown if settings.totals is None else settings.totals)
    return replace(settings, totals=wanted, jobs=settings.jobs or cores())

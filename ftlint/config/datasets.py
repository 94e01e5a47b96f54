"""The datasets of a configuration: which are meant, and the settings of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ftlint.config.settings import BUDGET, Dataset, Settings
from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean

OF_JOB = ("validation", "model", "method", "grader", "epochs")
"""What a dataset says in place of the setting of the same name."""


def chosen(settings: Settings, names: Iterable[str] = ()) -> tuple[Dataset, ...]:
    """
    The datasets of these names, each once, in the order of the configuration; without names all of them.

    Raises FtlintError for a name that none has.
    """
    known = [dataset.name for dataset in settings.dataset]
    for name in names:
        if name not in known:
            are = f"the configuration has {', '.join(known)}" if known else "no dataset is configured"
            raise FtlintError(f'unknown dataset "{name}": {are}.{did_you_mean(name, known)}')
    wanted = set(names) or set(known)
    return tuple(dataset for dataset in settings.dataset if dataset.name in wanted)


def laid_over(settings: Settings, dataset: Dataset, given: Mapping[str, Any]) -> Settings:
    """The settings with what a dataset says in their place. What stands in `given` was typed, and wins."""
    own = {name: getattr(dataset, name) for name in OF_JOB} | {name: getattr(dataset.budget, name) for name in BUDGET}
    said = {name: value for name, value in own.items() if value is not None and given.get(name) is None}
    suffix = {"suffix": dataset.suffix} if dataset.suffix is not None else {}
    table = {**settings.hyperparameters, **suffix, **(given.get("hyperparameters") or {})}
    return replace(settings, **said, hyperparameters=table)


def holders(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every file and directory that is checked for a dataset, with the name of that."""
    for dataset in settings.dataset:
        others = (dataset.validation or settings.validation, dataset.grader or settings.grader)
        yield from ((path, dataset.name) for path in (*dataset.files, *others) if path is not None)


def without_budget(settings: Settings) -> Settings:
    """The settings for someone who only reads rows."""
    none: dict[str, Any] = dict.fromkeys(BUDGET)
    return replace(settings, **none)


def refuse_unclear(datasets: Iterable[Dataset], where: str) -> None:
    """Raise FtlintError for two datasets of one name, and for one without a file to train on."""
    seen: set[str] = set()
    for dataset in datasets:
        if dataset.name in seen:
            raise FtlintError(f'two datasets are called "{dataset.name}" in {where}')
        if not dataset.files:
            raise FtlintError(f'the dataset "{dataset.name}" in {where} names no training file')
        seen.add(dataset.name)

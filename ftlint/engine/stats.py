"""The figures of files, for one target or several side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import BinaryIO

from ftlint.config.load import Configuration
from ftlint.core.errors import FtlintError
from ftlint.engine import figures
from ftlint.engine.located import Located
from ftlint.engine.parts import Part
from ftlint.engine.processes import cores
from ftlint.engine.report import Cost, FileDetails, FileReport, Report, TokenSummary
from ftlint.engine.run import run
from ftlint.profiles.catalog import all_profiles, resolve, spelt
from ftlint.profiles.model import PatchTokens, Price, Profile, TileTokens

ALL = "all"
Counting = tuple[str, str | None, TileTokens | PatchTokens | None, bool]
"""The provider, which says what a valid row is, an encoding, how images count, and whether they are refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStats:
    """
    What one target would make of a file. `tokens` is None when it does not take the file's format, or when
    `encoding` is: its tokenizer is not known, so nothing is counted.
    """

    provider: str
    model: str | None
    name: str
    """The model as a user may write it, or the provider."""
    encoding: str | None
    limit: int | None
    tokens: TokenSummary | None
    tokens_lost: int
    epochs: int
    cost: Cost | None
    price: Decimal | None
    price_per_hour: Decimal | None
    price_source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStats:
    """The figures of one file: those that hold for every target, and those of each."""

    file: FileReport
    details: FileDetails
    counted: int
    errors: int
    targets: tuple[TargetStats, ...]
    are_epochs_asked: bool
    """Whether somebody said how many epochs there are; else the provider's automatic rule does."""
    dataset: str | None = None
    """The dataset that it was counted for; None where it was named by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetTotal:
    """
    What one target would make of the training files of a dataset together.

    `cost` is in dollars, for all epochs of each file. Either figure is None where it is unknown for one of the files.
    """

    provider: str
    model: str | None
    name: str
    tokens: int | None
    cost: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetStats:
    """The training files of a dataset together."""

    name: str
    files: int
    rows: int
    targets: tuple[TargetTotal, ...]


@dataclass(slots=True, kw_only=True)
class Stats:
    """The figures of all files, and of datasets. `failures` are the paths that could not be read."""

    files: list[FileStats] = field(default_factory=list)
    datasets: list[DatasetStats] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def stats_of(parts: Iterable[Part], models: Sequence[str], stdin: BinaryIO | None = None) -> Stats:
    """
    Count the files that were named, or the training files of datasets, each by its own settings but for `models`.

    A dataset that cannot be counted, as its model is unknown, is one of the failures; the rest is as `stats` does it.
    """
    whole = Stats()
    for part in parts:
        if part.dataset is None:
            return stats(part.paths, models, part.configuration, stdin)
        try:
            found = stats(part.paths, models, part.configuration, stdin)
        except FtlintError as error:
            whole.failures.append(f"dataset {part.dataset}: {error}")
            continue
        whole.failures += [f"dataset {part.dataset}: {failure}" for failure in found.failures]
        whole.files += [replace(file, dataset=part.dataset) for file in found.files]
        if found.files and not found.failures:
            whole.datasets.append(_together(part.dataset, found.files))
    return whole


def stats(
    paths: Sequence[str], models: Sequence[str], configuration: Configuration, stdin: BinaryIO | None = None
) -> Stats:
    """
    Count files for each of `models` (names, or `all`); for the configured model when there is none.

    Rows are counted once for each provider and encoding, not once for each model; rows with images once for each
    way in which models count images too.
    """
    # The figures of the files that are named, and nothing else.
    configuration = replace(configuration, settings=replace(configuration.settings, validation=None, grader=None))
    profiles = _profiles(models, configuration)
    if len(profiles) > 1 and "-" in paths:
        raise FtlintError("standard input can be read once: give one --model")
    reports: dict[Counting, Report] = {}
    for profile in sorted(profiles, key=lambda profile: profile.images is None):
        counting = _counting(profile, reports)
        if counting not in reports:
            settings = replace(
                configuration.settings, model=_name(profile), totals=True, jobs=configuration.settings.jobs or cores()
            )
            reports[counting] = run(
                paths, replace(configuration, settings=settings), stdin=stdin, excerpts=False, located=Located(0, 0, 0)
            )
    first = reports[_counting(profiles[0], reports)]
    files = [_of_file(number, file, profiles, reports, configuration) for number, file in enumerate(first.files)]
    return Stats(files=files, failures=first.failures)


def _together(name: str, files: Sequence[FileStats]) -> DatasetStats:
    return DatasetStats(
        name=name,
        files=len(files),
        rows=sum(file.file.rows for file in files),
        targets=tuple(map(_total, zip(*(file.targets for file in files), strict=True))),
    )


def _total(targets: tuple[TargetStats, ...]) -> TargetTotal:
    """What one target makes of several files."""
    tokens = [one.tokens.total for one in targets if one.tokens]
    costs = [Decimal(str(one.cost.amount)) for one in targets if one.cost]
    return TargetTotal(
        provider=targets[0].provider,
        model=targets[0].model,
        name=targets[0].name,
        tokens=sum(tokens) if len(tokens) == len(targets) else None,
        cost=float(sum(costs)) if len(costs) == len(targets) else None,
    )


def _counting(profile: Profile, reports: dict[Counting, Report]) -> Counting:
    """How a profile counts rows. Where files hold no images, provider and encoding alone decide."""
    own = (profile.provider, profile.encoding, profile.image_tokens, profile.images is None)
    if own not in reports:
        for counting, report in reports.items():
            saw_images = counting[3] or any(one.image_rows for one in report.details.values())
            if counting[:2] == own[:2] and not saw_images:
                return counting
    return own


def _profiles(models: Sequence[str], configuration: Configuration) -> list[Profile]:
    if ALL in models:
        return list(all_profiles())
    return [resolve(name) for name in models] if models else [resolve(configuration.settings.model)]


def _name(profile: Profile) -> str:
    return f"{profile.provider}/{profile.id}" if profile.id else profile.provider


def _of_file(
    number: int,
    file: FileReport,
    profiles: list[Profile],
    reports: dict[Counting, Report],
    configuration: Configuration,
) -> FileStats:
    details = [report.details[report.files[number].path] for report in reports.values()]
    own = next((one for one in details if one.token_counts), details[0])
    report = next(iter(reports.values()))
    errors = sum(finding.path == file.path and finding.severity == "error" for finding in report.findings)
    errors += sum(
        one.findings - one.listed for one in report.unlisted if (one.path, one.severity) == (file.path, "error")
    )
    targets = []
    for profile in profiles:
        report = reports[_counting(profile, reports)]
        targets.append(_of_target(profile, report.files[number], report.details[file.path], configuration))
    return FileStats(
        file=file,
        details=own,
        counted=sum(own.token_counts.values()),
        errors=errors,
        targets=tuple(targets),
        are_epochs_asked=figures.epochs_asked(configuration.settings) is not None,
    )


def _of_target(profile: Profile, file: FileReport, details: FileDetails, configuration: Configuration) -> TargetStats:
    settings = configuration.settings
    takes = any(file.format in method.schemas for method in profile.methods.values())
    counts = details.token_counts if takes else {}
    tokens = figures.token_summary(counts, file.tokens.trained if file.tokens else 0, profile)
    epochs = figures.epochs_of(file.rows, settings)
    cost: Cost | None = None
    price: Price | None = None
    if file.format != "reinforcement":
        cost, price = figures.cost_of(tokens, epochs, profile, settings)
    elif settings.today is not None:
        price = profile.price_on(settings.today)
    return TargetStats(
        provider=profile.provider,
        model=profile.id,
        name=spelt(profile),
        encoding=profile.encoding,
        limit=profile.training_context,
        tokens=tokens,
        tokens_lost=figures.tokens_lost(counts, profile),
        epochs=epochs,
        cost=cost,
        price=price.training if price else None,
        price_per_hour=price.training_per_hour if price else None,
        price_source=price.source if price else None,
    )

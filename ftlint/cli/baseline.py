"""`ftlint baseline`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ftlint.cli import check, options, output, parts
from ftlint.cli.cache_directory import with_cache
from ftlint.config.datasets import holders
from ftlint.config.load import Configuration, baseline_of, load
from ftlint.core.errors import FtlintError
from ftlint.engine.baseline import Baseline, add, put_together, read
from ftlint.engine.fingerprints import code_of
from ftlint.engine.muting import Muted, Muting, Recording
from ftlint.engine.parts import Part, run_parts
from ftlint.engine.run import on_day
from ftlint.transform.atomic import atomic

OF_CHECK = (
    *("model", "method", "format", "epochs", "encoder", "today", "validation", "grader", "baseline"),
    *("select", "ignore", "extend_select", "per_file_ignores", "jobs", "train", "datasets"),
    *("max_cost", "max_tokens", "max_rows", "min_rows", "max_duplicates", "max_over_limit"),
    *("exclude", "force_exclude", "cache", "cache_dir", "config", "isolated"),
)
"""The options of `ftlint check` that decide what is found: to be given here as they are given there."""


@click.group("baseline", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """
    Record what is wrong today, so that only what is new is reported.

    The findings of a baseline are muted as often as they were recorded. It knows rows by what they say, not by where
    they stand, and holds nothing of the data; commit it. PATHS and options are those of `ftlint check`, and without
    PATHS the datasets of the configuration are checked here, too.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


def as_check(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command below `baseline` that takes the paths of `ftlint check`, and those of its options that matter."""

    def made(function: Callable[..., None]) -> click.Command:
        own = click.argument("paths", nargs=-1)(function)
        below = command.command(name)(own)
        below.params.extend(one for one in check.command.params if one.name in OF_CHECK)
        return below

    return made


@as_check("create")
def create(paths: tuple[str, ...], **given: Any) -> None:
    """Record every finding of PATHS in a new baseline."""
    jobs, configuration = _jobs(paths, given)
    place = baseline_of(configuration)
    if place.exists():
        raise FtlintError(f"{place} is there already; `ftlint baseline update` records what has changed")
    recording = Recording()
    _run(jobs, recording)
    baseline = put_together(place, recording.found())
    _write(baseline)
    output.note([f"{_findings(_total(baseline))} recorded in {place}"])


@as_check("update")
def update(paths: tuple[str, ...], **given: Any) -> None:
    """Record the findings of PATHS anew; those of other files, and of rules that do not run, stay."""
    jobs, configuration = _jobs(paths, given)
    place = baseline_of(configuration)
    baseline = read(place)
    before = _total(baseline)
    recording = Recording(holders(configuration.settings))
    _run(jobs, recording)
    found = recording.found()
    for path, noted in found.items():
        codes, old = recording.codes(path), baseline.files.get(baseline.key(path), {})
        add(baseline, path, noted, [item for item in old.items() if code_of(item[0]) not in codes])
    taken = Counter[bytes]()
    for path in found:
        taken.update(baseline.files[baseline.key(path)])
    for path in baseline.gone():  # what files under a new name have taken over
        old = baseline.files[path]
        baseline.files[path] = {key: number - taken[key] for key, number in old.items() if number > taken[key]}
    _write(baseline)
    output.note([f"{_findings(_total(baseline))} recorded in {place}, {before:,} before"])


@as_check("prune")
def prune(paths: tuple[str, ...], **given: Any) -> None:
    """Take what is no longer there out of the baseline, and add nothing."""
    jobs, configuration = _jobs(paths, given)
    place = baseline_of(configuration)
    baseline = read(place)
    muted = Muted(baseline, holders(configuration.settings))
    _run(jobs, muted)
    stale = muted.stale()
    for path, keys in stale.items():
        baseline.files[path] = dict(Counter(baseline.files[path]) - keys)
    if stale:
        _write(baseline)
    number = sum(keys.total() for keys in stale.values())
    output.note([f"{_findings(number)} taken out of {place}, {_findings(_total(baseline))} left"])


@command.command("show")
@click.option("--baseline", metavar="FILE", help="The baseline; by default ftlint-baseline.json.")
@options.text_or_json
@options.output_options
@options.configuration_options
def show(
    baseline: str | None, kind: str, config: str | None, isolated: bool, output_file: str | None, color: str
) -> None:
    """Show how many findings of each file and rule the baseline holds."""
    from ftlint.reporters import baseline as reporter

    configuration = load(Path.cwd(), Path(config) if config else None, isolated, baseline=baseline)
    held = read(baseline_of(configuration))
    paint = output.painter(color, output_file is not None)
    output.write(reporter.render_json(held) if kind == "json" else reporter.render(held, paint), output_file)


def _jobs(paths: tuple[str, ...], given: dict[str, Any]) -> tuple[list[Part], Configuration]:
    """What `ftlint check` would check, and the configuration."""
    config, isolated = given.pop("config"), given.pop("isolated")
    train, datasets = given.pop("train"), given.pop("datasets")
    for key in ("select", "ignore", "extend_select", "exclude"):
        given[key] = options.flat(given[key])
    given["per_file_ignores"] = options.by_pattern(given["per_file_ignores"])
    configuration = on_day(load(Path.cwd(), Path(config) if config else None, isolated, **given), date.today())
    jobs = parts.named((*paths, *train), datasets, with_cache(configuration), given)
    return [job.told(lambda own: parts.counting(own, shown=False)) for job in jobs], configuration


def _run(jobs: list[Part], muting: Muting) -> None:
    """Check; raises FtlintError where a file could not be read: a baseline without it would be half of one."""
    report = run_parts(jobs, stdin=output.standard_input(), excerpts=False, muting=muting)
    if report.failures:
        output.complain(report.failures[1:])
        raise FtlintError(report.failures[0])


def _write(baseline: Baseline) -> None:
    with atomic(str(baseline.place)) as file:
        for line in baseline.lines():
            file.write(f"{line}\n".encode())


def _total(baseline: Baseline) -> int:
    return sum(number for keys in baseline.files.values() for number in keys.values())


def _findings(count: int) -> str:
    return f"{count:,} finding{'' if count == 1 else 's'}"

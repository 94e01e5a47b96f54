"""`ftlint lock`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from ftlint.cli import options, output, parts
from ftlint.cli.cache_directory import with_cache
from ftlint.config.datasets import without_budget
from ftlint.config.load import load
from ftlint.config.settings import Settings
from ftlint.core.errors import FtlintError
from ftlint.core.visible import visible
from ftlint.engine.located import Located
from ftlint.engine.parts import run_parts
from ftlint.engine.run import on_day
from ftlint.sources.files import STDIN


@click.command("lock")
@click.argument("paths", nargs=-1)
@parts.dataset_option
@click.option("--model", help="Target, as for check.")
@options.target_options
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing, and exit with 1 when the lock is not current."
)
@options.cache_options
@options.configuration_options
def command(
    paths: tuple[str, ...],
    datasets: tuple[str, ...],
    only_check: bool,
    config: str | None,
    isolated: bool,
    **given: Any,
) -> None:
    """
    Write down what the training files are.

    The digests of the files' bytes and of their content, their rows, tokens and targets go into ftlint.lock.json
    beside the configuration, for `ftlint check --locked`. PATHS are as for check, by default the datasets of the
    configuration, or where it has none the current directory; what the lock says of other files is kept when some are
    named. The exit status is 0, 1 when --check finds a difference, or 2 when the call is wrong or a file cannot be
    read.
    """
    from ftlint.engine import lock

    if STDIN in paths:
        raise FtlintError("standard input has no place in a lock; name files")
    configuration = with_cache(
        on_day(load(Path.cwd(), Path(config) if config else None, isolated, **given), date.today())
    )
    whole = not paths and not datasets
    jobs = parts.named(paths, datasets, configuration, given)
    jobs = [job.told(_only_counting) for job in jobs]
    held = parts.locked(jobs, asked=only_check, project=False, whole=whole)
    report = run_parts(jobs, excerpts=False, located=Located(0, 0, 0), lock=held)
    output.complain(report.failures)
    if report.failures:
        raise click.exceptions.Exit(2)
    if held:
        from ftlint.reporters import text

        if report.findings:
            output.write(text.concise(report, output.painter("auto", False), None), None)
        raise click.exceptions.Exit(report.exit_code())
    path = parts.lock_path(configuration)
    new = lock.lock_of(report.files, configuration.root)
    if not whole and path.exists():
        new = lock.read(path).updated(new)
    _write(path, new.text())
    count = "1 file" if len(new.files) == 1 else f"{len(new.files):,} files"
    output.write([f"{visible(str(path))} says what {count} {'is' if len(new.files) == 1 else 'are'}"], None)


def _only_counting(settings: Settings) -> Settings:
    """What rows weigh, and no rule but the lock's own: a lock is no check."""
    only = replace(without_budget(settings), select=("FT710",), ignore=(), extend_select=(), per_file_ignores={})
    return parts.counting(replace(only, totals=None), shown=True)


def _write(path: Path, text: bytes) -> None:
    """Replace the lock as a whole, unless it is current."""
    from ftlint.transform.atomic import atomic

    if path.is_file() and path.read_bytes() == text:
        return
    with atomic(str(path)) as file:
        file.write(text)

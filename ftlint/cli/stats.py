"""`ftlint stats`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from ftlint.cli import options, output, parts
from ftlint.cli.cache_directory import with_cache
from ftlint.config.load import load
from ftlint.engine.run import on_day
from ftlint.engine.stats import stats_of


@click.command("stats")
@click.argument("paths", nargs=-1)
@click.option(
    "--model",
    "models",
    multiple=True,
    help="Target, as for check; several times for a comparison; `all` for all models.",
)
@parts.dataset_option
@options.target_options
@options.text_or_json
@options.cache_options
@options.output_options
@options.configuration_options
def command(
    paths: tuple[str, ...],
    models: tuple[str, ...],
    datasets: tuple[str, ...],
    kind: str,
    config: str | None,
    isolated: bool,
    output_file: str | None,
    color: str,
    **given: Any,
) -> None:
    """
    Count messages, tokens and cost.

    PATHS are files, directories or - for standard input; by default the training files of the datasets of the
    configuration, each by its own settings, or where it has none the current directory. The exit status is 0, or 2 when
    the call is wrong or a file cannot be read.
    """
    from ftlint.reporters import stats as reporter

    configuration = on_day(load(Path.cwd(), Path(config) if config else None, isolated, **given), date.today())
    jobs = parts.named(paths, datasets, with_cache(configuration), given)
    found = stats_of(jobs, models, output.standard_input())
    output.complain(found.failures)
    if not found.files and not found.failures:
        output.note(["no .jsonl or .ndjson file found"])
    if kind == "json":
        lines = reporter.render_json(found)
    else:
        unicode = output_file is not None or (sys.stdout.encoding or "").lower().startswith("utf")
        lines = reporter.render_text(found, output.painter(color, output_file is not None), unicode)
    output.write(lines, output_file)
    raise click.exceptions.Exit(2 if found.failures else 0)

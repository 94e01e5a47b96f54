"""`ftlint cache`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from ftlint.cli import options, output
from ftlint.cli.cache_directory import with_cache
from ftlint.config.load import load
from ftlint.core.errors import FtlintError
from ftlint.engine.store import Store, Usage


@click.group("cache", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """
    Show or remove what ftlint remembers of files it checked.

    Results are kept under digests of the data and of everything that they depend on, so they never need to be
    removed for being old; what was not used for longest goes by itself when there is too much.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


@command.command("info")
@options.cache_dir
@options.text_or_json
@options.output_options
@options.configuration_options
def info(
    cache_dir: str | None, kind: str, config: str | None, isolated: bool, output_file: str | None, color: str
) -> None:
    """Show where the cache is and what it holds."""
    store = _store(cache_dir, config, isolated)
    output.write(_json(store) if kind == "json" else _text(store), output_file)


@command.command("clean")
@options.cache_dir
@options.configuration_options
def clean(cache_dir: str | None, config: str | None, isolated: bool) -> None:
    """Remove everything that ftlint keeps, and nothing else."""
    store = _store(cache_dir, config, isolated)
    before = store.clean()
    left = store.usage().entries
    if left:
        raise FtlintError(f"cannot remove {left:,} of {before.entries:,} results in {store.directory}")
    output.note([f"removed {_results(before)} from {store.directory}"])


def _store(cache_dir: str | None, config: str | None, isolated: bool) -> Store:
    configuration = load(Path.cwd(), Path(config) if config else None, isolated, cache_dir=cache_dir, cache=True)
    place = with_cache(configuration).settings.cache_dir
    if place is None:
        raise FtlintError("there is no home directory to keep a cache in; name a directory with --cache-dir")
    store = Store(Path(place))
    if not store.is_ours:
        raise FtlintError(f"{place} is not a directory that only you can write to; it is not used")
    return store


def _text(store: Store) -> Iterator[str]:
    usage = store.usage()
    yield f"place    {store.directory}"
    yield f"results  {_results(usage)}, at most {_megabytes(store.limit)}"
    if usage.oldest is not None and usage.newest is not None:
        yield f"used     {_day(usage.oldest)} to {_day(usage.newest)}"


def _json(store: Store) -> Iterator[str]:
    import json

    usage = store.usage()
    table = {
        "version": 1,
        "directory": str(store.directory),
        "entries": usage.entries,
        "bytes": usage.bytes,
        "limit": store.limit,
        "oldest": None if usage.oldest is None else _moment(usage.oldest).isoformat(),
        "newest": None if usage.newest is None else _moment(usage.newest).isoformat(),
    }
    yield json.dumps(table, indent=2)


def _results(usage: Usage) -> str:
    entries = "1 result" if usage.entries == 1 else f"{usage.entries:,} results"
    return f"{entries} of {_megabytes(usage.bytes)}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _day(moment: float) -> str:
    return str(_moment(moment).date())


def _moment(moment: float) -> datetime:
    return datetime.fromtimestamp(int(moment), UTC)

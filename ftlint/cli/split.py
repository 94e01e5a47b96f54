"""`ftlint split`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from ftlint.cli import options, output
from ftlint.cli.preparing import (
    force_option,
    near_option,
    refuse_existing,
    say_next,
    seed_option,
    stem,
    stratify_option,
)
from ftlint.config.load import load
from ftlint.core.errors import FtlintError
from ftlint.sources.files import STDIN

SHARE = click.FloatRange(0, 1, min_open=True, max_open=True)


@click.command("split")
@click.argument("file")
@click.option("--validation", type=SHARE, default=0.1, metavar="SHARE", help="Part for validation; 0.1 by default.")
@click.option("--test", type=SHARE, default=None, metavar="SHARE", help="Part for a test; none by default.")
@click.option("--group", metavar="KEY.PATH", help="Keep rows with the same value on one side; by default the prompt.")
@near_option
@stratify_option
@seed_option
@click.option("--model", help="Target, as for check: its limits on rows hold for each side.")
@click.option("--method", type=click.Choice(["supervised", "dpo", "reinforcement"]), help="Training method.")
@click.option("-o", "--output", "prefix", metavar="PREFIX", help="Write PREFIX.train.jsonl, …; by default beside FILE.")
@force_option
@options.text_or_json
@options.configuration_options
def command(
    file: str,
    validation: float,
    test: float | None,
    group: str | None,
    near: bool,
    stratify: str | None,
    seed: int,
    prefix: str | None,
    force: bool,
    kind: str,
    config: str | None,
    isolated: bool,
    **given: Any,
) -> None:
    """
    Split a file into training, validation and test rows.

    A row's side follows from its content and the seed: it stays there when rows are added, removed or reordered. No
    prompt stands on two sides. The exit status is 0, or 2 when the call is wrong, or a side would have no rows or
    other than the model takes.
    """
    from ftlint.reporters import prepared
    from ftlint.transform.atomic import atomic
    from ftlint.transform.groups import Grouping
    from ftlint.transform.rowfile import open_rows
    from ftlint.transform.sides import SIDES, Shares, limits_of
    from ftlint.transform.split import split

    shares = Shares(validation, test or 0.0)
    if sum(shares) >= 1:
        raise FtlintError("--validation and --test together leave nothing to train on")
    if near and group:
        raise FtlintError("--near groups rows by their prompts and --group by a key; give one of them")
    if file == STDIN and prefix is None:
        raise FtlintError("-o names the files that the rows of standard input go to")
    settings = load(Path.cwd(), Path(config) if config else None, isolated, **given).settings
    every = [f"{prefix or stem(file)}.{side}.jsonl" for side in SIDES]
    paths = every if test else every[:2]
    refuse_existing(paths, [file], force)
    with ExitStack() as stack:
        rows = stack.enter_context(open_rows(file, output.standard_input()))
        found = split(
            rows,
            shares,
            lambda side: stack.enter_context(atomic(paths[side])),
            seed=seed,
            grouping=Grouping(group, near),
            stratify=stratify,
            limits=limits_of(settings, rows.detected()),
        )
    notes = [*prepared.blank(found.blank), *found.notes]
    notes += [f"{path} is of an earlier split" for path in every[len(paths) :] if Path(path).exists()]
    output.note(notes)
    if kind == "json":
        output.write(prepared.split_json(found, file, paths, seed), None)
        return
    output.write(prepared.split_text(found, file, paths), None)
    target = [word for name in ("model", "method") if given[name] for word in (f"--{name}", given[name])]
    say_next("ftlint", "check", paths[0], "--validation", paths[1], *target)

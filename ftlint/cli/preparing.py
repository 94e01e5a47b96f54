"""What the commands share that write rows to other files."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from ftlint.cli import output
from ftlint.core.errors import FtlintError
from ftlint.sources.files import STDIN, SUFFIXES

Command = TypeVar("Command", bound=Callable[..., Any])
LARGEST_SEED = 2**63 - 1


def seed_option(command: Command) -> Command:
    """What decides between equals."""
    return click.option(
        "--seed",
        type=click.IntRange(0, LARGEST_SEED),
        default=0,
        metavar="N",
        help="Another number chooses other rows; 0 by default.",
    )(command)


def stratify_option(command: Command) -> Command:
    """By what shares are to hold."""
    return click.option(
        "--stratify",
        metavar="KEY.PATH",
        help="Keep the shares of the values under a key; `label` is the answer where no key is named so.",
    )(command)


def near_option(command: Command) -> Command:
    """Whether rows that are nearly the same count as the same."""
    return click.option(
        "--near", is_flag=True, help="Take what is nearly the same for the same: four fifths of the wording."
    )(command)


def force_option(command: Command) -> Command:
    """Whether what is there goes."""
    return click.option("--force", is_flag=True, help="Overwrite what is there.")(command)


def stem(path: str) -> str:
    """A path without the ending of a JSON Lines file."""
    for suffix in SUFFIXES:
        if path.lower().endswith(suffix) and Path(path).name.lower() != suffix:
            return path[: -len(suffix)]
    return path


def refuse_existing(paths: Iterable[str], inputs: Sequence[str], force: bool) -> None:
    """Raise FtlintError where something would be overwritten unasked, or is no file at all."""
    from ftlint.transform.atomic import refuse_overwriting

    for path in paths:
        if path == STDIN:
            raise FtlintError("rows are not written to standard output here; -o names a file")
        if Path(path).is_dir():
            raise FtlintError(f"{path} is a directory; -o names a file")
        if not force:
            refuse_overwriting(path, [one for one in inputs if one != STDIN])


def say_next(*words: str) -> None:
    """The command to type next, on standard error."""
    from ftlint.core.visible import visible

    click.echo(output.inert(visible(f"next: {shlex.join(words)}")), err=True)

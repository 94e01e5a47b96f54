"""`ftlint init`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ftlint.cli import output
from ftlint.cli.preparing import say_next
from ftlint.config.load import load
from ftlint.core.errors import FtlintError

FILE = "ftlint.toml"
HOOKS = ".pre-commit-config.yaml"


@click.command("init")
@click.option("--pre-commit", "hook", is_flag=True, help=f"Write {HOOKS}, or print the entry to add to it.")
def command(hook: bool) -> None:
    """
    Write a commented ftlint.toml for the files of this directory.

    Looks at the beginning of each JSON Lines file for its format, and at its name for what it is for. Never
    overwrites anything. The exit status is 0, or 2 when there is a configuration already.
    """
    existing = _existing()
    if existing is not None and not hook:
        raise FtlintError(f"{existing} already; nothing is written")
    if existing is None:
        _configure()
    else:
        output.note([f"{existing} already; it stays as it is"])
    if hook:
        _hook()
    say_next("ftlint", "check")


def _existing() -> str | None:
    """The configuration that this directory has of its own."""
    if os.path.lexists(FILE):
        return f"there is an {FILE}"
    file = load(Path.cwd()).file
    if file is None or file.parent != Path.cwd():
        return None
    return f"{file.name} has a table [tool.ftlint]"


def _configure() -> None:
    from ftlint.reporters.first_configuration import configuration, summary
    from ftlint.transform.init import look

    outer = load(Path.cwd()).file
    directory = look()
    _write(FILE, configuration(directory))
    if outer is not None:
        output.note([f"{outer} no longer holds in this directory: the nearest configuration wins, whole"])
    count = len(directory.datasets)
    datasets = "1 dataset" if count == 1 else f"{count or 'no'} datasets"
    output.write([f"{FILE} written, with {datasets}", *summary(directory)], None)
    output.note(f"{path} is not listed: {reason}" for path, reason in directory.others)


def _hook() -> None:
    from ftlint.reporters.first_configuration import HOOK

    if not os.path.lexists(HOOKS):
        _write(HOOKS, f"repos:\n{HOOK}")
        output.write([f"{HOOKS} written; `pre-commit install` turns it on"], None)
        return
    output.note([f"{HOOKS} is there already and stays as it is; this belongs under its `repos`:"])
    output.write(HOOK.rstrip("\n").split("\n"), None)


def _write(path: str, text: str) -> None:
    """A new file; never over one that came in the meantime."""
    try:
        with Path(path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise FtlintError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from error

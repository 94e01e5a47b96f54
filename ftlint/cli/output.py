"""Where output goes: a terminal, a pipe, a file; with colour or without, with content or without."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import click

from ftlint.core.errors import FtlintError
from ftlint.reporters.paint import Paint, coloured, plain

COMMAND = r"##(?=(?:vso)?\[)"
"""What the runners of GitHub and Azure take for a command wherever it stands in a line of their logs."""


def is_interactive() -> bool:
    """Someone reads along: a terminal, and neither a hook (which sees a terminal, too) nor a CI job."""
    return sys.stdout.isatty() and not os.environ.get("PRE_COMMIT") and not in_ci()


def in_ci() -> bool:
    """Whether the log may be public."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def painter(color: str, to_file: bool) -> Paint:
    """Colours when they are asked for, or on a terminal without NO_COLOR."""
    if color != "auto":
        return coloured if color == "always" else plain
    if to_file or os.environ.get("NO_COLOR"):
        return plain
    if os.environ.get("FORCE_COLOR"):
        return coloured
    dumb = os.environ.get("TERM") == "dumb" or bool(os.environ.get("PRE_COMMIT")) or in_ci()
    return coloured if sys.stdout.isatty() and not dumb else plain


def standard_input() -> BinaryIO | None:
    """Standard input as bytes, or None when it is closed."""
    return None if sys.stdin is None else sys.stdin.buffer


def write(lines: Iterable[str], output_file: str | None) -> None:
    """Write lines to a file or to standard output. Raises FtlintError when the file cannot be written."""
    if output_file is None:
        try:
            for line in lines:
                sys.stdout.write(inert(line) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:  # click would exit with 1, which means findings
            # Nobody reads any more: keep the interpreter from complaining when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(141) from None  # as a shell reports a program that SIGPIPE ended
        return
    try:
        with Path(output_file).open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.writelines(inert(line) + "\n" for line in lines)
    except OSError as error:
        raise FtlintError(f"cannot write {output_file}: {(error.strerror or str(error)).lower()}") from error


def write_to_stderr(lines: Iterable[str]) -> None:
    """Write lines to standard error, where standard output holds data."""
    for line in lines:
        click.echo(inert(line), err=True)


def inert(line: str) -> str:
    """A line that no runner of CI takes for a command; in JSON there is nothing left to change."""
    return re.sub(COMMAND, "## ", line)


def note(notes: Iterable[str]) -> None:
    """What is worth knowing and no finding, on standard error."""
    from ftlint.core.visible import visible

    for text in notes:
        click.echo(f"ftlint: note: {inert(visible(text))}", err=True)


def complain(failures: Iterable[str]) -> None:
    """What could not be read, on standard error."""
    from ftlint.core.visible import visible

    for failure in failures:
        click.echo(f"ftlint: error: {inert(visible(failure))}", err=True)

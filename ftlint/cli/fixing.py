"""`ftlint check --fix` and `--diff`: what was fixed, and what would be."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import click

from ftlint.cli import output
from ftlint.core.visible import visible
from ftlint.transform.diff import unified
from ftlint.transform.fix import Fixer, Show

if TYPE_CHECKING:
    from ftlint.config.settings import Settings
    from ftlint.engine.report import Report

NO_ROWS = ("FT017", "FT022")
"""What nothing can be written back to."""
MOST = 10
"""Fixes that were not made, of a file, that are told one by one."""


def fixer(unsafe: bool, diff: bool, backup: bool, settings: Settings) -> Fixer:
    """What mends the files, or shows what would be mended."""
    assert settings.today is not None
    return Fixer(
        unsafe=unsafe, on=settings.today, backup=backup, show=_shown(settings) if diff else None, show_stdin=_pass_on
    )


def with_fixes(lines: Iterable[str], fixer: Fixer, report: Report, for_programs: bool) -> Iterator[str]:
    """The report's lines with what was fixed in front of them; where they are for programs, that is a note."""
    output.note(_not_made(fixer, report))
    said = _said(fixer, "Fixed")
    if for_programs:
        output.note(said)
    else:
        yield from said
    yield from lines


def after_diff(fixer: Fixer, report: Report, exit_zero: bool) -> int:
    """Say what would be fixed, and give the exit status: 1 when something would, 2 when a file cannot be read."""
    output.complain(report.failures)
    output.note(_not_made(fixer, report))
    for line in _said(fixer, "Would fix"):
        click.echo(line, err=True)
    if report.failures:
        return 2
    return int(bool(fixer.fixed) and not exit_zero)


def _said(fixer: Fixer, verb: str) -> Iterator[str]:
    if fixer.fixed:
        yield f"{verb} {counted(fixer.fixed)}."
    for file in fixer.files:
        if file.sidecar:
            rows, stand = ("1 row was", "stands") if file.dropped == 1 else (f"{file.dropped:,} rows were", "stand")
            yield f"{rows} taken out of {visible(file.path)} and {stand} in {visible(file.sidecar)}."


def counted(fixed: Counter[str]) -> str:
    """`3 findings: FT009 x2, FT302 x1`."""
    many = fixed.total()
    rules = ", ".join(f"{code} x{number:,}" for code, number in sorted(fixed.items()))
    return f"{many:,} finding{'' if many == 1 else 's'}: {rules}"


def _not_made(fixer: Fixer, report: Report) -> Iterator[str]:
    for finding in report.findings:
        if finding.code in NO_ROWS and finding.line is None:
            yield f"{finding.path} is not fixed: {finding.message}"
    for file in fixer.files:
        for one in file.refused[:MOST]:
            where = file.path if one.line is None else f"{file.path}:{one.line}"
            yield f"{where}: {one.code} is not fixed: {one.reason}"
        if (more := len(file.refused) - MOST + file.refused_more) > 0:
            yield f"{file.path}: {more:,} more are not fixed"


def _pass_on(path: str, before: BinaryIO, after: BinaryIO) -> None:
    """What was given on standard input leaves by standard output."""
    _out(iter(lambda: after.read(1 << 20), b""))


def _shown(settings: Settings) -> Show:
    """Shows diffs without what is private: by the rules that run by default, and by those that are asked for."""
    from ftlint.core.private.mask import masked
    from ftlint.engine.selection import severities
    from ftlint.engine.strings import asked_for

    finds = asked_for(severities(settings, {}))

    def show(path: str, before: BinaryIO, after: BinaryIO) -> None:
        _out(_masked(unified(path, before, after), lambda line: masked(line, finds)))

    return show


def _masked(parts: Iterable[bytes], mask: Callable[[str], str]) -> Iterator[bytes]:
    """A diff for people: a line that held a key does not show it."""
    for part in parts:
        lines = part.decode(errors="surrogateescape").split("\n")
        yield "\n".join(map(mask, lines)).encode(errors="surrogateescape")


def _out(parts: Iterable[bytes]) -> None:
    """Bytes on standard output; on a terminal, nothing in them steers it."""
    shown = sys.stdout.isatty()
    try:
        for part in parts:
            if shown:
                text = part.decode(errors="backslashreplace")
                sys.stdout.write("".join(f"{visible(line)}\n" for line in text.removesuffix("\n").split("\n")))
            else:
                sys.stdout.buffer.write(part)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(141) from None

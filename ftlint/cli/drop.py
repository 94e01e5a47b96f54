"""`ftlint drop`."""

from __future__ import annotations

from datetime import date

import click

from ftlint.cli import options, output
from ftlint.core.errors import FtlintError
from ftlint.core.visible import visible


@click.command("drop")
@click.argument("path", metavar="FILE")
@click.option("--lines", metavar="LINES", help="Lines to take out: 4,13,14 or 4-9, or a provider's list of them.")
@click.option("--from-report", metavar="REPORT", help="Take out what has errors in a report that check wrote as JSON.")
@click.option(
    "--select",
    type=options.Words(),
    multiple=True,
    help="With --from-report: what has findings of these codes.",
)
@click.option("--backup", is_flag=True, help="Keep the file as it was under its name with .bak behind it.")
def command(
    path: str, lines: str | None, from_report: str | None, select: tuple[tuple[str, ...], ...], backup: bool
) -> None:
    """
    Take rows out of FILE, and keep them beside it.

    Lines count from 1. They are appended to NAME.dropped.jsonl, each with the reason, so that nothing is lost; every
    other byte of the file stays. Where a provider counts from 0, `ftlint explain` says so.
    """
    from ftlint.transform import drop

    if (lines is None) == (from_report is None):
        raise FtlintError("name the rows either with --lines or with --from-report")
    if select and from_report is None:
        raise FtlintError("--select chooses findings of a report: name one with --from-report")
    if lines is not None:
        chosen = drop.lines_of(lines)
    else:
        codes = [code.upper() for code in options.flat(select) or ()]
        chosen = drop.lines_of_report(str(from_report), path, codes)
    done = drop.drop(path, chosen, date.today(), backup=backup)
    if not done.dropped:
        output.note([f"no row of {path} is to be dropped"])
        return
    rows = "1 line" if done.dropped == 1 else f"{done.dropped:,} lines"
    output.write([f"Dropped {rows} of {done.lines:,} from {visible(path)}; kept in {visible(done.sidecar)}."], None)

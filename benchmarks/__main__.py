"""`python -m benchmarks`, from a checkout."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from benchmarks.figures import Figure, measurements, warm_up
from benchmarks.page import machine, page, table

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"


@click.command()
@click.option("--megabytes", default=30, show_default=True, help="Size of the files; 100 for the record.")
@click.option(
    "--rounds",
    default=5,
    show_default=True,
    help="Rounds of each measurement; start-up has five times as many.",
)
@click.option("--memory", is_flag=True, help="Also compare peak memory on 50 and 500 MB.")
@click.option("--only", help="Only the measurements whose name starts so: rows of 4 KB, start, …")
@click.option("--write", is_flag=True, help="Write docs/performance.md.")
def main(megabytes: int, rounds: int, memory: bool, only: str | None, write: bool) -> None:
    """Compare ftlint with what people use today, and with the least that any check must do."""
    if only and write:
        raise click.UsageError("the page needs all measurements: --write does not go with --only")
    where = machine()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as bytecode, tempfile.TemporaryDirectory() as kept:
        os.environ["FTLINT_CACHE_DIR"] = str(Path(kept, "ftlint"))
        # An installed package is compiled once. A shell that forbids that must not make every start compile anew.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = bytecode
        warm_up()
        for name, measurement in measurements(megabytes, rounds, memory).items():
            if not only or name.startswith(only):
                click.echo(f"measuring {name} …", err=True)
                figures += measurement()
    click.echo("\n".join(table(figures)))
    click.echo(where)
    if write:
        command = " ".join(["python -m benchmarks", *sys.argv[1:]])
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(figures, where, megabytes, rounds, command), encoding="utf-8")


main()

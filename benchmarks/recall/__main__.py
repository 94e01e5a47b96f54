"""`python -m benchmarks.recall`, from a checkout."""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click

from benchmarks.recall.measure import all_plants, outcome_of, valid_kinds
from benchmarks.recall.page import page, summary, table, unclean

PAGE = Path(__file__).parents[2] / "docs" / "recall.md"


@click.command()
@click.option("--only", default="", help="Only codes that begin so, and no valid files.")
@click.option("--write", is_flag=True, help="Write docs/recall.md.")
def main(only: str, write: bool) -> None:
    """Plant every defect, one a file, and say what is found of it."""
    if only and write:
        raise click.UsageError("the page needs all defects: --write does not go with --only")
    outcomes = [outcome_of(plant) for plant in all_plants() if plant.code.startswith(only)]
    valid = [] if only else list(valid_kinds())
    click.echo("\n".join((*table(outcomes), *unclean(outcomes, valid), summary(outcomes, valid))))
    if write:
        where = f"{date.today()}, ftlint {version('ftlint')}"
        PAGE.write_text(page(outcomes, valid, where), encoding="utf-8")
    sys.exit(1 if any(unclean(outcomes, valid)) else 0)


main()

"""`python -m benchmarks.recall`, from a checkout."""

from __future__ import annotations

import sys

import click

from benchmarks.recall.measure import Outcome, all_plants, outcome_of


@click.command()
@click.option("--only", default="", help="Only codes that begin so.")
def main(only: str) -> None:
    """Plant every defect, one a file, and say what is found of it."""
    outcomes: dict[str, list[Outcome]] = {}
    for plant in all_plants():
        if plant.code.startswith(only):
            outcomes.setdefault(plant.code, []).append(outcome_of(plant))
    click.echo(f"{'code':5}  {'planted':>7}  {'found':>5}  {'findings':>8}  knock-on findings")
    for code, group in sorted(outcomes.items()):
        found = sum(outcome.is_found for outcome in group)
        knock_on = [code for outcome in group for code in outcome.knock_on]
        findings = sum(outcome.findings for outcome in group)
        click.echo(f"{code:5}  {len(group):7}  {found:5}  {findings:8}  {' '.join(knock_on) or '-'}")
        for outcome in group:
            if not outcome.is_clean:
                click.echo(f"       {outcome.plant.form}: {outcome.findings} findings, along {outcome.knock_on}")
    every = [outcome for group in outcomes.values() for outcome in group]
    found = sum(outcome.is_found for outcome in every)
    clean = sum(outcome.is_clean for outcome in every)
    share = found / len(every)
    click.echo(
        f"{len(every)} defects of {len(outcomes)} codes: recall {share:.1%}, {clean} of them one finding and no other"
    )
    sys.exit(0 if clean == len(every) else 1)


main()

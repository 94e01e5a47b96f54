"""`ftlint publish`."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ftlint.cli import options, output
from ftlint.cli.cache_directory import with_cache
from ftlint.cli.hyperparameters import JsonObject, Pair, hyperparameter_options, hyperparameters_of, pairs
from ftlint.cli.service import address_of, address_options, connected
from ftlint.config.load import load
from ftlint.engine.located import Located
from ftlint.engine.processes import cores
from ftlint.engine.run import on_day

if TYPE_CHECKING:
    from ftlint.config.settings import Settings
    from ftlint.engine.report import Report
    from ftlint.publish.prepare import Target

SHOWN = 20
"""Errors that keep a file from being published and are shown; all are counted."""


@click.command("publish")
@click.argument("train", metavar="TRAIN|DATASET")
@click.option("--validation", metavar="FILE", help="Validation file.")
@click.option("--model", help="Target: MODEL, PROVIDER/MODEL, an alias or a fine-tuned model's id (ft:…).")
@options.target_options
@click.option("--grader", metavar="FILE", help="Grader of a reinforcement job, a JSON file.")
@hyperparameter_options
@click.option("--suffix", help="Part of the name of the model that comes out.")
@click.option("--seed", type=int, help="Seed of the job.")
@click.option("--metadata", type=Pair(), multiple=True, help="Pair that is kept with the job.")
@click.option("--wandb", metavar="[ENTITY/]PROJECT", help="Project at Weights & Biases that gets the metrics.")
@click.option("--training-type", metavar="TYPE", help="Azure: Standard, GlobalStandard or developerTier.")
@click.option("--extra-body", type=JsonObject(), default=dict, help="JSON to lay over the request for the job.")
@click.option("--max-cost", type=options.Money(), help="Refuse when the estimated cost is higher or unknown.")
@click.option("--dry-run", is_flag=True, help="Show the plan and send nothing; the default where CI is set.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--wait/--no-wait", default=True, help="Follow the job to its end, or end when it is started.")
@click.option("--again", is_flag=True, help="Start a further job, even if the same was started before.")
@address_options
@options.text_or_json
@options.cache_options
@options.configuration_options
def command(
    train: str,
    config: str | None,
    isolated: bool,
    kind: str,
    dry_run: bool,
    yes: bool,
    wait: bool,
    again: bool,
    **given: Any,
) -> None:
    """
    Check a file, upload it, start the job and follow it.

    TRAIN is a training file, or a dataset of the configuration. What the job will do and cost is shown, and nothing
    is sent before you agree. The same call never uploads or starts anything twice: it goes on where it ended. The
    exit status is 0 when the job succeeded (with --no-wait: was started), 1 when the check finds errors, 2 when the
    call is wrong, 3 when the service refuses or the job fails, 4 when it is not known whether a request was taken.
    """
    from ftlint.publish.prepare import Asked, checked, planned, target_of, with_dataset

    address = address_of(given)
    asked = Asked(given.pop("wandb"), given.pop("training_type"), given.pop("extra_body"))
    table = _asked_of_job(given)
    configuration = on_day(load(Path.cwd(), Path(config) if config else None, isolated, **given), date.today())
    settings, train = with_dataset(configuration.settings, train, given)
    settings = replace(settings, hyperparameters={**settings.hyperparameters, **table}, jobs=settings.jobs or cores())
    configuration = with_cache(replace(configuration, settings=settings))
    only_shown = dry_run or (output.in_ci() and not yes)
    target = target_of(settings.model, address, settings, os.environ)
    connection = None
    if not target.destination.commands:
        provider = target.profile.provider if target.profile else ""
        connection = connected(address, provider, settings, needs_key=not only_shown)
    report = checked(configuration, target, train, Located(SHOWN, SHOWN, SHOWN))
    _refuse_errors(report)
    if connection is None:
        output.write(_own_commands(report, target, settings, train), None)
        return
    plan = planned(report, connection, target, settings, train, asked)
    from ftlint.cli.publishing import carry_out, show_plan

    show_plan(plan, kind)
    if only_shown:
        output.note(["nothing was sent" + ("" if dry_run else "; where CI is set, --yes sends it")])
        return
    if not yes:
        output.confirm("Upload and start this job?")
    carry_out(plan, configuration, kind, wait=wait, again=again, ask=not yes)


def _asked_of_job(given: dict[str, Any]) -> dict[str, Any]:
    """What was typed for the table `hyperparameters`, which the check looks at as well."""
    table = hyperparameters_of(given)
    metadata = pairs(given.pop("metadata"), "metadata")
    inside = {"suffix": given.pop("suffix"), "seed": given.pop("seed"), "metadata": metadata or None}
    return {**table, **{name: value for name, value in inside.items() if value is not None}}


def _refuse_errors(report: Report) -> None:
    """Whatever is an error ends it: there is no way to publish a file that the check refuses."""
    from ftlint.reporters import text

    output.complain(report.failures)
    if report.failures:
        raise click.exceptions.Exit(2)
    if not report.summary.errors:
        return
    paint = output.painter("auto", False)
    if len(report.findings) <= SHOWN:
        output.write(text.full(report, paint, None, collapse=True), None)
    else:
        output.write(text.grouped(report, paint, None), None)
    errors = "1 error" if report.summary.errors == 1 else f"{report.summary.errors:,} errors"
    output.complain([f"not published: the check found {errors}"])
    raise click.exceptions.Exit(1)


def _own_commands(report: Report, target: Target, settings: Settings, train: str) -> list[str]:
    """What to type for a service whose API is another."""
    from ftlint.publish.own_tools import commands

    output.note([f"{target.destination.id} has an API and a tool of its own; nothing was sent. Type:"])
    values = {
        "train": train,
        "validation": settings.validation,
        "model": target.profile.id if target.profile else target.model,
        "epochs": settings.epochs,
        "suffix": settings.hyperparameters.get("suffix"),
        "beta": settings.hyperparameters.get("beta"),
    }
    method = next((file.method for file in report.files if file.purpose == "training" and file.method), "supervised")
    return commands(target.destination, values, method)

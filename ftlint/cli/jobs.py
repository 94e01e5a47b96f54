"""`ftlint jobs`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ftlint.cli import output
from ftlint.cli.account import account_options, configuration_of, limit_option, opened, show_list

if TYPE_CHECKING:
    from ftlint.publish.account import Action


@click.group("jobs", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """
    Look at jobs, and end, pause or resume them.

    The exit status is 0, or 2 when the call is wrong, 3 when the service refuses, 4 when it is not known whether a
    request was taken.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


@command.command("list")
@limit_option
@account_options
def list_(kind: str, limit: int, **given: Any) -> None:
    """List the newest jobs."""
    from ftlint.publish.paths import JOBS
    from ftlint.reporters import jobs as reporter

    show_list(given, JOBS, "jobs", reporter.render_list, kind, limit)


@command.command("show")
@click.argument("job_id", metavar="JOB")
@account_options
def show(job_id: str, kind: str, **given: Any) -> None:
    """Show everything that the service tells of a job."""
    from ftlint.publish.account import job
    from ftlint.reporters import jobs as reporter

    found = job(opened(given), job_id)
    output.write(reporter.as_json("job", found) if kind == "json" else reporter.render_one(found), None)


@command.command("events")
@click.argument("job_id", metavar="JOB")
@limit_option
@account_options
def events(job_id: str, kind: str, limit: int, **given: Any) -> None:
    """Show the latest events of a job, the latest last."""
    from ftlint.publish.paths import JOBS, at
    from ftlint.reporters import jobs as reporter

    show_list(given, at(JOBS, job_id, "events"), "events", reporter.render_events, kind, limit)


@command.command("follow")
@click.argument("job_id", metavar="JOB")
@click.option("--file", "path", type=click.Path(), help="The training file: where the job fails, show its rows.")
@account_options
def follow(job_id: str, kind: str, path: str | None, **given: Any) -> None:
    """Tell what happens to a job until it ends; Ctrl-C leaves it alone."""
    from ftlint.cli.publishing import Teller, follow_job

    configuration = configuration_of(given)
    service = opened(given)
    teller = Teller(kind, service.connection.words)
    follow_job(service, job_id, teller, configuration, {"training": path} if path else {})


@command.command("checkpoints")
@click.argument("job_id", metavar="JOB")
@limit_option
@account_options
def checkpoints(job_id: str, kind: str, limit: int, **given: Any) -> None:
    """List the models kept on the way."""
    from ftlint.publish.paths import JOBS, at
    from ftlint.reporters import jobs as reporter

    show_list(given, at(JOBS, job_id, "checkpoints"), "checkpoints", reporter.render_checkpoints, kind, limit)


def _changing(action: Action, what: str) -> Callable[..., None]:
    @click.argument("job_id", metavar="JOB")
    @account_options
    def change_job(job_id: str, kind: str, **given: Any) -> None:
        from ftlint.publish.account import change
        from ftlint.reporters import following
        from ftlint.reporters import jobs as reporter

        changed = change(opened(given), action, job_id)
        if kind == "json":
            output.write(reporter.as_json("job", changed), None)
        else:
            output.write([following.status_line(changed, output.painter("auto", False))], None)

    change_job.__doc__ = what
    return change_job


command.command("cancel")(_changing("cancel", "End a job before it is done."))
command.command("pause")(_changing("pause", "Let a job pause."))
command.command("resume")(_changing("resume", "Let a job that pauses go on."))


@command.command("results")
@click.argument("job_id", metavar="JOB")
@click.option("--all", "every", is_flag=True, help="Show every row of the table.")
@click.option("-o", "--output-file", type=click.Path(dir_okay=False), help="Write the service's CSV to a file.")
@account_options
def results(job_id: str, kind: str, every: bool, output_file: str | None, **given: Any) -> None:
    """Show the metrics: table, chart, lowest loss."""
    from shutil import get_terminal_size

    from ftlint.publish.results import metrics_of, result_file, series, summary
    from ftlint.reporters import results as reporter
    from ftlint.reporters.jobs import as_json

    service = opened(given)
    file, table = result_file(service, job_id)
    if output_file is not None:
        output.write_bytes(table, output_file)
        output.note([f"{file} is written to {output_file}"])
        return
    metrics = metrics_of(table)
    found = summary(metrics)
    if kind == "json":
        output.write(as_json("results", {"job": job_id, "file": file, **found, "columns": metrics.columns()}), None)
        return
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    paint = output.painter("auto", False)
    chart = [series(metrics, name) for name in ("train_loss", "valid_loss")]
    output.write(reporter.render_table(metrics.header, metrics.rows, paint, every), None)
    output.write(reporter.render_charts(chart, get_terminal_size((80, 24)).columns, unicode), None)
    output.write(reporter.render_summary(found, paint), None)

"""`ftlint try`."""

from __future__ import annotations

import os
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import click

from ftlint.cli import options, output
from ftlint.cli.service import address_of, address_options, connected
from ftlint.config.load import load
from ftlint.core.errors import FtlintError
from ftlint.engine.run import on_day
from ftlint.reporters.paint import Paint

if TYPE_CHECKING:
    from ftlint.publish.connection import Connection
    from ftlint.publish.trial import Trial
    from ftlint.publish.tryout import Outcome


@click.command("try")
@click.argument("model")
@click.argument("validation")
@click.option("--rows", type=click.IntRange(1, 1000), default=5, show_default=True, help="Rows to send, the first.")
@click.option("--against", metavar="BASE", help="Model to ask the same, such as the one it was trained from.")
@click.option("--max-output-tokens", type=click.IntRange(min=1), default=500, show_default=True, help="Of one answer.")
@click.option("--temperature", type=click.FloatRange(0, 2), help="By default the service's.")
@click.option("--format", type=click.Choice(["chat", "completion", "preference", "reinforcement"]), help="Of the rows.")
@click.option("--max-cost", type=options.Money(), help="Refuse when the estimated cost is higher or unknown.")
@click.option("--dry-run", is_flag=True, help="Show what it would cost and send nothing; the default where CI is set.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--show-content/--hide-content", default=None, help="Show prompts and answers; hidden where CI is set.")
@address_options
@click.option(
    "--output-format", "kind", type=click.Choice(["text", "json", "markdown"]), default="text", help="How to print."
)
@options.output_options
@options.configuration_options
def command(
    model: str,
    validation: str,
    rows: int,
    against: str | None,
    max_output_tokens: int,
    temperature: float | None,
    max_cost: Decimal | None,
    dry_run: bool,
    yes: bool,
    kind: str,
    config: str | None,
    isolated: bool,
    output_file: str | None,
    color: str,
    **given: Any,
) -> None:
    """
    Send the prompts of rows in VALIDATION to MODEL and compare its answers with those in the file.

    What that costs at most is shown, and nothing is sent before you agree. Rows with an error are left out. The exit
    status is 0, or 2 when the call is wrong, 3 when the service refuses a request, 4 when an answer never came.
    """
    from ftlint.publish.trial import trial_of
    from ftlint.publish.tryout import Limits

    address = address_of(given)
    configuration = on_day(load(Path.cwd(), Path(config) if config else None, isolated, **given), date.today())
    settings = configuration.settings
    only_shown = dry_run or (output.in_ci() and not yes)
    limits = Limits(max_output_tokens, temperature)
    trial = trial_of(model, against, validation, rows, limits, address, configuration, os.environ)
    connection = connected(address, trial.provider, settings, needs_key=not only_shown, needs_jobs=False)
    content = settings.show_content if settings.show_content is not None else not output.in_ci()
    look = Look(kind, content, output_file, output.painter(color, output_file is not None))
    _show_plan(trial.to_dict(connection), look, only_shown)
    _refuse_cost(trial.usd(), max_cost)
    if only_shown:
        output.note(["nothing was sent" + ("" if dry_run else "; where CI is set, --yes sends it")])
        return
    if not yes:
        output.confirm("Send this?")
    _carry_out(trial, connection, look)


class Look(NamedTuple):
    """How it is printed, and where: without `content`, no text of a row or an answer."""

    kind: str
    content: bool
    output_file: str | None
    paint: Paint


def _show_plan(plan: dict[str, Any], look: Look, only_shown: bool) -> None:
    """On standard output; on standard error where that holds a document."""
    from ftlint.reporters import tryout as reporter

    if only_shown and look.kind == "json":
        output.write(reporter.render_json({"plan": plan}), look.output_file)
    elif only_shown or (look.kind == "text" and look.output_file is None):
        output.write(reporter.render_plan(plan, look.paint), look.output_file)
    else:
        output.tell(reporter.render_plan(plan, look.paint))


def _refuse_cost(usd: Decimal | None, most: Decimal | None) -> None:
    if most is None or (usd is not None and usd <= most):
        return
    told = "unknown" if usd is None else f"up to ${usd:,.4f}"
    raise FtlintError(f"the cost is {told}, and --max-cost is ${most}; nothing was sent")


def _carry_out(trial: Trial, connection: Connection, look: Look) -> NoReturn:
    """Ask, and print what comes; as text, each row when it has come."""
    from ftlint.publish.openai import Service
    from ftlint.publish.prompts import told
    from ftlint.publish.tryout import outcomes, record, sums
    from ftlint.reporters import tryout as reporter

    streams = look.kind == "text" and look.output_file is None
    unicode = look.output_file is not None or (sys.stdout.encoding or "").lower().startswith("utf")
    columns = get_terminal_size((100, 24)).columns
    done: list[Outcome] = []
    blocks: list[str] = []
    ending: BaseException | None = None
    try:
        for outcome in outcomes(Service(connection), trial.prompts, trial.models, trial.limits):
            done.append(outcome)
            told_now = told(outcome.prompt)
            block = [
                "",
                *reporter.render_outcome(record(outcome, look.content), told_now, columns, unicode, look.paint),
            ]
            if streams:
                output.write(block, None)
            else:
                blocks += block
    except (FtlintError, KeyboardInterrupt) as error:  # what was paid for is shown all the same
        ending = error
    summed = [sums(tried, done) for tried in trial.models]
    if look.kind == "text":
        output.write([*blocks, "", *reporter.render_summary(summed, look.paint)], look.output_file)
    else:
        plan = trial.to_dict(connection)
        records = [record(outcome, look.content) for outcome in done]
        if look.kind == "json":
            lines = reporter.render_json({"plan": plan, "rows": records, "models": summed})
        else:
            lines = reporter.render_markdown(plan, records, [told(outcome.prompt) for outcome in done], summed)
        output.write(lines, look.output_file)
    if ending is not None:
        raise ending
    errors = [reply.error for outcome in done for reply in outcome.replies if reply.error is not None]
    raise click.exceptions.Exit(max((error.exit_code for error in errors), default=0))

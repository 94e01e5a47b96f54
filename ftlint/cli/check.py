"""`ftlint check`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ftlint.cli import options, output, parts
from ftlint.cli.cache_directory import with_cache
from ftlint.config.load import baseline_of, load
from ftlint.core.errors import FtlintError
from ftlint.engine.located import Located
from ftlint.engine.parts import run_parts
from ftlint.engine.run import on_day
from ftlint.sources.files import same

if TYPE_CHECKING:
    from ftlint.config.settings import Settings
    from ftlint.engine.report import Report
    from ftlint.reporters.paint import Paint

MANY = 20
"""Findings past which the default output groups them by rule."""
PLACES = 3
"""Places of a defect that the grouped output shows."""
EVERYTHING = ("json", "json-lines", "github")
"""Formats that hold all findings."""


@click.command("check")
@click.argument("paths", nargs=-1)
@click.option("--train", metavar="FILE", multiple=True, help="Training file, as one of PATHS; may be repeated.")
@parts.dataset_option
@click.option(
    "--project", is_flag=True, help="Check all datasets of the configuration, and the lock where there is one."
)
@click.option("--model", help="Target: MODEL, PROVIDER/MODEL, PROVIDER, an alias or a fine-tuned model's id (ft:…).")
@options.target_options
@click.option(
    "--validation", metavar="FILE", help="Validation file of the job: checked like the others, but not trained on."
)
@click.option("--grader", metavar="FILE", help="Grader of a reinforcement job, a JSON file.")
@click.option(
    "--select",
    type=options.Words(),
    multiple=True,
    help="Check only these rules: codes, prefixes, names, ALL.",
)
@click.option("--ignore", type=options.Words(), multiple=True, help="Leave these rules out.")
@click.option("--extend-select", type=options.Words(), multiple=True, help="Check these rules as well.")
@click.option(
    "--per-file-ignores", type=options.FileIgnore(), multiple=True, help="Leave a rule out of matching files."
)
@click.option("--max-cost", type=options.Money(), help="Fail when the estimated cost is higher or unknown.")
@click.option("--max-tokens", type=click.IntRange(min=0), help="Fail when there are more billed tokens in all epochs.")
@parts.budget_options
@click.option("--locked", is_flag=True, help="Fail when a file is not what ftlint.lock.json says.")
@click.option(
    "--totals/--no-totals", default=None, help="Count exact tokens and cost; by default where they are shown."
)
@click.option(
    "--output-format",
    type=click.Choice(["full", "concise", "grouped", "json", "json-lines", "github"]),
    help="How to print; by default full for few findings and grouped for many.",
)
@click.option("--statistics", is_flag=True, help="Print only how many findings each rule has.")
@click.option(
    "--max-per-rule", type=click.IntRange(min=0), help="Show at most so many findings of a rule; 0 shows all."
)
@click.option(
    "--show-content/--hide-content",
    default=None,
    help="Show the text around findings; hidden where CI is set.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="Least severity that exits with 1.",
)
@click.option("--fix", is_flag=True, help="Fix what can be fixed safely, and check again.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: fix as well what changes the data.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@click.option("--backup", is_flag=True, help="With --fix: keep the file as it was under its name with .bak behind it.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 when something was fixed.")
@click.option("--baseline", metavar="FILE", help="File of findings that are known; see `ftlint baseline -h`.")
@click.option("--no-baseline", is_flag=True, help="Report what is in the baseline as well.")
@click.option(
    "--fail-on-stale", is_flag=True, default=None, help="Exit with 1 when the baseline holds what is no longer there."
)
@click.option("--base", metavar="REF", help="Report only what is new against a git commit, and what has changed.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), help="Processes for a large file; by default one a core.")
@click.option(
    "--exclude", type=options.Words(), metavar="GLOBS", multiple=True, help="Glob patterns to skip in directories."
)
@click.option("--force-exclude", is_flag=True, default=None, help="Skip excluded files even when they are named.")
@options.cache_options
@options.output_options
@options.configuration_options
def command(
    paths: tuple[str, ...],
    train: tuple[str, ...],
    datasets: tuple[str, ...],
    project: bool,
    locked: bool,
    config: str | None,
    isolated: bool,
    output_file: str | None,
    color: str,
    statistics: bool,
    exit_zero: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    backup: bool,
    exit_non_zero_on_fix: bool,
    no_baseline: bool,
    base: str | None,
    **given: Any,
) -> None:
    """
    Check training files.

    PATHS are files, directories (searched for .jsonl and .ndjson) or - for standard input; by default the datasets
    of the configuration, or where it has none the current directory, with --base what has changed there. The exit
    status is 0 when nothing is found, 1 when there are findings, 2 when the call is wrong or a file cannot be read.
    """
    for key in ("select", "ignore", "extend_select", "exclude"):
        given[key] = options.flat(given[key])
    given["per_file_ignores"] = options.by_pattern(given["per_file_ignores"])
    configuration = on_day(load(Path.cwd(), Path(config) if config else None, isolated, **given), date.today())
    settings = configuration.settings
    interactive = output.is_interactive() and output_file is None
    if (held := settings.validation) and any(same(path, held) for path in train):
        raise FtlintError(f"{held} is given to --train and to --validation; `ftlint split` makes two files of it")
    paths = (*paths, *train)
    configuration = with_cache(configuration)
    content = settings.show_content if settings.show_content is not None else not output.in_ci()
    shown = interactive or settings.output_format == "json"
    muting = None
    if not no_baseline and (settings.baseline or (not isolated and baseline_of(configuration).is_file())):
        from ftlint.cli import muting as known

        muting = known.of_baseline(configuration)
    jobs = parts.named(paths, datasets, configuration, given, project=project, base=base)
    whole = not paths and not datasets and (base is None or bool(settings.dataset))
    lock = parts.locked(jobs, asked=locked, project=project, whole=whole)
    jobs = [job.told(lambda own: parts.counting(own, shown or lock is not None)) for job in jobs]
    against = None
    if base is not None:
        from ftlint.engine.against import Against

        compared = shown if settings.totals is None else settings.totals
        against = Against(base, jobs, muting, content=content, compared=compared)
        jobs, muting = against.parts, against.muting
    fixer = None
    if fix or diff:
        from ftlint.cli import fixing

        fixer = fixing.fixer(unsafe_fixes, diff, backup, settings)
    report = run_parts(
        jobs,
        stdin=output.standard_input(),
        excerpts=content and settings.output_format not in (*EVERYTHING, "concise"),
        located=_located(settings),
        check=fixer.check if fixer else None,
        lock=lock,
        muting=muting,
    )
    if fixer and diff:
        raise click.exceptions.Exit(fixing.after_diff(fixer, report, exit_zero))
    paint = output.painter(color, output_file is not None)
    if against:
        against.compare(report)
    output.complain(report.failures)
    if against and not any(job.paths for job in jobs):
        output.note([f"no .jsonl or .ndjson file has changed since {base}"] if interactive else [])
    else:
        output.note(_not_checked(report))
    if settings.output_format in EVERYTHING:
        output.note(_not_listed(report))
    lines = _lines(report, settings, paint, statistics, interactive)
    code = report.exit_code(settings.fail_on)
    if muting:
        from ftlint.cli import muting as known

        output.note(known.told(report, muting, settings, interactive))
        code = max(code, int(settings.fail_on_stale and report.summary.stale > 0))
    if fixer:
        lines = fixing.with_fixes(lines, fixer, report, settings.output_format in EVERYTHING)
        code = max(code, int(exit_non_zero_on_fix and bool(fixer.fixed)))
    if fixer and "-" in paths and output_file is None:
        output.tell(lines)
    else:
        output.write(lines, output_file)
    if interactive and not fixer:
        output.note(_fixable(report))
    raise click.exceptions.Exit(0 if exit_zero and code == 1 else code)


def _lines(report: Report, settings: Settings, paint: Paint, statistics: bool, interactive: bool) -> Iterator[str]:
    if not report.findings and not interactive and not settings.totals and settings.output_format not in EVERYTHING:
        return  # the silence of a clean hook, without the imports of those who speak
    from ftlint.reporters import github, machine, summary, text

    format = settings.output_format
    if statistics and format not in EVERYTHING:
        yield from text.statistics(report, paint)
    elif format == "json":
        yield from machine.render_json(report)
    elif format == "json-lines":
        yield from machine.render_json_lines(report)
    elif format == "github":
        yield from github.render(report)
    elif format == "concise":
        yield from text.concise(report, paint, settings.max_per_rule)
    elif format == "full" or (format is None and len(report.findings) <= MANY):
        yield from text.full(report, paint, settings.max_per_rule, collapse=format is None)
    else:
        yield from text.grouped(report, paint, settings.max_per_rule)
    if format not in EVERYTHING:
        shown = interactive or settings.totals
        yield from summary.render(report, paint) if shown else summary.failed(report, paint)
        if shown and report.comparison:
            from ftlint.reporters import comparison

            yield from comparison.render(report.comparison, paint)


def _not_checked(report: Report) -> Iterator[str]:
    """What was passed over without a finding that says so."""
    if not report.failures and all(file.purpose in ("grader", "lock") for file in report.files):
        yield "no .jsonl or .ndjson file found"
    purposes = {file.purpose for file in report.files}
    if "validation" in purposes and "training" not in purposes and not report.failures:
        held = next(file.path for file in report.files if file.purpose == "validation")
        yield f"{held} is checked as the validation file, without a training file: what both hold is not known"
    said = {finding.key for finding in report.findings if finding.code.startswith("FT0")}
    for file in report.files:
        details = report.details[file.key]
        if details.unparsed and file.key not in said and not report.summary.muted:
            rows = (
                "1 row does not parse and is"
                if details.unparsed == 1
                else f"{details.unparsed:,} rows do not parse and are"
            )
            yield f"{file.path}: {rows} not checked; the rules that say why are not selected"


def _not_listed(report: Report) -> Iterator[str]:
    """What a format for programs counts and does not list."""
    if more := sum(one.findings - one.listed for one in report.unlisted):
        every = more + len(report.findings)
        rules = ", ".join(sorted({one.code for one in report.unlisted}))
        yield f"{more:,} of {every:,} findings are counted and not listed, all of them of {rules}"


def _fixable(report: Report) -> Iterator[str]:
    """What `--fix` would fix."""
    summary = report.summary
    every, safe = summary.fixable + summary.unsafe_fixable, summary.fixable
    if safe:
        more = f" ({every - safe:,} more with --unsafe-fixes)" if every > safe else ""
        yield f"{safe:,} fixable with --fix{more}"
    elif every:
        yield f"{every:,} fixable with --fix --unsafe-fixes, which changes the data"


def _located(settings: Settings) -> Located | None:
    """Which findings need their line and column: all, but where only some are shown."""
    limit = settings.max_per_rule
    if settings.output_format in EVERYTHING or limit == 0:
        return None
    if limit is not None:
        return Located(findings=limit, kinds=limit, places=limit)
    if settings.output_format in (None, "grouped"):
        return Located(findings=MANY, kinds=MANY, places=PLACES)
    return None

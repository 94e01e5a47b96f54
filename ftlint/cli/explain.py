"""`ftlint explain`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ftlint.cli import options, output
from ftlint.config.load import load
from ftlint.core.errors import FtlintError
from ftlint.engine.explain import explain, look_up
from ftlint.engine.run import on_day
from ftlint.engine.selection import BY_NAME, CODES
from ftlint.profiles.catalog import resolve
from ftlint.profiles.errors import MAX_TEXT, near


@click.command("explain")
@click.argument("text")
@click.option(
    "--file", "path", type=click.Path(), help="The training file: show its rows, and what is wrong with them."
)
@click.option("--model", help="Target: MODEL, PROVIDER/MODEL, PROVIDER, an alias or a fine-tuned model's id (ft:…).")
@options.target_options
@click.option(
    "--show-content/--hide-content",
    default=None,
    help="Show the text around findings; hidden where CI is set.",
)
@options.text_or_json
@options.output_options
@options.configuration_options
def command(
    text: str,
    path: str | None,
    kind: str,
    config: str | None,
    isolated: bool,
    output_file: str | None,
    color: str,
    **given: Any,
) -> None:
    """
    Explain the error message TEXT of a provider, a job or a trainer.

    TEXT is a message, several, a whole log or a JSON error body; - reads standard input. The exit status is 0
    when a message is known, 1 when none is, 2 when the call is wrong or the file cannot be read.
    """
    if text.strip().upper() in CODES or text.strip() in BY_NAME:
        raise FtlintError(f'"{text.strip()}" is a rule; see "ftlint rule {text.strip()}"')
    text = _standard_input(path) if text == "-" else text
    configuration = on_day(load(Path.cwd(), Path(config) if config else None, isolated, **given), date.today())
    settings = configuration.settings
    explanations = explain(text, resolve(settings.model) if settings.model else None)
    content = settings.show_content if settings.show_content is not None else not output.in_ci()
    looked = look_up(path, explanations, configuration, content) if path is not None else None
    if looked is not None and looked.report.failures:
        raise FtlintError(looked.report.failures[0])
    from ftlint.reporters import explain as reporter

    similar = [] if explanations else near(text)
    if kind == "json":
        lines = reporter.render_json(explanations, similar, looked)
    else:
        paint = output.painter(color, output_file is not None)
        lines = reporter.render_text(explanations, similar, looked, content, paint)
    output.write(lines, output_file)
    if len(text) > MAX_TEXT:
        output.note([f"only the first {MAX_TEXT:,} characters of the text were read"])
    raise click.exceptions.Exit(0 if explanations else 1)


def _standard_input(path: str | None) -> str:
    if path == "-":
        raise FtlintError("standard input holds the text; name the file")
    stream = output.standard_input()
    if stream is None:
        raise FtlintError("standard input is closed")
    return stream.read(4 * MAX_TEXT + 4).decode(errors="replace")

"""`ftlint schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ftlint.cli import output
from ftlint.core.errors import FtlintError
from ftlint.formats.schemas import bundle
from ftlint.profiles.catalog import resolve

GENERATED = {"config": "config.schema.json", "report": "report.v1.schema.json"}


@click.command("schema")
@click.argument("model", required=False)
@click.option(
    "--method",
    type=click.Choice(["supervised", "dpo", "reinforcement"]),
    help="Training method; by default the model's first.",
)
@click.option(
    "--format",
    type=click.Choice(["chat", "completion", "preference", "reinforcement"]),
    help="Format, where the method takes several.",
)
@click.option("--config", "which", flag_value="config", help="The schema of ftlint.toml instead.")
@click.option("--report", "which", flag_value="report", help="The schema of the JSON report instead.")
@click.option("--grader", "which", flag_value="grader", help="The schema of a grader instead.")
@click.option(
    "--all",
    "everything",
    type=click.Path(file_okay=False),
    help="Write the two generated schemas to a directory.",
)
def command(
    model: str | None, method: str | None, format: str | None, which: str | None, everything: str | None
) -> None:
    """
    Print the JSON Schema of MODEL's rows as one self-contained file.

    MODEL is a model, an alias, a fine-tuned model's id, or a provider. Without it: OpenAI's common rules.
    """
    if everything is not None:
        for name, file in GENERATED.items():
            output.write([json.dumps(_generated(name), indent=2)], str(Path(everything) / file))
        return
    schema = _generated(which) if which else _of_rows(model, method, format)
    output.write([json.dumps(schema, indent=2)], None)


def _of_rows(model: str | None, method: str | None, format: str | None) -> dict[str, Any]:
    profile = resolve(model)
    name = profile.id or profile.provider
    chosen = method or next(iter(profile.methods))
    if chosen not in profile.methods:
        raise FtlintError(f"{name} does not take the method {chosen}; it takes {', '.join(profile.methods)}")
    schemas = {str(name): file for name, file in profile.methods[chosen].schemas.items()}
    if format is not None and format not in schemas:
        raise FtlintError(f"{name} takes no {format} rows for {chosen}; it takes {', '.join(schemas)}")
    return bundle(schemas[format] if format else next(iter(schemas.values())))


def _generated(which: str) -> dict[str, Any]:
    from ftlint.config.load import json_schema
    from ftlint.engine.report_schema import report_schema

    if which == "grader":
        return bundle("graders/grader.schema.json")
    return json_schema() if which == "config" else report_schema()

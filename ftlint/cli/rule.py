"""`ftlint rule`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from ftlint.cli import options, output
from ftlint.core.errors import FtlintError
from ftlint.engine.selection import rule_of
from ftlint.reporters import pages
from ftlint.rules.registry import RULES


@click.command("rule")
@click.argument("code", required=False)
@click.option(
    "--all",
    "directory",
    type=click.Path(file_okay=False),
    help="Write a page a rule, and the list of them, to a directory.",
)
@options.text_or_json
def command(code: str | None, directory: str | None, kind: str) -> None:
    """Explain the rule CODE (or name), or list all rules."""
    if directory is not None:
        _write_all(Path(directory))
        return
    rules = RULES if code is None else (rule_of(code),)
    if kind == "json":
        rows = [pages.record(rule) for rule in rules]
        output.write([json.dumps(rows if code is None else rows[0], indent=2)], None)
    elif code is None:
        output.write(_listing(), None)
    else:
        output.write(pages.terminal(rules[0]), None)


def _write_all(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FtlintError(f"cannot make {directory}: {(error.strerror or str(error)).lower()}") from error
    output.write(pages.index(RULES), str(directory / "README.md"))
    for rule in RULES:
        output.write(pages.markdown(rule), str(directory / pages.file_of(rule)))


def _listing() -> Iterator[str]:
    width = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        severity = rule.severity.label if rule.default else "off"
        yield f"{rule.code}  {rule.name:{width}}  {severity:7}  {pages.summary(rule)}"

"""`ftlint rule`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from inspect import cleandoc

import click

from ftlint.cli import options, output
from ftlint.core.visible import visible
from ftlint.engine.selection import rule_of
from ftlint.rules.base import Example, Rule
from ftlint.rules.registry import RULES

SHOWN = 600
"""Characters of an example; some have to be long to be bad."""


@click.command("rule")
@click.argument("code", required=False)
@options.text_or_json
def command(code: str | None, kind: str) -> None:
    """Explain the rule CODE (or name), or list all rules."""
    rules = RULES if code is None else (rule_of(code),)
    if kind == "json":
        rows = [_record(rule) for rule in rules]
        output.write([json.dumps(rows if code is None else rows[0], indent=2)], None)
    elif code is None:
        output.write(_listing(), None)
    else:
        output.write(_page(rules[0]), None)


def _listing() -> Iterator[str]:
    width = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        severity = rule.severity.label if rule.default else "off"
        yield f"{rule.code}  {rule.name:{width}}  {severity:7}  {_summary(rule)}"


def _page(rule: type[Rule]) -> Iterator[str]:
    severity = rule.severity.label if rule.default else f"{rule.severity.label}, off by default"
    yield f"{rule.code} {rule.name} ({severity}, since {rule.since})"
    yield ""
    yield from cleandoc(rule.__doc__ or "").splitlines()
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        if example:
            yield ""
            yield f"## {title}"
            yield from _example(example)
    if rule.provider_error:
        yield ""
        yield "## A provider's words"
        yield rule.provider_error


def _example(example: Example) -> Iterator[str]:
    text = example.decode(errors="backslashreplace") if isinstance(example, bytes) else json.dumps(example)
    for line in text[:SHOWN].split("\n")[:8]:
        if line:
            yield visible(line)
    if len(text) > SHOWN:
        yield "…"


def _summary(rule: type[Rule]) -> str:
    return " ".join(cleandoc(rule.__doc__ or "").split("\n\n")[0].split())


def _record(rule: type[Rule]) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.label,
        "default": rule.default,
        "since": rule.since,
        "summary": _summary(rule),
        "explanation": cleandoc(rule.__doc__ or ""),
        "help": rule.help,
        "provider_error": rule.provider_error,
    }

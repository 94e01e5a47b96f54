"""
What rules find in the strings of a row, whatever its shape.

Imported when the first row comes whose bytes one of their triggers matches.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from ftlint.core.types import Problem
from ftlint.engine.collect import collector
from ftlint.formats.strings import strings
from ftlint.rules.base import StringRule
from ftlint.rules.index import Entry


def of_strings(value: Any, entries: Iterable[Entry]) -> list[Problem]:
    """What these rules find in the strings of any value."""
    problems: list[Problem] = []
    rules = [(cast("StringRule", entry.rule()), collector(entry.code, problems)) for entry in entries]
    for string in strings(value):
        for rule, report in rules:
            rule.check(string, report)
    return problems

"""
What rules find in the strings of a row, whatever its shape.

Imported when the first row comes whose bytes one of their triggers matches.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from ftlint.core.private.spots import Find
from ftlint.core.types import Problem
from ftlint.engine.collect import collector
from ftlint.formats.strings import strings
from ftlint.rules.base import StringRule
from ftlint.rules.index import Entry, entries

if TYPE_CHECKING:
    from ftlint.rules.privacy._private import PrivateRule


def asked_for(codes: Iterable[str]) -> list[Find]:
    """What finds private data that is masked where its rule runs: that of the rules that do not run by default."""
    known = entries()
    rules = [known[code] for code in codes if known[code].kind == "StringRule" and not known[code].default]
    return [cast("PrivateRule", entry.rule()).find for entry in rules]


def of_strings(value: Any, worth: Iterable[Entry]) -> list[Problem]:
    """What these rules find in the strings of any value."""
    problems: list[Problem] = []
    rules = [(cast("StringRule", entry.rule()), collector(entry.code, problems)) for entry in worth]
    for string in strings(value):
        for rule, report in rules:
            rule.check(string, report)
    return problems

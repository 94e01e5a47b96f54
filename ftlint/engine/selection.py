"""Which rules run: select, ignore, and what the target turns on or off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ftlint.config.settings import BUDGET, Settings
from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean
from ftlint.core.types import Severity
from ftlint.rules.base import Rule
from ftlint.rules.index import entries

CODES = entries()
OVER_BUDGET = "FT508"
BY_NAME = {entry.name: entry.code for entry in CODES.values()}


def rule_of(word: str) -> type[Rule]:
    """The rule of a code or name. Raises FtlintError when there is none."""
    code = BY_NAME.get(word.lower(), word.upper())
    if code not in CODES:
        raise FtlintError(f'unknown rule "{word}".{did_you_mean(word, (*CODES, *BY_NAME))}')
    return CODES[code].rule


def severities(settings: Settings, levels: Mapping[str, str]) -> dict[str, Severity]:
    """The rules that run, by code, each with the severity that it has for this target."""
    selected = _expand(settings.select, "select") if settings.select else None
    extended = _expand(settings.extend_select, "extend-select")
    ignored = _expand(settings.ignore, "ignore")
    if any(getattr(settings, name) is not None for name in BUDGET):  # who sets a budget selects what speaks of it
        extended.setdefault(OVER_BUDGET, 1)
    chosen: dict[str, Severity] = {}
    for rule in CODES.values():
        if (
            rule.compares == "validation" and settings.validation is None
        ):  # with nothing; and what it remembers takes time
            continue
        level = levels.get(rule.code)
        default = rule.default if level is None else level != "off"
        picked = max(selected.get(rule.code, 0) if selected is not None else int(default), extended.get(rule.code, 0))
        # As in ruff, the longer prefix wins: --select FT2 --ignore FT211, and --ignore FT2 --select FT211.
        if picked and picked > ignored.get(rule.code, 0):
            chosen[rule.code] = Severity[level.upper()] if level not in (None, "off") else rule.severity
    return chosen


def ignored_codes(words: Iterable[str]) -> frozenset[str]:
    """The codes that a list of codes, prefixes and names stands for."""
    return frozenset(_expand(words, "per-file-ignores"))


def _expand(words: Iterable[str], key: str) -> dict[str, int]:
    """Codes with the length of the word that named them (`ALL` counts 1)."""
    found: dict[str, int] = {}
    for word in words:
        exact = BY_NAME.get(word.lower())
        prefix = exact or word.upper()
        codes = [code for code in CODES if code.startswith(prefix)] if prefix != "ALL" else list(CODES)
        if not codes or not prefix.startswith(("FT", "ALL")) or (prefix != "ALL" and len(prefix) < 2):
            raise FtlintError(f'unknown rule "{word}" in {key}.{did_you_mean(word, (*CODES, *BY_NAME))}')
        for code in codes:
            found[code] = max(found.get(code, 0), 1 if prefix == "ALL" else len(prefix))
    return found

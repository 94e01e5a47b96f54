"""Everything that scanning a file needs, prepared once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from ftlint.core.types import Problem, Severity
from ftlint.formats.accept import Acceptor
from ftlint.formats.outline import Outline
from ftlint.profiles.model import FormatName
from ftlint.rules.base import MessageRule, RowRule, Target, TokenRule
from ftlint.rules.registry import RULES

MAX_REMEMBERED = 1000
NEAR = 0.9
"""A row of more than this share of the limit is near it: FT503, and the point from which tokens are counted."""


@dataclass(frozen=True, slots=True)
class Outlined:
    """What holds for every row of one outline."""

    problems: tuple[Problem, ...]
    roles: Counter[str]
    has_system: bool


@dataclass(slots=True, kw_only=True)
class Context:
    """The target and the rules of one file. `acceptor` is None where rows have no format: only JSON is checked."""

    target: Target
    format: FormatName | None
    acceptor: Acceptor | None
    severities: dict[str, Severity]
    limit: int | None
    totals: bool
    max_line_bytes: int
    custom: tuple[tuple[str, Acceptor], ...] = ()
    message_rules: tuple[MessageRule, ...] = ()
    row_rules: tuple[RowRule, ...] = ()
    token_rules: tuple[TokenRule, ...] = ()
    floor: int | None = field(init=False, default=None)
    """Rows proven to have at most so many tokens need no tokenizer; None: no row needs one."""
    tools_seen: dict[bytes, tuple[int, bool]] = field(default_factory=dict)
    outlines: dict[Outline, Outlined] = field(default_factory=dict)
    _count: Callable[[str], int] | None = None

    def __post_init__(self) -> None:
        rules = [rule() for rule in RULES if rule.code in self.severities]
        self.message_rules = tuple(rule for rule in rules if isinstance(rule, MessageRule))
        self.row_rules = tuple(rule for rule in rules if isinstance(rule, RowRule))
        self.token_rules = tuple(rule for rule in rules if isinstance(rule, TokenRule)) if self.limit else ()
        if self.totals:
            self.floor = -1
        elif self.limit and self.token_rules:
            self.floor = int(self.limit * NEAR)

    @property
    def count(self) -> Callable[[str], int]:
        """The exact token count of a text; the vocabulary is loaded when this is first asked for."""
        if self._count is None:
            from ftlint.tokens.encoder import load

            self._count = load(self.target.profile.encoding).count
        return self._count

    def remember(self, key: Outline, found: Outlined) -> Outlined:
        """Keep what was found for an outline; the memory is bounded."""
        if len(self.outlines) > MAX_REMEMBERED:
            self.outlines.clear()
        self.outlines[key] = found
        return found

    def tools_facts(self, definitions: list[Any]) -> tuple[int, bool]:
        """
        Bytes of the rendering of tool definitions, and whether the row needs a closer look.

        A closer look: for nesting past the limit, integers past 64 bits (orjson writes neither) and infinite
        numbers (orjson writes null).
        """
        try:
            encoded = orjson.dumps(definitions)
        except TypeError:
            from ftlint.tokens.tools import rendered_size

            return rendered_size(definitions), True
        known = self.tools_seen.get(encoded)
        if known is None:
            from ftlint.sources.bounds import too_deep
            from ftlint.tokens.tools import rendered_size

            if len(self.tools_seen) > MAX_REMEMBERED:
                self.tools_seen.clear()
            known = self.tools_seen[encoded] = (
                rendered_size(definitions),
                b"null" in encoded or too_deep(encoded) is not None,
            )
        return known

"""Everything that scanning a file needs, prepared once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from ftlint.core.types import Pointer, Problem, Severity
from ftlint.engine.collect import collector
from ftlint.engine.triggers import matcher
from ftlint.formats.accept import Acceptor
from ftlint.formats.outline import Outline
from ftlint.profiles.model import FormatName
from ftlint.rules.base import (
    ContentRule,
    DatasetRule,
    MessageRule,
    RowRule,
    Target,
    TextRule,
    TokenRule,
    ToolsRule,
)
from ftlint.rules.registry import RULES

if TYPE_CHECKING:
    from ftlint.formats.tools import Definitions
    from ftlint.formats.views import Row

MAX_REMEMBERED = 1000
NEAR = 0.9
"""A row of more than this share of the limit is near it: FT503, and the point from which tokens are counted."""


@dataclass(frozen=True, slots=True)
class Outlined:
    """What holds for every row of one outline."""

    problems: tuple[Problem, ...]
    roles: Counter[str]
    has_system: bool
    rules: tuple[ContentRule, ...]
    """The rules that have to look at the content of each of these rows."""
    has_images: bool


class ToolsFacts(NamedTuple):
    """What holds for every row with the same definitions of tools."""

    size: int
    """Bytes of their rendering, which has at most as many tokens."""
    is_odd: bool
    """Whether the row needs a closer look: deep nesting, huge or infinite numbers."""
    definitions: Definitions
    problems: tuple[Problem, ...]


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
    size: int = 0
    """Bytes of the file."""
    message_rules: tuple[MessageRule, ...] = ()
    row_rules: tuple[RowRule, ...] = ()
    content_rules: tuple[ContentRule, ...] = ()
    text_rules: tuple[TextRule, ...] = ()
    tools_rules: tuple[ToolsRule, ...] = ()
    dataset_rules: tuple[DatasetRule, ...] = ()
    memories: dict[str, DatasetRule] = field(default_factory=dict)
    """What is remembered of the rows, by name, with the rule that reads them; rules may share a memory."""
    token_rules: tuple[TokenRule, ...] = ()
    triggered: Callable[[bytes], tuple[TextRule, ...]] | None = None
    """Which text rules a row is worth; None where there are none."""
    floor: int | None = field(init=False, default=None)
    """Rows proven to have at most so many tokens need no tokenizer; None: no row needs one, or none is known."""
    tools_seen: dict[tuple[str, bytes], ToolsFacts] = field(default_factory=dict)
    outlines: dict[Outline, Outlined] = field(default_factory=dict)
    _count: Callable[[str], int] | None = None

    def __post_init__(self) -> None:
        rules = [rule() for rule in RULES if rule.code in self.severities]
        self.message_rules = tuple(rule for rule in rules if isinstance(rule, MessageRule))
        self.row_rules = tuple(rule for rule in rules if isinstance(rule, RowRule))
        self.content_rules = tuple(rule for rule in rules if isinstance(rule, ContentRule))
        self.text_rules = tuple(rule for rule in rules if isinstance(rule, TextRule))
        self.tools_rules = tuple(rule for rule in rules if isinstance(rule, ToolsRule))
        self.dataset_rules = tuple(
            rule for rule in rules if isinstance(rule, DatasetRule) and self.format in rule.formats
        )
        counts = self.target.profile.encoding is not None
        limited = counts and self.limit
        self.token_rules = tuple(rule for rule in rules if isinstance(rule, TokenRule)) if limited else ()
        for rule in reversed(self.dataset_rules):
            self.memories[rule.memory or rule.code] = rule
        if self.text_rules and self.format:
            self.triggered = matcher(self.text_rules, self.size)
        if self.totals and counts:
            self.floor = -1
        elif self.limit and self.token_rules:
            self.floor = int(self.limit * NEAR)

    def combine(self, memory: str, first: Any, second: Any) -> Any:
        """What is remembered of two neighbouring parts of the file."""
        return self.memories[memory].combine(first, second)

    @property
    def count(self) -> Callable[[str], int]:
        """The exact token count of a text; the vocabulary is loaded when this is first asked for."""
        if self._count is None:
            from ftlint.tokens.encoder import load

            encoding = self.target.profile.encoding
            assert encoding is not None
            self._count = load(encoding).count
        return self._count

    def tokens_of_images(self, row: Row) -> dict[Pointer, int]:
        """The tokens of those images of a row for which they are known, by the place of their part."""
        from ftlint.tokens.images import tokens_of_images

        return tokens_of_images(row.images, self.target.profile.image_tokens)

    def remember(self, key: Outline, found: Outlined) -> Outlined:
        """Keep what was found for an outline; the memory is bounded."""
        if len(self.outlines) > MAX_REMEMBERED:
            self.outlines.clear()
        self.outlines[key] = found
        return found

    def tools_facts(self, tools: list[Any], key: str) -> ToolsFacts:
        """What there is to know about the definitions that a row holds under `key`: tools or functions."""
        try:
            encoded = orjson.dumps(tools)
        except TypeError:  # nesting over 254, integers over 64 bits
            return self._tools_facts(tools, key, odd=True)
        known = self.tools_seen.get((key, encoded))
        if known is None:
            from ftlint.sources.bounds import too_deep

            if len(self.tools_seen) > MAX_REMEMBERED:
                self.tools_seen.clear()
            odd = b"null" in encoded or too_deep(encoded) is not None  # orjson writes null for infinite numbers
            known = self.tools_seen[key, encoded] = self._tools_facts(tools, key, odd)
        return known

    def _tools_facts(self, tools: list[Any], key: str, odd: bool) -> ToolsFacts:
        from ftlint.formats.tools import Definitions
        from ftlint.tokens.tools import rendered_size

        at = ("input", key) if self.format == "preference" else (key,)
        definitions = Definitions(tools, at)
        problems: list[Problem] = []
        for rule in self.tools_rules:
            rule.check(definitions, self.target, collector(rule.code, problems))
        return ToolsFacts(rendered_size(tools), odd, definitions, tuple(problems))

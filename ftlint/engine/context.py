"""Everything that scanning a file needs, prepared once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import orjson

from ftlint.core.types import Pointer, Problem, Severity
from ftlint.engine.collect import collector
from ftlint.engine.tails import Tails
from ftlint.engine.triggers import Matcher, kept_matcher
from ftlint.formats.accept import Acceptor
from ftlint.formats.outline import Outline
from ftlint.profiles.model import FormatName
from ftlint.rules.base import ContentRule, DatasetRule, Report, Rule, Target, TextRule, ToolsRule
from ftlint.rules.index import Entry, entries

if TYPE_CHECKING:
    from ftlint.config.settings import EncoderName
    from ftlint.engine.fingerprints import Marks
    from ftlint.formats.tools import Definitions
    from ftlint.formats.views import Row

Kind = TypeVar("Kind", bound=Rule)
Look = tuple[Callable[["Row", Target, Report], None], Report]
"""How a rule checks, and its report."""

PARTS = (
    "target",
    "format",
    "acceptor",
    "plain_roles",
    "severities",
    "limit",
    "totals",
    "max_line_bytes",
    "custom",
    "encoder",
    "most_rows",
    "marks",
    "remembered",
)
"""What a context is made of; all else follows."""
MAX_REMEMBERED = 1000
MAX_TURNS = 500
"""Messages and problems of a row up to which its outline is kept: long conversations are all different."""
MAX_TOOLS_BYTES = 4 << 20
"""Of the JSON of tools that are kept; what is known of them takes ten times as much."""
NEAR = 0.9
"""A row of more than this share of the limit is near it: FT503, and the point from which tokens are counted."""


@dataclass(slots=True, eq=False)
class Told:
    """What the outlines of some rows tell rules about the dataset, each with the name of its memory."""

    items: tuple[tuple[str, DatasetRule, Hashable], ...]


class Outlined(NamedTuple):
    """What holds for every row of one outline."""

    problems: tuple[Problem, ...]
    roles: Counter[str]
    rules: tuple[Look, ...]
    """The rules that have to look at the content of each of these rows."""
    call_rules: tuple[Look, ...]
    """Those that look at calls, unless these are proven to be in order."""
    memories: tuple[tuple[str, DatasetRule], ...]
    """What is remembered of each of these rows, with the rule that reads them."""
    told: Told | None
    """What is remembered of these rows without a look at them."""
    has_images: bool


class ToolsFacts(NamedTuple):
    """What holds for every row with the same definitions of tools."""

    size: int
    """Bytes of their rendering, which has at most as many tokens."""
    is_odd: bool
    """Whether the row needs a closer look: deep nesting, huge or infinite numbers."""
    definitions: Definitions
    problems: tuple[Problem, ...]


@dataclass(kw_only=True, eq=False, repr=False)
class Context:
    """The target and the rules of one file. `acceptor` is None where rows have no format: only JSON is checked."""

    target: Target
    format: FormatName | None
    acceptor: Acceptor | None
    severities: dict[str, Severity]
    limit: int | None
    plain_roles: frozenset[str] = frozenset()
    """The roles of plain rows that the schema takes unseen."""
    totals: bool
    max_line_bytes: int
    encoder: EncoderName | None = None
    custom: tuple[tuple[str, Acceptor], ...] = ()
    most_rows: int = 5_000_000
    """Past so many rows, what rules about the dataset remember of each goes to disk."""
    marks: Marks | None = None
    """Which findings are known, or that they are recorded; None: neither."""
    remembered: tuple[str, ...] = ()
    """Rules about the dataset that do not run, and whose memory is asked for all the same."""
    triggered: Matcher[Entry] | None = None
    """Which rules about texts and strings a row is worth; None where there are none."""
    floor: int | None = field(init=False, default=None)
    """Rows proven to have at most so many tokens need no tokenizer; None: no row needs one, or none is known."""
    tools_seen: dict[tuple[str, bytes], ToolsFacts] = field(default_factory=dict)
    outlines: dict[Outline, Outlined] = field(default_factory=dict)
    plain: dict[tuple[str, ...], Outlined] = field(default_factory=dict)
    """Of valid rows that are nothing but messages of text, by their roles."""
    told: dict[tuple[Hashable, ...], Told] = field(default_factory=dict)
    """What outlines tell, each once: rows are counted by it, and many outlines tell the same."""
    tails: Tails = field(default_factory=Tails)
    """The ends that rows share."""
    found: list[Problem] = field(default_factory=list)
    """What the rules report about the content of the row at hand."""
    _tools_bytes: int = 0
    """Of the JSON of the tools in `tools_seen`."""
    _count: Callable[[str], int] | None = None
    _rules: dict[type[Rule], tuple[Rule, ...]] = field(default_factory=dict)
    _text_rules: dict[str, tuple[TextRule, Report]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        triggered = (*(self._running("TextRule") if self.format else ()), *self._running("StringRule"))
        if triggered:
            self.triggered = kept_matcher(triggered)
        counts = self.target.profile.encoding is not None
        if self.totals and counts:
            self.floor = -1
        elif self.limit and counts and any(self._running("TokenRule")):
            self.floor = int(self.limit * NEAR)

    def __reduce__(self) -> tuple[Callable[[], Context], tuple[()]]:
        """For another process: what it is made of, without what it has compiled and remembered."""
        return partial(Context, **{name: getattr(self, name) for name in PARTS}), ()

    def rules(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The rules of a kind that run for the file; imported when they are first asked for."""
        if kind not in self._rules:
            self._rules[kind] = tuple(entry.rule() for entry in self._running(kind.__name__))
        return cast("tuple[Kind, ...]", self._rules[kind])

    def text_rule(self, code: str) -> tuple[TextRule, Report]:
        """The text rule of a code, imported when the first row is worth it, and its report."""
        known = self._text_rules.get(code)
        if known is None:
            rule = cast("TextRule", entries()[code].rule())
            known = self._text_rules[code] = rule, collector(code, self.found)
        return known

    def look(self, rule: ContentRule) -> Look:
        """How a rule looks at the row at hand."""
        return rule.check, collector(rule.code, self.found)

    @cached_property
    def memories(self) -> dict[str, DatasetRule]:
        """What is remembered of the rows, by name, with the rule that reads them; rules may share a memory."""
        rules = [*self.rules(DatasetRule), *(self._dataset_rule(code) for code in self.remembered)]
        return {rule.memory or rule.code: rule for rule in reversed(rules)}

    @staticmethod
    def _dataset_rule(code: str) -> DatasetRule:
        return cast("DatasetRule", entries()[code].rule())

    def _running(self, kind: str) -> Iterator[Entry]:
        for entry in entries().values():
            fits = not entry.formats or self.format in entry.formats
            if fits and entry.kind == kind and entry.code in self.severities:
                yield entry

    def combine(self, memory: str, first: Any, second: Any) -> Any:
        """What is remembered of two neighbouring parts of the file."""
        return self.memories[memory].hold(self.join(memory, first, second), self.most_rows)

    def join(self, memory: str, first: Any, second: Any) -> Any:
        """The same of two parts of a range: in memory, since it leaves the process."""
        return self.memories[memory].combine(first, second)

    @property
    def count(self) -> Callable[[str], int]:
        """The exact token count of a text; the vocabulary is loaded when this is first asked for."""
        if self._count is None:
            from ftlint.tokens.encoder import load

            encoding = self.target.profile.encoding
            assert encoding is not None
            self._count = load(encoding, self.encoder).count
        return self._count

    def tokens_of_images(self, row: Row) -> dict[Pointer, int]:
        """The tokens of those images of a row for which they are known, by the place of their part."""
        from ftlint.tokens.images import tokens_of_images

        return tokens_of_images(row.images, self.target.profile.image_tokens)

    def told_by(self, row: Row) -> Told | None:
        """What the outline of a row tells rules about the dataset."""
        told = [(name, rule, rule.of_outline(row, self.target)) for name, rule in self.memories.items()]
        items = tuple((name, rule, value) for name, rule, value in told if value is not None)
        if not items:
            return None
        if len(self.told) > MAX_REMEMBERED:
            self.told.clear()
        return self.told.setdefault(tuple((name, value) for name, _, value in items), Told(items))

    def remember(self, key: Outline, found: Outlined) -> Outlined:
        """Keep what was found for an outline; the memory is bounded."""
        if sum(found.roles.values()) + len(found.problems) > MAX_TURNS:
            return found
        if len(self.outlines) > MAX_REMEMBERED:
            self.outlines.clear()
            self.plain.clear()
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

            self._tools_bytes += len(encoded)
            if len(self.tools_seen) > MAX_REMEMBERED or self._tools_bytes > MAX_TOOLS_BYTES:
                self.tools_seen.clear()
                self._tools_bytes = len(encoded)
            odd = b"null" in encoded or too_deep(encoded) is not None  # orjson writes null for infinite numbers
            known = self.tools_seen[key, encoded] = self._tools_facts(tools, key, odd)
        return known

    def _tools_facts(self, tools: list[Any], key: str, odd: bool) -> ToolsFacts:
        from ftlint.formats.tools import Definitions
        from ftlint.tokens.tools import rendered_size

        at = ("input", key) if self.format == "preference" else (key,)
        definitions = Definitions(tools, at)
        problems: list[Problem] = []
        for rule in self.rules(ToolsRule):
            rule.check(definitions, self.target, collector(rule.code, problems))
        return ToolsFacts(rendered_size(tools), odd, definitions, tuple(problems))

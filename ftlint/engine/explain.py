"""From a provider's error message to rules and rows, and from rows to what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ftlint.config.load import Configuration
from ftlint.engine.finding import Finding
from ftlint.engine.located import Located
from ftlint.engine.reading import numbered
from ftlint.engine.report import Report
from ftlint.engine.run import run
from ftlint.engine.selection import CODES
from ftlint.profiles.catalog import provider_profiles
from ftlint.profiles.errors import KnownError, Recognised, recognise
from ftlint.profiles.model import Profile
from ftlint.rules.base import Rule
from ftlint.sources.files import Source, open_source

MAX_ROWS = 20
"""Rows of one call that are shown."""
LOCATED = Located(findings=100, kinds=0, places=0)
"""Findings of a rule that get their column and the text around them."""
HEAD_BYTES = 4_000
"""Of a row that is shown."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    One recognised message. `rows` count from 1, as ftlint does; `counts_from` is how the message counts them,
    None when that is not known, and then taken for 1. `rules` are those of this version.
    """

    error: KnownError
    quote: str
    named: dict[str, str]
    rows: tuple[int, ...]
    counts_from: int | None
    rules: tuple[type[Rule], ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the file, its first bytes (None: the file has no such row, or its line is too long), its findings."""

    number: int
    head: bytes | None
    findings: tuple[tuple[int, Finding], ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file holds of what messages speak of. `elsewhere`: findings of their rules, by code, in other rows."""

    path: str
    report: Report
    rows: tuple[ShownRow, ...] = ()
    elsewhere: dict[str, list[Finding]] = field(default_factory=dict)


def explain(text: str, profile: Profile | None = None) -> list[Explanation]:
    """The messages that are known in a text; `profile` is the target, where the user named one."""
    return [_explanation(one, profile) for one in recognise(text)]


def _explanation(one: Recognised, profile: Profile | None) -> Explanation:
    base = _base(one.error, one.numbers, profile)
    rules = tuple(CODES[code].rule for code in one.error.rules if code in CODES)
    rows = tuple(number + 1 if base == 0 else number for number in one.numbers)
    return Explanation(one.error, one.quote, one.named, rows, base, rules)


def look_up(path: str, explanations: list[Explanation], configuration: Configuration, content: bool) -> Looked:
    """
    Check a file and gather what it holds of the rows, and of the rules, that messages name.

    The rules are checked even where the target leaves them out. Raises FtlintError when the file cannot be read.
    """
    codes = tuple(dict.fromkeys(rule.code for one in explanations for rule in one.rules))
    settings = configuration.settings
    settings = replace(settings, extend_select=(*settings.extend_select, *codes), totals=False)
    wanted = list(dict.fromkeys(row for one in explanations for row in one.rows))[:MAX_ROWS]
    with open_source(path) as source:
        by_line = source.sniffed.layout == "lines"
        heads = _heads(source, set(wanted), settings.max_line_bytes)
    report = run((path,), replace(configuration, settings=settings), excerpts=content, located=LOCATED)
    of_rows: dict[int, list[tuple[int, Finding]]] = {number: [] for number in wanted}
    elsewhere: dict[str, list[Finding]] = {}
    for index, finding in enumerate(report.findings):
        number = finding.line if by_line else finding.row
        if number in of_rows:
            of_rows[number].append((index, finding))
        elif finding.code in codes:
            elsewhere.setdefault(finding.code, []).append(finding)
    rows = tuple(ShownRow(number, heads.get(number), tuple(found)) for number, found in of_rows.items())
    return Looked(path, report, rows, elsewhere)


def _base(error: KnownError, numbers: tuple[int, ...], profile: Profile | None) -> int | None:
    """From which number a message counts rows: its source says so, or its provider's profile, or the target's."""
    if 0 in numbers:
        return 0
    if error.counts_from is not None:
        return error.counts_from
    if error.provider is None:
        return None
    own = next((one.errors_count_from for one in provider_profiles() if one.provider == error.provider), None)
    return own if own is not None or profile is None else profile.errors_count_from


def _heads(source: Source, wanted: set[int], max_line: int) -> dict[int, bytes]:
    """The first bytes of those lines (of a file that is no JSON Lines: objects) whose numbers are wanted."""
    found: dict[int, bytes] = {}
    last = max(wanted, default=0)
    for number, raw in numbered(source, max_line):
        if number > last:
            break
        if number in wanted:
            found[number] = raw[:HEAD_BYTES]
    return found

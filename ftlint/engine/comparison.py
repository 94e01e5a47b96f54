"""What has changed in files since a commit: rows, tokens, cost, duplicates, system prompts, findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

from ftlint.core.visible import shorten
from ftlint.engine.fingerprints import code_of, digest_of
from ftlint.engine.multiset import Multiset
from ftlint.engine.reading import numbered
from ftlint.engine.report import FileKey, FileReport, key_of
from ftlint.sources.files import Source
from ftlint.sources.parse import parse

SHOWN = 3
"""New system prompts of which the beginning is shown."""
SYSTEM = ("system", "developer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A number before and after; None where it is not known."""

    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """
    What has changed in one file; `dataset` is the one that it was checked for, None where it was named by itself.

    `before_path` is its path at the commit, None for a new file. `added` and `removed` count rows by what they say;
    `duplicates` are rows that stand in the file before, `cost` is in dollars, for all epochs. `introduced` and `fixed`
    are findings by rule.
    """

    path: str
    before_path: str | None
    rows: Change
    added: int
    removed: int
    tokens: Change
    epochs: Change
    cost: Change
    duplicates: Change
    new_system_prompts: int
    introduced: dict[str, int]
    fixed: dict[str, int]
    dataset: str | None = None

    @property
    def key(self) -> FileKey:
        """What tells it from the other files of a report."""
        return key_of(self.dataset, self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What has changed since a commit. `ref` is what the user calls it; `deleted` are files that are gone."""

    ref: str
    commit: str
    files: tuple[FileChange, ...]
    deleted: tuple[str, ...] = ()
    prompts: dict[FileKey, tuple[str, ...]] = field(default_factory=dict)
    """The beginnings of new system prompts by file, for people alone: they are content."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON values, as `schemas/report.v1.schema.json` describes it."""
        return {
            "ref": self.ref,
            "commit": self.commit,
            "files": [asdict(file) for file in self.files],
            "deleted": list(self.deleted),
        }


@dataclass(slots=True)
class Facts:
    """What there is to compare of one version of a file: what each row says, and each system prompt."""

    rows: Multiset = field(default_factory=Multiset)
    systems: set[bytes] = field(default_factory=set)
    """Digests of those that differ."""
    new: list[str] = field(default_factory=list)
    """The beginnings of the first ones that were not there before."""


def facts_of(source: Source, max_line: int, before: Facts | None = None) -> Facts:
    """Read all rows of a file; with the facts of the version before, so that new system prompts are told."""
    facts = Facts()
    last = ""
    for _, raw in numbered(source, max_line):
        if not raw.strip():
            continue
        facts.rows.add(digest_of(raw))
        if b"system" not in raw and b"developer" not in raw and b"\\u" not in raw:
            continue
        for text in _systems(raw):
            if text == last:
                continue
            last = text
            digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            if digest in facts.systems:
                continue
            facts.systems.add(digest)
            if before is not None and digest not in before.systems and len(facts.new) < SHOWN:
                facts.new.append(shorten(text))
    return facts


def change_of(
    now: FileReport,
    then: FileReport | None,
    before_path: str | None,
    facts: tuple[Facts, Facts],
    introduced: Counter[str],
    fixed: Counter[bytes],
) -> FileChange:
    """What has changed in one file; `facts` are those of before and of now."""
    before, after = facts
    difference = after.rows.since(before.rows)
    return FileChange(
        path=now.path,
        before_path=before_path,
        rows=Change(before=then.rows if then else 0, after=now.rows),
        added=difference.added,
        removed=difference.removed,
        tokens=Change(before=_tokens(then), after=_tokens(now)),
        epochs=Change(before=then.epochs if then else None, after=now.epochs),
        cost=Change(before=_cost(then), after=_cost(now)),
        duplicates=Change(before=before.rows.repeats(), after=after.rows.repeats()),
        new_system_prompts=len(after.systems - before.systems),
        introduced=dict(sorted(introduced.items())),
        fixed=by_rule(fixed),
        dataset=now.dataset,
    )


def _systems(raw: bytes) -> list[str]:
    """The texts of a row's system and developer messages."""
    try:
        row = parse(raw)
    except ValueError:
        return []
    holder = row.get("input", row) if isinstance(row, dict) else None
    messages = holder.get("messages") if isinstance(holder, dict) else None
    texts = []
    for message in messages if isinstance(messages, list) else ():
        if not isinstance(message, dict) or message.get("role") not in SYSTEM:
            continue
        content = message.get("content")
        if isinstance(content, list):
            content = "".join(part["text"] for part in content if isinstance(part, dict) and _is_text(part))
        if isinstance(content, str):
            texts.append(content)
    return texts


def _is_text(part: dict[str, Any]) -> bool:
    return isinstance(part.get("text"), str)


def _tokens(file: FileReport | None) -> int | None:
    if file is None:
        return 0
    return file.tokens.total if file.tokens else 0 if not file.rows else None


def _cost(file: FileReport | None) -> float | None:
    if file is None:
        return 0
    return file.cost.amount if file.cost else 0 if not file.rows else None


def by_rule(keys: Counter[bytes]) -> dict[str, int]:
    """How many fingerprints each rule has."""
    counts: Counter[str] = Counter()
    for key, number in keys.items():
        counts[code_of(key)] += number
    return dict(sorted(counts.items()))

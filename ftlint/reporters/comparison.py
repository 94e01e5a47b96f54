"""What has changed since a commit, for people: a line a file, and one for each thing that is worth a look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ftlint.core.visible import visible
from ftlint.engine.comparison import Change, Comparison, FileChange
from ftlint.reporters.paint import Paint, spelt
from ftlint.reporters.summary import money


def render(comparison: Comparison, paint: Paint) -> Iterator[str]:
    """The files in which something has changed."""
    for file in comparison.files:
        if _is_changed(file):
            yield from _of_file(file, comparison, paint)
    for path in comparison.deleted:
        yield f"{paint(spelt(path), 'path')} is gone since {visible(comparison.ref)}"


def _of_file(file: FileChange, comparison: Comparison, paint: Paint) -> Iterator[str]:
    dataset = f"{paint(visible(file.dataset), 'bold')}: " if file.dataset is not None else ""
    name = dataset + paint(spelt(file.path), "path")
    ref = visible(comparison.ref)
    if file.before_path is None:
        name += f" is new since {ref}"
    elif file.before_path != file.path:
        name += f" (was {spelt(file.before_path)}) since {ref}"
    else:
        name += f" since {ref}"
    parts = [f"{_change(file.rows, 'row')} (+{file.added:,} −{file.removed:,})"]
    if file.tokens.after is not None and file.tokens.before is not None:
        parts.append(_change(file.tokens, "token"))
    if file.cost.after is not None and file.cost.before is not None:
        parts.append(f"{_cost(file.cost.before, file.epochs.before)} → {_cost(file.cost.after, file.epochs.after)}")
    yield f"{name}: {', '.join(parts)}"
    more = int((file.duplicates.after or 0) - (file.duplicates.before or 0))
    if more > 0:
        yield f"  {_many(more, 'new duplicate')}, {_change(file.duplicates, 'duplicate')}"
    elif more < 0:
        yield f"  {_many(-more, 'duplicate')} fewer, {_change(file.duplicates, 'duplicate')}"
    if file.new_system_prompts:
        first = comparison.prompts.get(file.key, ())
        more_of_them = ("…",) if file.new_system_prompts > len(first) else ()
        rest = f": {', '.join((*first, *more_of_them))}" if first else ""
        yield f"  {_many(file.new_system_prompts, 'new system prompt')}{rest}"
    for word, rules in (("introduced", file.introduced), ("fixed", file.fixed)):
        if rules:
            yield f"  {word}: {_rules(rules)}"


def _is_changed(file: FileChange) -> bool:
    same = file.before_path == file.path and file.added == file.removed == 0
    return not same or bool(file.introduced or file.fixed)


def _change(change: Change, noun: str) -> str:
    before, after = change.before or 0, change.after or 0
    return f"{before:,} → {after:,} {noun}{'' if after == 1 else 's'}"


def _cost(amount: float, epochs: float | None) -> str:
    if epochs is None or not amount:
        return money(amount)
    return f"{money(amount)} ({_many(int(epochs), 'epoch')})"


def _rules(rules: Mapping[str, int]) -> str:
    return ", ".join(f"{code} x{number:,}" for code, number in rules.items())


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

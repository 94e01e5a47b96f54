"""What splitting, removing duplicates, sampling and merging did: for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ftlint.core.visible import masked, shorten, visible
from ftlint.engine.report import VERSION
from ftlint.reporters.machine import dumps

if TYPE_CHECKING:
    from ftlint.transform.dedupe import Kept
    from ftlint.transform.sample import Sample
    from ftlint.transform.split import Split
    from ftlint.transform.strata import Strata

SHOWN = 10
"""Labels that are listed for people; JSON has all."""

Column = tuple[str, int, Sequence[int]]
"""A heading, the rows below it, and the rows of each label."""


def split_text(found: Split, path: str, paths: Sequence[str]) -> Iterator[str]:
    """The sides with their shares, and the labels in each."""
    rows = sum(side.rows for side in found.sides)
    yield f"{visible(path)}: {_rows(rows)} in {_count(found.groups, 'group')} by {visible(found.grouped_by)}"
    width = len(f"{max(side.rows for side in found.sides):,}")
    for side, target in zip(found.sides, paths, strict=True):
        yield f"  {side.name:<10}  {side.rows:>{width},}  {side.rows / rows:>6.1%}  {visible(target)}"
    if found.strata:
        labels = range(len(found.strata))
        yield from _labels(
            found.strata, [(side.name, side.rows, [side.labels[label] for label in labels]) for side in found.sides]
        )


def split_json(found: Split, path: str, paths: Sequence[str], seed: int) -> Iterator[str]:
    """The same."""
    rows = sum(side.rows for side in found.sides)
    strata = found.strata
    sides = [
        {"name": side.name, "path": target, "rows": side.rows, "share": side.rows / rows}
        | ({"labels": _named(strata, side.labels)} if strata else {})
        for side, target in zip(found.sides, paths, strict=True)
    ]
    table: dict[str, Any] = {"version": VERSION, "path": path, "rows": rows, "blank_lines": found.blank, "seed": seed}
    table |= {"grouped_by": found.grouped_by, "groups": found.groups, "largest_group": found.largest}
    table |= {"stratified_by": strata.path if strata else None, "sides": sides, "notes": found.notes}
    yield dumps(table, indent=2)


def kept_text(found: Kept, target: str, removed: str | None) -> Iterator[str]:
    """The files with their rows, what stays of them, and where the rest is."""
    kept = sum(source.kept for source in found.sources)
    several = len(found.sources) > 1
    for source in found.sources:
        went = source.rows - source.kept
        of = f"{source.kept:,} of {_rows(source.rows)}" if went else _rows(source.rows)
        yield f"{visible(source.path)}: {of}"
    if removed is not None:
        near = f", {found.near:,} of them nearly" if found.near else ""
        yield f"{_rows(found.removed)} removed as duplicates{near}, kept in {visible(removed)}"
    elif not several:
        yield "no duplicates"
    yield f"{_rows(kept)} written to {visible(target)}"


def kept_json(found: Kept, target: str, removed: str | None) -> Iterator[str]:
    """The same."""
    sources = [
        {"path": source.path, "rows": source.rows, "kept": source.kept, "blank_lines": source.blank}
        for source in found.sources
    ]
    table: dict[str, Any] = {"version": VERSION, "path": target, "rows": sum(source.kept for source in found.sources)}
    table |= {"removed": found.removed, "nearly": found.near, "removed_path": removed, "sources": sources}
    yield dumps(table, indent=2)


def sample_text(found: Sample, path: str, target: str) -> Iterator[str]:
    """How many rows, and the labels in them."""
    yield f"{visible(path)}: {found.rows:,} of {_rows(found.of)} written to {visible(target)}"
    if found.strata:
        yield from _labels(found.strata, [("file", found.of, found.strata.counts), ("sample", found.rows, found.taken)])


def sample_json(found: Sample, path: str, target: str, seed: int) -> Iterator[str]:
    """The same."""
    strata = found.strata
    table: dict[str, Any] = {"version": VERSION, "path": target, "source": path, "rows": found.rows, "of": found.of}
    table |= {"blank_lines": found.blank, "seed": seed, "stratified_by": strata.path if strata else None}
    if strata:
        table["labels"] = _named(strata, dict(enumerate(found.taken)))
    yield dumps(table, indent=2)


def blank(count: int) -> Iterator[str]:
    """A note about lines that hold no row."""
    if count:
        yield "1 blank line is left out" if count == 1 else f"{count:,} blank lines are left out"


def _labels(strata: Strata, columns: Sequence[Column]) -> Iterator[str]:
    order = strata.by_size()
    shown = [(shorten(strata.names[label], 40), label) for label in order[:SHOWN]]
    width = max(len(strata.path), *(len(name) for name, _ in shown))
    yield f"  {visible(strata.path):<{width}}" + "".join(f"  {heading:>16}" for heading, _, _ in columns)
    for name, label in shown:
        cells = (f"{counts[label]:,} {counts[label] / max(rows, 1):>6.1%}" for _, rows, counts in columns)
        yield f"  {name:<{width}}" + "".join(f"  {cell:>16}" for cell in cells)
    if len(order) > SHOWN:
        yield f"  … and {_count(len(order) - SHOWN, 'label')} more"


def _named(strata: Strata, counts: Any) -> list[dict[str, Any]]:
    return [{"label": masked(strata.names[label]), "rows": counts[label]} for label in strata.by_size()]


def _rows(count: int) -> str:
    return _count(count, "row")


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"

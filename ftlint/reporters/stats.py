"""The figures of files as text, with a histogram, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ftlint.core.visible import visible
from ftlint.engine.report import VERSION
from ftlint.engine.stats import DatasetStats, FileStats, Stats, TargetStats, TargetTotal
from ftlint.reporters.machine import dumps
from ftlint.reporters.paint import Paint, spelt
from ftlint.reporters.summary import money

BARS = 40
SPOKEN = {"completion": "prompt/completion"}


def render_json(stats: Stats) -> Iterator[str]:
    """All figures, per file and target, and of each dataset together."""
    datasets = [asdict(dataset) for dataset in stats.datasets]
    yield dumps({"version": VERSION, "files": [_file(file) for file in stats.files], "datasets": datasets}, indent=2)


def render_text(stats: Stats, paint: Paint, unicode: bool) -> Iterator[str]:
    """One block a file, and below them a line for each dataset and target."""
    for number, file in enumerate(stats.files):
        if number:
            yield ""
        yield from _block(file, paint, unicode)
    if stats.datasets:
        yield ""
    for dataset in stats.datasets:
        for target in dataset.targets:
            yield _total(dataset, target, paint)


def _file(file: FileStats) -> dict[str, Any]:
    return {
        "path": file.file.path,
        "dataset": file.dataset,
        "format": file.file.format,
        "method": file.file.method,
        "rows": file.file.rows,
        "bytes": file.file.bytes,
        "counted_rows": file.counted,
        "errors": file.errors,
        "images_not_counted": file.details.images,
        "messages": file.details.roles,
        "targets": [asdict(target) for target in file.targets],
    }


def _block(file: FileStats, paint: Paint, unicode: bool) -> Iterator[str]:
    path = _dataset(file.dataset, paint) + paint(spelt(file.file.path), "path")
    unknown = all(target.encoding is None for target in file.targets)
    if file.file.format is None or not (file.counted or unknown):
        yield f"{path}: no row could be counted; `ftlint check` says why"
        return
    rows = "1 row" if file.file.rows == 1 else f"{file.file.rows:,} rows"
    yield f"{path}: {rows} of {SPOKEN.get(file.file.format, file.file.format)}, method {file.file.method}"
    if file.counted < file.file.rows and not unknown:
        left_out = file.file.rows - file.counted
        uncounted = "1 row is" if left_out == 1 else f"{left_out:,} rows are"
        yield f"  {uncounted} not counted: `ftlint check` says why"
    if file.details.roles:
        roles = ", ".join(f"{count:,} {role}" for role, count in file.details.roles.items())
        yield f"  messages   {sum(file.details.roles.values()):,}: {roles}"
    if file.details.images:
        yield f"  images     {file.details.images:,}, whose tokens are not counted"
    if len(file.targets) == 1:
        yield from _one(file, file.targets[0], paint, unicode)
    else:
        yield from _table(file.targets, paint)


def _one(file: FileStats, target: TargetStats, paint: Paint, unicode: bool) -> Iterator[str]:
    tokens = target.tokens
    if target.encoding is None:
        yield f"  tokens     unknown: the tokenizer of {target.name} is not known"
        return
    if tokens is None:
        yield f"  {_name(target)} does not take rows of this format"
        return
    share = tokens.trained / tokens.total if tokens.total else 0
    yield f"  tokens     {tokens.total:,} ({tokens.encoding}), {tokens.trained:,} of them trained ({share:.0%})"
    yield (
        f"  per row    min {tokens.min:,}, p5 {tokens.p5:,g}, median {tokens.median:,g}, mean {tokens.mean:,.1f}, "
        f"p95 {tokens.p95:,g}, max {tokens.max:,}"
    )
    yield ""
    yield from _histogram(file.details.token_counts, target.limit, paint, unicode)
    yield ""
    if target.limit is not None:
        over = "1 row" if tokens.over_limit == 1 else f"{tokens.over_limit:,} rows"
        lost = target.tokens_lost / tokens.total if tokens.total else 0
        yield f"  limit      {target.limit:,} tokens: {over} over it, {target.tokens_lost:,} tokens ({lost:.1%}) lost"
    else:
        yield ("  limit      unknown; name the model with --model" if target.model is None else "  limit      unknown")
    chosen = "as asked" if file.are_epochs_asked else f"automatic for {file.file.rows:,} rows"
    yield f"  epochs     {target.epochs} ({chosen})"
    yield f"  cost       {_cost(target)}"


def _cost(target: TargetStats) -> str:
    assert target.tokens is not None
    if target.price_per_hour is not None:
        return f"${target.price_per_hour:,.2f} an hour of training for {_name(target)}; how long it takes is not known"
    if target.cost is None or target.price is None:
        return f"unknown: no training price is known for {_name(target)}"
    return (
        f"{target.tokens.billed:,} billed tokens × {target.epochs} epochs × ${target.price:,.2f} per million "
        f"= about {money(target.cost.amount)} for {_name(target)} "
        f"(price of {target.cost.price_as_of}, {target.price_source})"
    )


def _table(targets: Sequence[TargetStats], paint: Paint) -> Iterator[str]:
    header = ("model", "tokens", "limit", "over", "lost", "billed", "epochs", "cost", "price of")
    rows = [header]
    left_out: list[str] = []
    uncounted: list[str] = []
    for target in targets:
        tokens = target.tokens
        if tokens is None:
            if target.encoding is None:
                uncounted.append(target.name)
            else:
                left_out.append(_name(target))
            continue
        rows.append(
            (
                _name(target),
                f"{tokens.total:,}",
                f"{target.limit:,}" if target.limit is not None else "unknown",
                f"{tokens.over_limit:,}",
                f"{target.tokens_lost / max(tokens.total, 1):.1%}",
                f"{tokens.billed:,}",
                str(target.epochs),
                money(target.cost.amount) if target.cost else _no_cost(target),
                target.cost.price_as_of.isoformat() if target.cost else "",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(header))]
    yield ""
    for number, row in enumerate(rows):
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        text = "  " + "  ".join(cells).rstrip()
        yield paint(text, "bold") if number == 0 else text
    if left_out:
        yield f"  not compared, since they do not take these rows: {', '.join(left_out)}"
    if uncounted:
        yield f"  not compared, since their tokenizers are not known: {', '.join(uncounted)}"


def _no_cost(target: TargetStats) -> str:
    return f"${target.price_per_hour:,.2f}/h" if target.price_per_hour is not None else "unknown"


def _dataset(name: str | None, paint: Paint) -> str:
    return "" if name is None else f"{paint(visible(name), 'bold')}: "


def _total(dataset: DatasetStats, target: TargetTotal, paint: Paint) -> str:
    """`support: 24 rows in 2 files, 312 tokens, about $0.0094 for gpt-4o-mini-2024-07-18`."""
    rows = "1 row" if dataset.rows == 1 else f"{dataset.rows:,} rows"
    files = "1 file" if dataset.files == 1 else f"{dataset.files:,} files"
    tokens = "tokens unknown" if target.tokens is None else f"{target.tokens:,} tokens"
    cost = "cost unknown" if target.cost is None else f"about {money(target.cost)}"
    return f"{_dataset(dataset.name, paint)}{rows} in {files}, {tokens}, {cost} for {_name(target)}"


def _name(target: TargetStats | TargetTotal) -> str:
    return target.name if target.model else f"{target.provider} (no --model)"


def _histogram(counts: Mapping[int, int], limit: int | None, paint: Paint, unicode: bool) -> Iterator[str]:
    """Bars of how many rows have how many tokens; the limit is a line between them."""
    edges = _edges(max(counts))
    heights = [0] * (len(edges) - 1)
    for count, number in counts.items():
        heights[_bin(count, edges)] += number
    most = max(heights)
    width = len(f"{edges[-1]:,}")
    drawn = limit is None
    rule = ("─" if unicode else "-") * 8
    for low, high, height in zip(edges, edges[1:], heights, strict=False):
        if not drawn and limit is not None and low >= limit:
            yield paint(f"  {rule} limit {limit:,}", "mark")
            drawn = True
        size = max(1, round(height * BARS / most)) if height else 0
        yield f"  {low:>{width},} to {high:>{width},} {('█' if unicode else '#') * size} {height:,}"
    if not drawn:
        yield paint(f"  {rule} limit {limit:,}", "mark")


def _edges(largest: int) -> list[int]:
    """At most 12 bins of a round width from 0 to past the largest value."""
    width = 1
    while width * 12 <= largest:
        width = {"1": width * 2, "2": width // 2 * 5, "5": width * 2}[str(width)[0]]
    return list(range(0, largest + width + 1, width))


def _bin(count: int, edges: list[int]) -> int:
    return min(count // (edges[1] - edges[0]), len(edges) - 2)

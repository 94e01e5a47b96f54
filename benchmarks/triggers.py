"""
`python -m benchmarks.triggers`: the engines that could ask the triggers of all text rules, side by side on one file.

Each reads the same rows in turn; the median of the rounds counts. google-re2 comes with the `dev` extra.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator

import click

from benchmarks.data import file_of_size
from ftlint.engine import triggers
from ftlint.rules.index import Entry, entries

Search = Callable[[bytes], triggers.Told[Entry]]


@click.command()
@click.option("--megabytes", default=30, show_default=True)
@click.option("--rounds", default=5, show_default=True)
def main(megabytes: int, rounds: int) -> None:
    """Compare the engines on rows of 4 KB and of 600 bytes."""
    for kind in ("long", "short"):
        rows = file_of_size(kind, megabytes).read_bytes().split(b"\n")[:-1]
        size = sum(map(len, rows))
        engines = dict(_engines())
        took: dict[str, list[float]] = {name: [] for name in engines}
        hits = {}
        for _ in range(rounds):
            for name, search in engines.items():
                some = rows[:: 50 if name == "re" else 1]
                start = time.perf_counter()
                hits[name] = sum(bool(search(row).worth) for row in some)
                took[name].append((time.perf_counter() - start) * len(rows) / len(some))
        best = statistics.median(took["jsonschema-rs"])
        for name, times in took.items():
            middle = statistics.median(times)
            click.echo(
                f"{kind:6} {name:14} {size / middle / 1e6:6.0f} MB/s {middle / best:6.2f}x the time, {hits[name]} hits"
            )


def _engines() -> Iterator[tuple[str, Search]]:
    rules = [entry for entry in entries().values() if entry.trigger]
    yield "jsonschema-rs", triggers.with_rust(rules)
    yield "re", triggers.with_re(rules)  # on every 50th row
    with contextlib.suppress(ImportError):
        yield "google-re2", triggers.with_re2(rules)


if __name__ == "__main__":
    main()

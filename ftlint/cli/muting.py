"""What is known before a check, and what to say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ftlint.config.datasets import holders
from ftlint.config.load import Configuration, baseline_of
from ftlint.engine.baseline import RUN, read
from ftlint.engine.fingerprints import code_of
from ftlint.engine.muting import Muted

if TYPE_CHECKING:
    from ftlint.config.settings import Settings
    from ftlint.engine.report import Report

MOST = 5
"""Files of which it is told what is stale in them."""


def of_baseline(configuration: Configuration) -> Muted:
    """What the baseline holds. Raises FtlintError when it cannot be read."""
    return Muted(read(baseline_of(configuration)), holders(configuration.settings))


def told(report: Report, muting: Muted, settings: Settings, interactive: bool) -> Iterator[str]:
    """How many findings were muted, and what is stale: nothing where all else is silent, too."""
    summary = report.summary
    speaks = interactive or bool(report.findings or report.failures or settings.totals or settings.output_format)
    if summary.muted and speaks:
        yield f"{_many(summary.muted, 'finding')} muted: {muting.reason()}"
    if summary.stale and (speaks or settings.fail_on_stale):
        stale = muting.stale()
        yield f"{_many(summary.stale, 'finding')} of the baseline {_are(summary.stale)} no longer there: {spelt(stale)}"
        yield f"`ftlint baseline prune` takes {'it' if summary.stale == 1 else 'them'} out"


def spelt(keys: Mapping[str, Counter[bytes]]) -> str:
    """`FT211 x2 in train.jsonl; …`, of the first files."""
    parts = []
    for path, found in sorted(keys.items())[:MOST]:
        codes = Counter[str]()
        for key, number in found.items():
            codes[code_of(key)] += number
        rules = ", ".join(f"{code} x{number:,}" for code, number in sorted(codes.items()))
        parts.append(rules if path == RUN else f"{rules} in {path}")
    more = f"; and in {_many(len(keys) - MOST, 'more file')}" if len(keys) > MOST else ""
    return "; ".join(parts) + more


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"

"""Some rows of a file: those with the lowest places, so that a larger sample holds the smaller one."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from heapq import nsmallest
from typing import BinaryIO

from ftlint.core.errors import FtlintError
from ftlint.formats.clusters import numbers
from ftlint.formats.identity import digest, place
from ftlint.transform.rowfile import RowFile
from ftlint.transform.strata import Strata


@dataclass(slots=True)
class Sample:
    """What a sample holds: so many of the rows; with strata, the rows of each label in it."""

    rows: int
    of: int
    strata: Strata | None
    taken: list[int]
    """Rows of each label that are in the sample."""
    blank: int


def sample(file: RowFile, count: int, output: BinaryIO, *, seed: int = 0, stratify: str | None = None) -> Sample:
    """
    Write `count` rows in the order of the file, their bytes as they are.

    Raises FtlintError when the file has fewer.
    """
    places = numbers()
    strata = Strata(stratify) if stratify else None
    for _, row in file.values():
        places.append(place(digest(row), seed))
        if strata is not None:
            strata.add(row)
    if count > len(places):
        raise FtlintError(f"{file.path} has {len(places):,} rows, fewer than the {count:,} of the sample")
    if strata is None:
        taken = nsmallest(count, range(len(places)), key=places.__getitem__)
        quotas = []
    else:
        strata.check(file.path)
        quotas = _quotas(strata, count)
        taken = _by_stratum(places, strata, quotas)
    chosen = bytearray(len(places))
    for number in taken:
        chosen[number] = 1
    output.write(file.bom)
    output.writelines(raw + b"\n" for is_in, raw in zip(chosen, file.rows(), strict=True) if is_in)
    return Sample(count, len(places), strata, quotas, file.blank)


def _quotas(strata: Strata, count: int) -> list[int]:
    """How many rows of each label: its share of the sample, rounded so that all together are `count`."""
    total = sum(strata.counts)
    quotas = [count * rows // total for rows in strata.counts]
    by_remainder = sorted(
        range(len(strata)), key=lambda label: (-(count * strata.counts[label] % total), strata.digests[label])
    )
    for label in by_remainder[: count - sum(quotas)]:
        quotas[label] += 1
    return quotas


def _by_stratum(places: array[int], strata: Strata, quotas: list[int]) -> list[int]:
    rows: list[array[int]] = [numbers() for _ in quotas]
    for row, label in enumerate(strata.of_row):
        rows[label].append(row)
    return [
        row
        for of_label, quota in zip(rows, quotas, strict=True)
        for row in nsmallest(quota, of_label, key=places.__getitem__)
    ]

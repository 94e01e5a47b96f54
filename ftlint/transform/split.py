"""
Rows to sides: training, validation, test.

The place of a row's group, a number that depends on its content and the seed alone, says which side it is on: the
lowest places are for validation, the highest for test. So a row stays where it is whatever is added, removed or
reordered, and a larger share only takes rows from training.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO, NamedTuple

from ftlint.core.errors import FtlintError
from ftlint.formats.clusters import numbers
from ftlint.formats.identity import WHOLE, place
from ftlint.transform.groups import BY_PROMPT, Grouping, Groups
from ftlint.transform.rowfile import RowFile
from ftlint.transform.sides import NO_LIMITS, SIDES, TEST, TRAIN, VALIDATION, Limits, Shares, refuse
from ftlint.transform.strata import Strata

LARGE, MANY = 0.05, 10
"""The part of all rows, and the rows, from which on a group is worth a word."""
KeyOf = Callable[[int], bytes]
"""Gives what a group is known by, for its first row."""


@dataclass(slots=True)
class Side:
    """A side: its name, its rows, and how many of each label, by the number of the label."""

    name: str
    rows: int = 0
    labels: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class Split:
    """What a split did."""

    sides: list[Side]
    groups: int
    grouped_by: str
    largest: int
    """Rows of the largest group."""
    strata: Strata | None
    blank: int
    notes: list[str]


class Grouped(NamedTuple):
    """Of each row the first row of its group; of such a first row the group's place, and its size; else 0."""

    firsts: array[int]
    places: array[int]
    sizes: array[int]
    seed: int


def split(
    file: RowFile,
    shares: Shares,
    outputs: Callable[[int], BinaryIO],
    *,
    seed: int = 0,
    grouping: Grouping = BY_PROMPT,
    stratify: str | None = None,
    limits: Limits = NO_LIMITS,
) -> Split:
    """
    Write each row to the output of its side, its bytes as they are.

    Raises FtlintError, and asks for no output, where a side would be empty, or smaller or larger than the limits.
    """
    groups = Groups(file, grouping)
    strata = Strata(stratify) if stratify else None
    for offset, row in file.values():
        groups.add(offset, row)
        if strata is not None:
            strata.add(row)
    if strata is not None:
        strata.check(file.path)
    grouped = _grouped(*groups.conclude(), seed)
    names = SIDES[: 3 if shares.test else 2]
    count = len(grouped.sizes) - grouped.sizes.count(0)
    if count < len(names):
        rows, in_groups = _spoken(len(grouped.sizes), "row"), _spoken(count, "group")
        raise FtlintError(f"{file.path} has {rows} in {in_groups} by {groups.name}, too few for {len(names)} sides")
    assign = partial(_by_place, grouped) if strata is None else partial(_by_stratum, grouped, strata)
    sides = assign(shares)
    refuse(file.path, assign, sides, shares, limits)
    found = [Side(name) for name in names]
    _count(found, sides, strata)
    _write(file, sides, [outputs(side) for side in range(len(found))])
    largest = max(grouped.sizes)
    notes = [*groups.notes(sides), *_large(largest, len(sides))]
    return Split(found, count, groups.name, largest, strata, file.blank, notes)


def _grouped(firsts: array[int], key_of: KeyOf, seed: int) -> Grouped:
    places, sizes = numbers(len(firsts)), numbers(len(firsts))
    for row, first in enumerate(firsts):
        sizes[first] += 1
        if row == first:
            places[row] = place(key_of(row), seed)
    return Grouped(firsts, places, sizes, seed)


def _by_place(groups: Grouped, shares: Shares) -> bytearray:
    validation, test = int(shares.validation * WHOLE), WHOLE - int(shares.test * WHOLE)
    sides = bytearray(len(groups.firsts))
    for row, first in enumerate(groups.firsts):
        at = groups.places[first]
        sides[row] = VALIDATION if at < validation else TEST if at >= test else TRAIN
    return sides


def _by_stratum(groups: Grouped, strata: Strata, shares: Shares) -> bytearray:
    """Within each label, the groups in the order of their places, cut at the shares, as near as whole groups allow."""
    firsts, places, sizes = groups.firsts, groups.places, groups.sizes
    members = [numbers() for _ in range(len(strata))]
    for first, label in enumerate(_labels_of_groups(groups, strata)):
        if sizes[first]:
            members[label].append(first)
    sides = bytearray(len(firsts))
    for label, of_label in enumerate(members):
        total = sum(sizes[first] for first in of_label)
        # A share of few rows is no whole number: up or down, by the label's own place, so that all together are right.
        up = place(strata.digests[label], groups.seed) / WHOLE
        validation = int(total * shares.validation + up)
        test = int(total * shares.test + 1 - up)
        before = 0
        for first in sorted(of_label, key=places.__getitem__):
            middle = before + sizes[first] / 2
            sides[first] = VALIDATION if middle <= validation else TEST if total - middle <= test else TRAIN
            before += sizes[first]
    for row, first in enumerate(firsts):
        sides[row] = sides[first]
    return sides


def _labels_of_groups(groups: Grouped, strata: Strata) -> array[int]:
    """Of the first row of each group the label that most rows of the group have."""
    labels = array("I", strata.of_row)
    mixed: dict[int, Counter[int]] = {}
    for row, first in enumerate(groups.firsts):
        if labels[row] != labels[first]:
            mixed[first] = Counter()
    for row, first in enumerate(groups.firsts) if mixed else ():
        if first in mixed:
            mixed[first][strata.of_row[row]] += 1
    for first, counts in mixed.items():
        labels[first] = min(counts, key=lambda label: (-counts[label], strata.digests[label]))
    return labels


def _count(found: list[Side], sides: bytearray, strata: Strata | None) -> None:
    for number, side in enumerate(found):
        side.rows = sides.count(number)
    for number, label in zip(sides, strata.of_row, strict=True) if strata else ():
        found[number].labels[label] += 1


def _write(file: RowFile, sides: bytearray, outputs: list[BinaryIO]) -> None:
    for output in outputs:
        output.write(file.bom)
    for side, raw in zip(sides, file.rows(), strict=True):
        outputs[side].write(raw + b"\n")


def _large(largest: int, rows: int) -> Iterator[str]:
    if largest >= MANY and largest > LARGE * rows:
        yield f"{largest:,} of the {rows:,} rows are one group, so that the shares hold as far as it allows"


def _spoken(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"

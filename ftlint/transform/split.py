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
from typing import BinaryIO

from ftlint.transform.groups import BY_PROMPT, Grouping, Groups
from ftlint.transform.identity import WHOLE, place
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
    firsts, key_of = groups.conclude()
    sizes = Counter(firsts)

    def assign(shares: Shares) -> bytearray:
        if strata is None:
            return _by_place(firsts, key_of, seed, shares)
        return _by_stratum(firsts, sizes, key_of, seed, shares, strata)

    sides = assign(shares)
    refuse(file.path, assign, sides, shares, limits)
    found = [Side(name) for name in SIDES[: 3 if shares.test else 2]]
    _count(found, sides, strata)
    _write(file, sides, [outputs(side) for side in range(len(found))])
    largest = max(sizes.values())
    notes = [*groups.notes(sides), *_large(largest, len(sides))]
    return Split(found, len(sizes), groups.name, largest, strata, file.blank, notes)


def _by_place(firsts: array[int], key_of: KeyOf, seed: int, shares: Shares) -> bytearray:
    validation, test = int(shares.validation * WHOLE), WHOLE - int(shares.test * WHOLE)
    sides = bytearray(len(firsts))
    for row, first in enumerate(firsts):
        if row != first:
            sides[row] = sides[first]
            continue
        at = place(key_of(row), seed)
        sides[row] = VALIDATION if at < validation else TEST if at >= test else TRAIN
    return sides


def _by_stratum(
    firsts: array[int], sizes: Counter[int], key_of: KeyOf, seed: int, shares: Shares, strata: Strata
) -> bytearray:
    """Within each label, the groups in the order of their places, cut at the shares, as near as whole groups allow."""
    labels = _labels_of_groups(firsts, strata)
    members: list[list[tuple[int, bytes, int]]] = [[] for _ in range(len(strata))]
    for first, label in labels.items():
        members[label].append((place(key_of(first), seed), key_of(first), first))
    sides = bytearray(len(firsts))
    for label, groups in enumerate(members):
        groups.sort()
        total = sum(sizes[first] for _, _, first in groups)
        # A share of few rows is no whole number: up or down, by the label's own place, so that all together are right.
        up = place(strata.digests[label], seed) / WHOLE
        validation = int(total * shares.validation + up)
        test = int(total * shares.test + 1 - up)
        before = 0
        for _, _, first in groups:
            middle = before + sizes[first] / 2
            sides[first] = VALIDATION if middle <= validation else TEST if total - middle <= test else TRAIN
            before += sizes[first]
    for row, first in enumerate(firsts):
        sides[row] = sides[first]
    return sides


def _labels_of_groups(firsts: array[int], strata: Strata) -> dict[int, int]:
    """The label that most rows of each group have."""
    first_labels: dict[int, int] = {}
    mixed: dict[int, Counter[int]] = {}
    for first, label in zip(firsts, strata.of_row, strict=True):
        if first_labels.setdefault(first, label) != label:
            mixed[first] = Counter()
    for first, label in zip(firsts, strata.of_row, strict=True) if mixed else ():
        if first in mixed:
            mixed[first][label] += 1
    for first, counts in mixed.items():
        first_labels[first] = min(counts, key=lambda label: (-counts[label], strata.digests[label]))
    return first_labels


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

"""Which findings get their line and column: working them out takes longer than finding them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ftlint.core.kind import Kind
    from ftlint.engine.hits import Hit


class Located(NamedTuple):
    """Of each rule in a file: the first findings, and of each of its most frequent kinds the first places."""

    findings: int
    kinds: int
    places: int


def to_locate(hits: Sequence[Hit], located: Located) -> set[int]:
    """The indexes of the hits that `located` speaks of."""
    from ftlint.core.kind import split

    chosen: set[int] = set()
    counts: dict[str, int] = {}
    kinds: dict[str, dict[Kind, list[int]]] = {}
    for index, hit in enumerate(hits):
        problem = hit.problem
        counts[problem.code] = counts.get(problem.code, 0) + 1
        if counts[problem.code] <= located.findings:
            chosen.add(index)
        of_rule = kinds.setdefault(problem.code, {})
        of_rule.setdefault(split(problem.message)[0], []).append(index)
    for of_rule in kinds.values():
        frequent = sorted(of_rule.values(), key=lambda indexes: -len(indexes))[: located.kinds]
        chosen.update(index for indexes in frequent for index in indexes[: located.places])
    return chosen

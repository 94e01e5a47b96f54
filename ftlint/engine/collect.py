"""What rules call to report: a callback that keeps the problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ftlint.core.types import Fix, Place, Pointer, Problem

if TYPE_CHECKING:
    from ftlint.rules.base import Report


class Keeper(Protocol):
    """Where problems go: mostly a list."""

    def append(self, problem: Problem, /) -> None:
        """Keep one more."""


def collector(code: str, problems: Keeper) -> Report:
    """A rule's report: every call becomes a problem of this code."""

    def report(
        message: str,
        at: Pointer | None = None,
        *,
        on_key: bool = False,
        part: tuple[int, int] | None = None,
        row: Place | None = None,
        help: str | None = None,
        fix: Fix | None = None,
    ) -> None:
        problems.append(Problem(code, message, at, on_key, None, help, fix, part, row))

    return report

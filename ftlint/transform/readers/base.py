"""What readers give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ftlint.core.errors import FtlintError


class Record(NamedTuple):
    """A row: its value, or in a few words why there is none, and then its raw bytes or cells."""

    value: Any
    problem: str | None = None


class Reading(NamedTuple):
    """An open file: its records, how far it is read, and how far that goes; notes about what is not read of it."""

    records: Iterator[Record]
    position: Callable[[], int]
    size: int
    notes: tuple[str, ...] = ()


def missing(path: str, what: str, package: str) -> FtlintError:
    """The sentence about a package that is not installed."""
    return FtlintError(
        f"cannot convert {path}: {what} takes {package}, which is not installed; pip install 'ftlint[convert]'"
    )

"""The nouns: severity, pointer, fix, problem."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

Pointer = tuple[str | int, ...]
"""The keys and indexes that lead from a row to a value in it."""

Applicability = Literal["safe", "unsafe"]


class Severity(IntEnum):
    """How bad a finding is; ordered, so that severities compare."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    @property
    def label(self) -> str:
        """The name in lower case, as options and reports spell it."""
        return self.name.lower()


class Fix(NamedTuple):
    """What would mend a problem. Safe: the parsed data stays the same, or nobody who meant the row would mind."""

    title: str
    applicability: Applicability


@dataclass(slots=True)
class Place:
    """
    Where a row stands. `row` and `line` count from 1 within the part of the file that was read at once, until the
    parts are put together; `offset` and `length` are bytes within the file. `prefix` are the characters before
    the row on its line: not 0 only where rows share a line.
    """

    row: int
    line: int
    offset: int
    length: int
    prefix: int = 0


class Problem(NamedTuple):
    """
    One thing that is wrong, before anyone worked out its line and column.

    `pointer` names a value of the row; with `on_key` the key that leads to it is meant, with `part` those
    characters of the string, from and to. A row that does not parse has no pointers: `span` then gives bytes of
    the row, from and to, counted from the row's start. All of them are None for a problem of the file. `row` is
    set by rules about a dataset only; the row at hand is known to whoever reads it.
    """

    code: str
    message: str
    pointer: Pointer | None = None
    on_key: bool = False
    span: tuple[int, int] | None = None
    help: str | None = None
    fix: Fix | None = None
    part: tuple[int, int] | None = None
    row: Place | None = None


def render_pointer(pointer: Pointer) -> str:
    """A pointer as RFC 6901 writes it: `/messages/0/content`; the empty string is the whole row."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in pointer)


def spell_pointer(pointer: Pointer) -> str:
    """A pointer as people write it: `messages[0].content`."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in pointer]
    return "".join(parts).removeprefix(".")

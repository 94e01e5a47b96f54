"""The nouns: severity, pointer, fix, problem."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Literal, NamedTuple

from ftlint.core.visible import shorten

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


class Edit(NamedTuple):
    """
    One change of a row. `at` names the value; None: where the problem is.

    `drop` takes the value out, with its key; the whole row where `at` is empty. `replace` puts `value` there, `rename`
    keeps the value; with `key`, its key becomes that. `append` and `prepend` are for every row of a file: they put the
    first of the texts in `value` that occurs inside none of the file's texts there to the end or the beginning of each.
    """

    action: Literal["drop", "replace", "rename", "append", "prepend"]
    value: Any = None
    at: Pointer | None = None
    key: str | None = None


DROP_ROW = Edit("drop", at=())
"""Takes out the whole row."""


class Fix(NamedTuple):
    """
    What would mend a problem. Safe: the parsed data stays the same, or nobody who meant the row would mind.

    `edits` are those that are known without a look at the content of the row; else the rule's `mend` says them. Those
    of a finding about a dataset hold for every row, but for `DROP_ROW`.
    """

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...] = ()


@dataclass(slots=True)
class Part:
    """A part of a file that was read at once: the rows, lines and bytes before it, as far as they are known yet."""

    rows: int = 0
    lines: int = 0
    bytes: int = 0


@dataclass(slots=True, eq=False)
class Place:
    """
    Where a row stands: its row and line, which count from 1, its offset and its length in bytes. It counts from the
    start of its part, so that putting parts together moves a part, and not the many places in it. `prefix` are the
    characters before the row on its line: not 0 only where rows share a line.
    """

    row_in_part: int
    line_in_part: int
    offset_in_part: int
    length: int
    prefix: int = 0
    part: Part = field(default_factory=Part)
    is_counted: bool = False
    """Whether the row is among those that are counted as having findings."""

    @property
    def row(self) -> int:
        """The row of the file, from 1."""
        return self.row_in_part + self.part.rows

    @property
    def line(self) -> int:
        """The line of the file, from 1."""
        return self.line_in_part + self.part.lines

    @property
    def offset(self) -> int:
        """The first byte in the file."""
        return self.offset_in_part + self.part.bytes

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Place):
            return NotImplemented
        return (self.row, self.line, self.offset, self.length) == (other.row, other.line, other.offset, other.length)

    __hash__ = None  # type: ignore[assignment]  # it moves


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
    """A pointer as people write it: `messages[0].content`; its keys come from the data, and are made visible."""
    parts = [f"[{step}]" if isinstance(step, int) else f".{shorten(step)[1:-1]}" for step in pointer]
    return "".join(parts).removeprefix(".")

"""
The ends of rows that come again: definitions of tools stand behind the messages, the same in thousands of rows.

Such an end is parsed once, and of each row only what stands before it. That the two are one object needs no further
proof: the part before is an object once a brace closes it, so the cut is in the outermost object and in no string;
the end is one once a brace opens it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ftlint.sources.parse import parse, proven

if TYPE_CHECKING:
    from ftlint.engine.context import ToolsFacts

KEY = b'"tools"'
MOST = 256
MOST_BYTES = 8 << 20
"""In a file with more or larger ends than this, too few rows share one."""


class Tail:
    """The members of an object from the key of the tools on, and what is known of the tools."""

    __slots__ = ("facts", "members")

    def __init__(self, members: dict[str, Any]) -> None:
        self.members = members
        self.facts: ToolsFacts | None = None


class Tails:
    """The ends of the rows of one file."""

    def __init__(self) -> None:
        self.known: dict[bytes, Tail] = {}
        self.room = MOST_BYTES

    def parse(self, raw: bytes) -> tuple[Any, Tail | None]:
        """The value of a row of the form `TOOLS`, and its end, if rows share it; raises ValueError like `parse`."""
        at = raw.rfind(KEY)
        head = raw[:at].rstrip()
        if self.room >= 0 and head.endswith(b","):
            end = raw[at:]
            try:
                tail = self.known.get(end) or self._remember(end)
                value = proven(head[:-1] + b"}")
            except ValueError:
                return parse(raw), None
            if value.keys().isdisjoint(tail.members):
                value.update(tail.members)
                return value, tail
        return parse(raw), None

    def _remember(self, end: bytes) -> Tail:
        tail = Tail(parse(b"{" + end))
        self.room -= len(end)
        if len(self.known) >= MOST or self.room < 0:
            self.room = -1
            self.known.clear()
        else:
            self.known[end] = tail
        return tail

"""FT414."""

from ftlint.core.types import Place, Pointer, Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Report, Target, WholeFile

Seen = dict[tuple[str, bytes], tuple[Place, Pointer]]
"""The first definitions of a file, each by its name and digest with its first place."""

MAX_DEFINITIONS = 2000


class ToolsDiffer(DatasetRule):
    """
    Rows of one file define the same tool differently.

    ## Why it matters
    Often that is meant: versions of a tool, or parameters that depend on the user. Where it is not, a
    description was changed in some rows only, and the model in use will see just one of them.

    ## Fix
    None: only the author knows whether the difference is meant.
    """

    code = "FT414"
    name = "tools-differ"
    severity = Severity.INFO
    help = "train with the definitions that the model will be offered in use"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], '
        b'"tools": [{"type": "function", "function": {"name": "clock", "description": "Tells the time."}}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}], '
        b'"tools": [{"type": "function", "function": {"name": "clock", "description": "Tells the time in UTC."}}]}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], '
        b'"tools": [{"type": "function", "function": {"name": "clock", "description": "Tells the time."}}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}], '
        b'"tools": [{"type": "function", "function": {"name": "clock", "description": "Tells the time."}}]}\n'
    )

    def applies(self, row: Row, target: Target) -> bool:
        """To rows that define tools."""
        return bool(row.holder.get("tools") or row.holder.get("functions"))

    def extract(self, row: Row, target: Target) -> Seen | None:
        """The definitions of the row."""
        return self.add(None, row, target)

    def add(self, seen: Seen | None, row: Row, target: Target) -> Seen | None:
        """Those that are new, which in nearly every row none is."""
        definitions = row.definitions
        if definitions is None or (seen is not None and definitions.pairs <= seen.keys()):
            return seen
        return self.combine(seen or {}, {pair: (row.place, at) for pair, at in definitions.digests.items()})

    def combine(self, first: Seen, second: Seen) -> Seen:
        """The first of both, each at its first place."""
        for pair, place in second.items():
            if len(first) < MAX_DEFINITIONS:
                first.setdefault(pair, place)
        return first

    def conclude(self, seen: Seen, file: WholeFile, target: Target, report: Report) -> None:
        """Report each tool with several definitions, where the second first stands."""
        variants: dict[str, list[tuple[Place, Pointer]]] = {}
        for (name, _), place in seen.items():
            variants.setdefault(name, []).append(place)
        least = "at least " if len(seen) == MAX_DEFINITIONS else ""
        for name, places in variants.items():
            if len(places) > 1:
                row, at = places[1]
                count = f"{least}{len(places):,}"
                report(
                    f"Tool {shorten(name)} has {count} different definitions in the file; here is the second",
                    at=at,
                    row=row,
                )

"""FT414."""

from typing import NamedTuple

from ftlint.core.types import Place, Pointer, Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Report, Target, WholeFile

Variants = dict[bytes, tuple[Place, Pointer]]
"""The definitions of one name by their digest, each with its first place."""


class Seen(NamedTuple):
    """What is remembered of some rows. Of one row, `variants` is left empty until it is needed."""

    pairs: frozenset[tuple[str, bytes]]
    """Every name with every digest."""
    place: Place
    definitions: dict[tuple[str, bytes], Pointer]
    """Those of the row at `place`."""
    variants: dict[str, Variants] | None = None

    def by_name(self) -> dict[str, Variants]:
        """The definitions of each name."""
        if self.variants is not None:
            return self.variants
        return {name: {digest: (self.place, at)} for (name, digest), at in self.definitions.items()}


MAX_NAMES = 1000
MAX_VARIANTS = 20


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
        definitions = row.definitions
        if definitions is None:
            return None
        digests = definitions.digests
        return Seen(definitions.pairs, row.place, digests)

    def add(self, seen: Seen | None, row: Row, target: Target) -> Seen | None:
        """Nothing new in nearly every row, and then its place is not needed."""
        definitions = row.definitions
        if seen is None or (definitions is not None and not definitions.pairs <= seen.pairs):
            found: Seen | None = super().add(seen, row, target)
            return found
        return seen

    def combine(self, first: Seen, second: Seen) -> Seen:
        """Each definition once, at its first place: the first variants of the first names."""
        if second.pairs <= first.pairs:
            return first
        names = dict(first.by_name())
        for name, variants in second.by_name().items():
            if name in names:
                new = [item for item in variants.items() if item[0] not in names[name]]
                names[name] = dict([*names[name].items(), *new][:MAX_VARIANTS])
            elif len(names) < MAX_NAMES:
                names[name] = variants
        pairs = frozenset((name, digest) for name, variants in names.items() for digest in variants)
        return Seen(pairs, first.place, first.definitions, names)

    def conclude(self, seen: Seen, file: WholeFile, target: Target, report: Report) -> None:
        """Report each tool with several definitions, where the second first stands."""
        for name, variants in seen.by_name().items():
            if len(variants) > 1:
                _, (place, at) = list(variants.items())[1]
                least = "at least " if len(variants) == MAX_VARIANTS else ""
                report(
                    f"Tool {shorten(name)} has {least}{len(variants)} different definitions in the file; "
                    "here is the second",
                    at=at,
                    row=place,
                )

"""FT414."""

from ftlint.core.types import Place, Pointer, Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Report, Target

Variants = dict[bytes, tuple[Place, Pointer]]
"""The definitions of one name by their digest, each with its first place."""

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

    def extract(self, row: Row, target: Target) -> dict[str, Variants] | None:
        """The definitions of the row, by name."""
        definitions = row.definitions
        if definitions is None:
            return None
        place = row.place
        digests, named = definitions.digests, definitions.named
        return {name: {digest: (place, named[name].at)} for name, digest in digests.items()}

    def combine(self, first: dict[str, Variants], second: dict[str, Variants]) -> dict[str, Variants]:
        """Each definition once, at its first place; the memory is bounded."""
        new = [name for name, variants in second.items() if not variants.keys() <= first.get(name, {}).keys()]
        if not new:
            return first
        both = dict(first)
        for name in new:
            if name in both or len(both) < MAX_NAMES:
                known = both.get(name, {})
                later = [item for item in second[name].items() if item[0] not in known]
                both[name] = dict([*known.items(), *later][:MAX_VARIANTS])
        return both

    def conclude(self, seen: dict[str, Variants], rows: int, target: Target, report: Report) -> None:
        """Report each tool with several definitions, where the second first stands."""
        for name, variants in seen.items():
            if len(variants) > 1:
                _, (place, at) = list(variants.items())[1]
                least = "at least " if len(variants) == MAX_VARIANTS else ""
                report(
                    f"Tool {shorten(name)} has {least}{len(variants)} different definitions in the file; "
                    "here is the second",
                    at=at,
                    row=place,
                )

"""FT213."""

from __future__ import annotations

from ftlint.core.types import Pointer, Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.variants import Spot, VariantRule, Variants


class NoSystemMessage(VariantRule):
    """
    Some rows lack the system message that the rest of the file has.

    ## Why it matters
    In use, the model gets the system message always or never. Rows that differ teach it to behave as trained
    with or without one, which may be meant; mostly they were put together from another source. Reported once
    a file, when at least one row and fewer than half of them have no system message.

    ## Fix
    None: only the author knows how the model will be used.
    """

    code = "FT213"
    name = "no-system-message"
    severity = Severity.INFO
    formats = ("chat", "reinforcement", "preference")
    help = "train with the system message that the model will get in use"

    bad = (
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
        b'{"messages": [{"role": "user", "content": "Thanks"}, {"role": "assistant", "content": "Sure"}]}\n'
    )
    good = (
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
        b'{"messages": [{"role": "system", "content": "Be brief."}, '
        b'{"role": "user", "content": "Thanks"}, {"role": "assistant", "content": "Sure"}]}\n'
    )

    def of_outline(self, row: Row, target: Target) -> tuple[bool, Pointer]:
        """Whether the row has one, and where its messages are."""
        return any(message.role in ("system", "developer") for message in row.messages), row.at

    def conclude(self, seen: Variants[Spot], file: WholeFile, target: Target, report: Report) -> None:
        """Report the first of the rows that lack one, if the others have one."""
        conversations = sum(spot.rows for spot in seen.of.values())
        for (has_one, at), spot in seen.of.items():
            if not has_one and spot.rows * 2 < conversations:
                have = "has" if spot.rows == 1 else "have"
                report(
                    f"{spot.rows:,} of {conversations:,} rows {have} no system message, the others have one",
                    at=at,
                    row=spot.place,
                )

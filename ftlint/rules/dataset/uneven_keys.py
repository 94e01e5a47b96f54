"""FT708."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ftlint.core.types import Place, Pointer, Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.variants import MOST, Spot, VariantRule, Variants

Keys = tuple[str, ...]
"""In order, so that two that are equal are written the same."""
LEFT_ALONE = {"functions", "parallel_tool_calls"}
NAMED = 4
"""Keys that one message names, and groups of them."""


class Told(NamedTuple):
    """The keys of a row beside its messages: those with a value, and those that may as well be there or not."""

    keys: Keys
    either: Keys
    at: Pointer
    """Where they are."""


class Group(NamedTuple):
    """Keys that the same rows have; the minority of the rows, which are those with them or those without."""

    keys: tuple[str, ...]
    has_them: bool
    rows: int
    first: Place
    at: Pointer


class UnevenKeys(VariantRule):
    """
    Some rows have a key that the others lack.

    ## Why it matters
    A provider has refused such a file, whose first rows had no tools, though the key is a legal one; that this was
    the cause is likely, not confirmed. Loaders that read a file in blocks take the columns of the first block for
    those of all, and fail on a key that comes later. Often the rows come from two sources that were written
    differently.

    Looked at are the keys beside the messages: tools, and the fields of a grader. A key that is null counts neither
    as there nor as missing. Left alone are `parallel_tool_calls`, a setting of single rows, and what other rules
    report: unknown keys, legacy functions, tools that a row lacks but calls, fields that the grader reads.

    ## Fix
    None: give all rows the keys, or keep the rows with them in a file of their own.
    """

    code = "FT708"
    name = "uneven-keys"
    severity = Severity.INFO
    formats = ("chat", "reinforcement", "preference")
    provider_error = 'Example 536 contains an extra "tools".'
    help = "give all rows the same keys, or put the rows with these keys into a file of their own"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
        b'{"messages": [{"role": "user", "content": "Thanks"}, {"role": "assistant", "content": "Sure"}], '
        b'"tools": [{"type": "function", "function": {"name": "clock"}}]}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}], '
        b'"tools": [{"type": "function", "function": {"name": "clock"}}]}\n'
        b'{"messages": [{"role": "user", "content": "Thanks"}, {"role": "assistant", "content": "Sure"}], '
        b'"tools": [{"type": "function", "function": {"name": "clock"}}]}\n'
    )

    def of_outline(self, row: Row, target: Target) -> Told:
        """The keys of the row."""
        holder = row.holder
        either = {key for key, value in holder.items() if value is None} | LEFT_ALONE
        if "tools" not in holder and (row.calls_tools or "functions" in holder):
            either.add("tools")
        if target.grader:
            either.update(str(field.steps[0]) for field in target.grader.fields)
        return Told(tuple(sorted(holder.keys() - either)), tuple(sorted(either)), row.holder_at)

    def conclude(self, seen: Variants[Spot], file: WholeFile, target: Target, report: Report) -> None:
        """Report which keys some rows have, at the first row of the smallest minority."""
        if seen.is_cut:
            report(f"Rows have more than {MOST} different sets of keys")
            return
        groups = sorted(_groups(seen.of), key=lambda group: (group.rows, group.first.row))
        if not groups:
            return
        first, *others = groups
        total = sum(spot.rows for spot in seen.of.values())
        said = [f"{first.rows:,} of {total:,} rows {_spelt(first)}"]
        said += [f"{group.rows:,} {_spelt(group)}" for group in others[: NAMED - 1]]
        more = [f"and so on for {len(groups) - NAMED} more"] if len(groups) > NAMED else []
        at = (*first.at, first.keys[0]) if first.has_them else first.at
        report(f"{', '.join(said + more)}, unlike the others", at=at, on_key=first.has_them, row=first.first)


def _groups(seen: dict[Told, Spot]) -> Iterator[Group]:
    """The keys that some rows have and others lack, by the rows that have them."""
    by_rows: dict[tuple[tuple[Told, ...], tuple[Told, ...]], list[str]] = {}
    for key in sorted(frozenset().union(*(told.keys for told in seen))):
        having = tuple(told for told in seen if key in told.keys)
        lacking = tuple(told for told in seen if key not in told.keys and key not in told.either)
        if lacking:
            by_rows.setdefault((having, lacking), []).append(key)
    for (having, lacking), keys in by_rows.items():
        with_them, without = (sum(seen[told].rows for told in some) for some in (having, lacking))
        has_them = with_them <= without
        told = (having if has_them else lacking)[0]
        yield Group(tuple(keys), has_them, min(with_them, without), seen[told].place, told.at)


def _spelt(group: Group) -> str:
    one = group.rows == 1
    verb = ("has" if one else "have") if group.has_them else ("lacks" if one else "lack")
    names = [shorten(key, 30) for key in group.keys[:NAMED]]
    more = [f"{len(group.keys) - NAMED} more keys"] if len(group.keys) > NAMED else []
    *most, last = names + more
    return f"{verb} {', '.join(most)} and {last}" if most else f"{verb} {last}"

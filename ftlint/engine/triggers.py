"""
Which text rules a row is worth: all their triggers asked at once, over the raw bytes of the row.

With google-re2, one set of all triggers reads a row at several hundred MB/s, whatever it holds. Where it is not
installed, `re` asks the same, ten times slower. For little text `re` is used in any case: it is imported already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar


class Triggered(Protocol):
    """A text rule, or what is known of one before it is imported."""

    @property
    def trigger(self) -> bytes:
        """See `ftlint.rules.base.TextRule`."""


Rule = TypeVar("Rule", bound=Triggered)

ESCAPED_ASCII = rb"(?:^|[^\\])(?:\\\\)*\\u00[0-7]"
"""
A character that needs no escape is written as one: no trigger looks for that, so every rule looks at the row. (A
backslash that is escaped itself, as in texts about escapes, begins none.)
"""

WORTH_RE2 = 1 << 20
"""Bytes of a file from which the import of RE2 is cheaper than what `re` takes longer."""


def matcher(rules: Sequence[Rule], size: int) -> Callable[[bytes], tuple[Rule, ...]]:
    """The function that tells which of `rules` a row is worth, for a file of `size` bytes."""
    if size >= WORTH_RE2:
        try:
            return with_re2(rules)
        except ImportError:
            pass
    return with_re(rules)


def with_re2(rules: Sequence[Rule]) -> Callable[[bytes], tuple[Rule, ...]]:
    """One set of patterns. Raises ImportError where RE2 is not installed."""
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1  # bytes, one by one
    options.max_mem = 64 << 20
    every = tuple(rules)
    patterns = re2.Set.SearchSet(options)
    for rule in every:
        patterns.Add(rule.trigger)
    patterns.Add(ESCAPED_ASCII)
    patterns.Compile()
    match = patterns.Match

    def triggered(raw: bytes) -> tuple[Rule, ...]:
        found = match(raw)
        if not found:
            return ()
        return every if len(every) in found else tuple([every[index] for index in sorted(found)])

    return triggered


def with_re(rules: Sequence[Rule]) -> Callable[[bytes], tuple[Rule, ...]]:
    """The same by the standard library: one pattern for all, then one for each."""
    import re

    every = tuple(rules)
    escaped = re.compile(ESCAPED_ASCII).search
    searches = [re.compile(rule.trigger).search for rule in every]
    anything = re.compile(b"|".join([ESCAPED_ASCII, *(b"(?:%s)" % rule.trigger for rule in every)])).search

    def triggered(raw: bytes) -> tuple[Rule, ...]:
        if not anything(raw):
            return ()
        if escaped(raw):
            return every
        return tuple([rule for rule, search in zip(every, searches, strict=True) if search(raw)])

    return triggered

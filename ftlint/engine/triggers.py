"""
What the raw bytes of a row tell: which text rules it is worth, all their triggers asked at once, and its form.

One set of google-re2 does it where that is installed (`ftlint[fast]`). Elsewhere the regular expressions of
jsonschema-rs do, which is there for the schemas anyway: Rust's, linear as well, at two thirds of the speed. Where both
are missing, `re` asks the same, fifty times slower (`python -m benchmarks.triggers` measures them side by side).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Generic, NamedTuple, Protocol, TypeVar

from ftlint.engine.composed import PERHAPS_NOT_COMPOSED
from ftlint.engine.forms import FORMS
from ftlint.rules.index import Entry


class Triggered(Protocol):
    """A text rule, or what is known of one before it is imported."""

    @property
    def trigger(self) -> bytes:
        """See `ftlint.rules.base.TextRule`."""


Rule = TypeVar("Rule", bound=Triggered)


class Told(NamedTuple, Generic[Rule]):
    """What the bytes of a row tell: the rules it is worth, and what only RE2 is asked for."""

    worth: tuple[Rule, ...]
    form: str | None = None
    """One of `FORMS`; None for any other, or an unknown one."""
    is_composed: bool = False
    """Whether all its texts are known to be in NFC."""


Matcher = Callable[[bytes], Told[Rule]]
Search = Callable[[bytes], object]

ESCAPED_ASCII = rb"(?:^|[^\\])(?:\\\\)*\\u00[0-7]"
"""
A character that needs no escape is written as one: no trigger looks for that, so every rule looks at the row. (A
backslash that is escaped itself, as in texts about escapes, begins none.)
"""

MAX_BYTES = 16 << 20
"""What a compiled pattern may take, and its cache; a few hundred kilobytes are usual."""

KEPT = 16
"""Matchers that are kept. One takes 3 ms to compile, longer than a small file takes; files of a format share theirs."""


def matcher(rules: Sequence[Rule]) -> Matcher[Rule]:
    """The function that tells which of `rules` a row is worth, and its form, by the fastest engine there is."""
    for engine in (with_re2, with_rust):
        try:
            return engine(rules)
        except ImportError:
            continue
    return with_re(rules)


@lru_cache(maxsize=KEPT)
def kept_matcher(rules: tuple[Entry, ...]) -> Matcher[Entry]:
    """The same, made once for the files that have the same rules."""
    return matcher(rules)


def with_re2(rules: Sequence[Rule]) -> Matcher[Rule]:
    """One set of patterns. Raises ImportError where RE2 is not installed."""
    import re2

    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1  # bytes, one by one
    options.max_mem = MAX_BYTES
    every = tuple(rules)
    forms = tuple(FORMS)
    patterns = re2.Set.SearchSet(options)
    for pattern in (*(rule.trigger for rule in every), *FORMS.values(), ESCAPED_ASCII, PERHAPS_NOT_COMPOSED):
        patterns.Add(pattern)
    patterns.Compile()
    match = patterns.Match
    answers: dict[tuple[int, ...], Told[Rule]] = {}

    escaped = len(every) + len(forms)

    def answer(found: tuple[int, ...]) -> Told[Rule]:
        if escaped in found:
            return Told(every)
        worth = tuple([every[index] for index in sorted(found) if index < len(every)])
        form = next((forms[index - len(every)] for index in found if len(every) <= index < escaped), None)
        return Told(worth, form, escaped + 1 not in found)

    def triggered(raw: bytes) -> Told[Rule]:
        found = tuple(match(raw) or ())
        known = answers.get(found)
        if known is None:
            known = answers[found] = answer(found)
        return known

    return triggered


def with_rust(rules: Sequence[Rule]) -> Matcher[Rule]:
    """One pattern for all, then one for each. Raises ImportError where jsonschema-rs is not installed."""
    import jsonschema_rs

    options = jsonschema_rs.RegexOptions(size_limit=MAX_BYTES, dfa_size_limit=MAX_BYTES)

    def search(pattern: bytes) -> Search:  # of text, which is all it knows: each byte is read as a character
        matches = jsonschema_rs.validator_for({"pattern": pattern.decode("latin-1")}, pattern_options=options).is_valid
        return lambda raw: matches(raw.decode("latin-1"))

    return _one_by_one(rules, search)


def with_re(rules: Sequence[Rule]) -> Matcher[Rule]:
    """The same by the standard library."""
    import re

    return _one_by_one(rules, lambda pattern: re.compile(pattern).search)


def _one_by_one(rules: Sequence[Rule], compiler: Callable[[bytes], Search]) -> Matcher[Rule]:
    every = tuple(rules)
    nothing, anyone = Told[Rule](()), Told(every)
    compiled = cache(compiler)
    anything = compiled(b"|".join(b"(?:%s)" % pattern for pattern in (ESCAPED_ASCII, *(r.trigger for r in every))))

    def triggered(raw: bytes) -> Told[Rule]:
        if not anything(raw):
            return nothing
        if compiled(ESCAPED_ASCII)(raw):
            return anyone
        return Told(tuple([rule for rule in every if compiled(rule.trigger)(raw)]))

    return triggered

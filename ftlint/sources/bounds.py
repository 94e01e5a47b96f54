"""What a parser may let pass and no row may hold: nesting past the limit, numbers that others round or refuse."""

from __future__ import annotations

import re

from ftlint.core.types import Problem
from ftlint.sources.loose import MAX_DEPTH

# Strings match closed or not, numbers as a whole: what fails to match is tried again at its next character.
BARE_WORD = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|-?\b(?:NaN|Infinity)\b|-?\d++(?:\.\d++)?+(?:[eE][+-]?\d++)?+')
BRACKET = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{}\[\]]')
HUGE = re.compile(r"\d{19}|[eE]\+?\d{3}")


def too_deep(raw: bytes) -> Problem | None:
    """Nesting past the limit; looked for only where a row has more than that many brackets."""
    if raw.count(b"{") + raw.count(b"[") <= MAX_DEPTH:
        return None
    depth = 0
    for match in BRACKET.finditer(raw):
        if match[0] in (b"{", b"["):
            depth += 1
            if depth > MAX_DEPTH:
                place = match.start()
                return Problem("FT015", f"Nested deeper than {MAX_DEPTH} levels", span=(place, place + 1))
        elif match[0] in (b"}", b"]"):
            depth -= 1
    return None


def huge_number(raw: bytes) -> Problem | None:
    """A number past 64 bits, or past every double, in a row that parses: parsers round it, or refuse it."""
    text = raw.decode()
    return number_in(text) if HUGE.search(text) else None


def number_in(text: str) -> Problem | None:
    """FT013 for the first number of a text that is none for JSON, or for those who read it."""
    for match in BARE_WORD.finditer(text):
        token = match[0]
        if token[0] == '"':
            continue
        digits = token.lstrip("-")
        if digits.isdigit():
            if not _fits(token):
                return _not_a_number(text, match, f"Integer of {len(digits)} digits does not fit into 64 bits")
        elif digits in ("NaN", "Infinity"):
            return _not_a_number(text, match, f"{token} is not JSON")
        elif float(token) in (float("inf"), float("-inf")):
            return _not_a_number(text, match, f"Number {token[:20]} is larger than any double")
    return None


def _not_a_number(text: str, match: re.Match[str], message: str) -> Problem:
    start = len(text[: match.start()].encode())
    return Problem("FT013", message, span=(start, start + len(match[0])), help="use null, a float or a string")


def _fits(digits: str) -> bool:
    return len(digits) <= 20 and -(2**63) <= int(digits) < 2**64

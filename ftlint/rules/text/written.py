"""How characters stand in the raw bytes of a row, for triggers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def written(*characters: str) -> bytes:
    """
    A pattern for one of the characters beyond ASCII, as UTF-8 and as an escape in either case.

    `"a-z"` stands for a range, as in a class of a regular expression; any other string for its characters.
    """
    raw: defaultdict[bytes, set[int]] = defaultdict(set)
    escaped: defaultdict[str, set[str]] = defaultdict(set)
    for character in _spelt_out(characters):
        encoded = character.encode()
        raw[encoded[:-1]].add(encoded[-1])
        units = character.encode("utf-16-be").hex()
        escaped[units[:-1]].add(units[-1])
    patterns = [
        b"".join(map(_byte, lead)) + _class(_byte(last) for last in sorted(lasts)) for lead, lasts in raw.items()
    ]
    for digits, lasts in escaped.items():
        before = "".join(rf"\\u{digits[start : start + 4]}" for start in range(0, len(digits), 4))
        cases = "".join(_cases(digit) for digit in sorted(lasts))
        patterns.append(b"(?i:%s)[%s]" % (before.encode(), cases.encode()))
    return b"(?:%s)" % b"|".join(patterns)


def _spelt_out(characters: Iterable[str]) -> Iterable[str]:
    for some in characters:
        if len(some) == 3 and some[1] == "-":
            yield from map(chr, range(ord(some[0]), ord(some[2]) + 1))
        else:
            yield from some


def _byte(byte: int) -> bytes:
    return b"\\x%02x" % byte


def _class(members: Iterable[bytes]) -> bytes:
    return b"[%s]" % b"".join(members)


def _cases(digit: str) -> str:
    return digit if digit.isdigit() else digit + digit.upper()

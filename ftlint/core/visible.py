"""
The one sanitiser of text for people: what comes from the data must not steer a terminal.

Control characters (C0, C1, DEL), bidi controls, zero-width characters, line separators and lone surrogates are
shown as escapes, as Python would write them. The data of images, which fills screens and logs, is left out, and of
keys, cards and accounts all but how they begin (`ftlint.core.private`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)

LONGEST_WORD = 120
"""Characters of base64 in a row that may be data: no word of any text is that long."""
# A string that is a data URL, up to its end; one inside a text, as far as it is base64; base64 without a head.
PAYLOAD = (
    r"""(?:\A|(?<="))(\s*(?i:data):(?:[\w.+-]+\\?/[\w.+-]+[^",\s]{0,99}|[^",\s]{0,99};(?i:base64)),)"""
    r"""[^"\\]*+(?:\\.[^"\\]*+)*+"""
    r"""|((?i:data):[^",\s]{0,99};(?i:base64),)[A-Za-z0-9+/=_%\\-]*+"""
    rf"""|[A-Za-z0-9+/_\\-]{{{LONGEST_WORD},}}+=*"""
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, once someone asks: a file without a finding shows no text."""
    return re.compile(pattern, re.ASCII | re.DOTALL)


def payloads(text: str) -> Iterator[tuple[int, int]]:
    """Where base64 and the data of data URLs stand in a text, JSON or not: from and to."""
    for match in _compiled(PAYLOAD).finditer(text):
        start = match.end(match.lastindex) if match.lastindex else match.start()
        first = match[0][:LONGEST_WORD]
        # Without a head, it is data when small and capital letters and digits are mixed, and not one letter repeated.
        is_data = match.lastindex or (first != first.lower() and first != first.upper() and re.search("[0-9]", first))
        if is_data and start < match.end():
            yield start, match.end()


def elide(text: str) -> str:
    """`text` with an ellipsis for the data of images: `data:image/png;base64,…`."""
    for start, end in reversed(list(payloads(text))):
        text = f"{text[:start]}…{text[end:]}"
    return text


SHORTEST_SECRET = 12
"""Characters of a text from which on it may hold something private."""
SEEN = 1024
"""Characters of a text behind what is shown of it that are searched: a key that is cut is no longer known as one."""


def masked(text: str) -> str:
    """`text` with an ellipsis for what is private in it, but for how that begins: to be called before a text is cut."""
    if len(text) < SHORTEST_SECRET:
        return text
    from ftlint.core.private.mask import masked

    return masked(text)


def is_private(text: str, start: int, end: int) -> bool:
    """Whether a part of a key, a card or an account stands there, which nobody would know for one without the rest."""
    from ftlint.core.private.mask import private

    first = max(0, start - SEEN)
    return any(first + spot.start < end and first + spot.end > start for spot in private(text[first : end + SEEN]))


def visible(text: str) -> str:
    """`text` on one line, with all that a terminal would obey or hide made visible, and what is private masked."""
    return _compiled(UNSAFE).sub(_escape, masked(text))


def shorten(text: str, width: int = 60) -> str:
    """At most `width` characters of `text`, made visible, in double quotes; for names and values in messages."""
    whole = masked(text[: width + SEEN])
    short = elide(whole[: width + LONGEST_WORD])
    if len(short) > width or len(whole) > width + LONGEST_WORD:
        short = short[: width - 1].rstrip("…") + "…"
    return f'"{visible(short)}"'


def _escape(match: re.Match[str]) -> str:
    return {"\n": r"\n", "\t": r"\t", "\r": r"\r"}.get(match[0]) or match[0].encode(
        "unicode_escape", "surrogatepass"
    ).decode()

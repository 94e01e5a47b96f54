"""
The one sanitiser of text for people: what comes from the data must not steer a terminal.

Control characters (C0, C1, DEL), bidi controls, zero-width characters, line separators and lone surrogates are
shown as escapes, as Python would write them.
"""

from __future__ import annotations

import re

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """`text` on one line, with everything that a terminal would obey or hide made visible."""
    return UNSAFE.sub(_escape, text)


def shorten(text: str, width: int = 60) -> str:
    """At most `width` characters of `text`, made visible, in double quotes; for names and values in messages."""
    short = text if len(text) <= width else text[: width - 1] + "…"
    return f'"{visible(short)}"'


def _escape(match: re.Match[str]) -> str:
    return {"\n": r"\n", "\t": r"\t", "\r": r"\r"}.get(match[0]) or match[0].encode(
        "unicode_escape", "surrogatepass"
    ).decode()

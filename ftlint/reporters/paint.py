"""Colour, or none: what is painted is decided here, that it is painted by the caller."""

from __future__ import annotations

from collections.abc import Callable

from ftlint.core.visible import visible

Paint = Callable[[str, str], str]
"""Takes a text and what it is: error, warning, info, path, code, dim, mark, bold."""

CODES = {
    "error": "31;1",
    "warning": "33;1",
    "info": "36;1",
    "path": "1",
    "code": "35;1",
    "dim": "2",
    "mark": "31;1",
    "bold": "1",
}


def spelt(path: str) -> str:
    """A path for the start of a line: made visible, and nothing that GitHub's runner takes for a command (`::`)."""
    shown = visible(path)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def plain(text: str, what: str) -> str:
    """No colour."""
    return text


def coloured(text: str, what: str) -> str:
    """ANSI colours; the text must be visible already (`ftlint.core.visible`)."""
    return f"\x1b[{CODES[what]}m{text}\x1b[0m"

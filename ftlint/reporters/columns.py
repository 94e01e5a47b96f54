"""Text in columns of a terminal, where a character may take two of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import category, east_asian_width

from ftlint.reporters.paint import Paint

GAP = "  "


def width(text: str) -> int:
    """The columns that a visible text takes."""
    return len(text) if text.isascii() else sum(map(_of_character, text))


def padded(text: str, columns: int) -> str:
    """The text with spaces behind it, at least so wide."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """The text, or its start with an ellipsis, at most so wide."""
    if width(text) <= columns:
        return text
    return f"{_head(text, columns - 1)}…"


def wrapped(text: str, columns: int) -> Iterator[str]:
    """The text in lines that are at most so wide, broken at spaces where there are any; never without a line."""
    while width(text) > columns:
        head = _head(text, columns) or text[:1]
        space = head.rfind(" ")
        if space > 0 and text[len(head) : len(head) + 1] != " ":
            head = head[:space]
        yield head.rstrip(" ")
        text = text[len(head) :].lstrip(" ")
    yield text


def table(rows: Sequence[Sequence[str]], paint: Paint, right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows below each other, the first of them the header; the columns in `right` end at the same place."""
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = (
            " " * (size - width(cell)) + cell if column in right else padded(cell, size)
            for column, (cell, size) in enumerate(zip(row, widths, strict=True))
        )
        line = GAP.join(cells).rstrip()
        yield paint(line, "bold") if number == 0 else line


def _head(text: str, columns: int) -> str:
    room = columns
    for index, character in enumerate(text):
        room -= _of_character(character)
        if room < 0:
            return text[:index]
    return text


def _of_character(character: str) -> int:
    if category(character) in ("Mn", "Me", "Cf"):  # accents and marks stand on the character before
        return 0
    return 2 if east_asian_width(character) in "WF" else 1

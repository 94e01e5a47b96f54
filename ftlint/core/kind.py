"""Messages of one kind: the same but for the numbers in them."""

from __future__ import annotations

import re
from functools import lru_cache

NUMBER = re.compile(r'"[^"]*"|(?<!\w)(\d+(?:[.,]\d+)*)')
"""A number outside of quotation marks; what stands in them is quoted from the data, and makes a kind of its own."""

Kind = tuple[str, ...]
"""What stands around the numbers of a message."""


@lru_cache(maxsize=4096)
def split(message: str) -> tuple[Kind, tuple[str, ...]]:
    """The kind of a message and its numbers: positions, as in `messages[3]`, and figures."""
    around: list[str] = []
    numbers: list[str] = []
    end = 0
    for match in NUMBER.finditer(message):
        if match[1] is not None:
            around.append(message[end : match.start()])
            numbers.append(match[1])
            end = match.end()
    return (*around, message[end:]), tuple(numbers)

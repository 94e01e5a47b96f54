"""Every string of a JSON value, whatever it is: the keys as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ftlint.core.types import Pointer


class String(NamedTuple):
    """A string and its place; with `is_key` the key at the end of `at`. `key` is the key that leads to a string."""

    value: str
    at: Pointer
    key: str = ""
    is_key: bool = False


def strings(value: Any) -> Iterator[String]:
    """Every string in the order of the value, each key before what it leads to."""
    waiting: list[tuple[Any, Pointer, str]] = [(value, (), "")]
    while waiting:
        node, at, key = waiting.pop()
        if isinstance(node, str):
            yield String(node, at, key)
        elif isinstance(node, list):
            waiting.extend((item, (*at, index), key) for index, item in reversed(list(enumerate(node))))
        elif isinstance(node, dict):
            for name in node:
                yield String(name, (*at, name), is_key=True)
            waiting.extend((item, (*at, name), name) for name, item in reversed(list(node.items())))

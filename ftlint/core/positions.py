"""
Where a pointer stands in the text of a row.

Runs only for findings that are shown, over the row's own text: the JSON was parsed long before, by something
faster that keeps no positions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ftlint.core.types import Pointer

TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]|[^\s{}\[\],:"]+')
ESCAPE = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
"""A character that JSON writes as an escape; two escapes of surrogates are one."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value in JSON text: its pointer, its span, and the span of its key; spans count characters, end exclusive."""

    pointer: Pointer
    start: int
    end: int
    key: tuple[int, int] | None
    repeated: bool = False


@dataclass(slots=True)
class _Container:
    pointer: Pointer
    start: int
    key: tuple[int, int] | None
    is_object: bool
    repeated: bool = False
    index: int = 0
    pending: tuple[str, int, int] | None = None
    pending_repeated: bool = False
    keys: set[str] = field(default_factory=set)

    def take_key(self, name: str, start: int, end: int) -> None:
        self.pending = (name, start, end)
        self.pending_repeated = name in self.keys
        self.keys.add(name)

    def next_pointer(self) -> Pointer:
        if not self.is_object:
            return (*self.pointer, self.index)
        return (*self.pointer, self.pending[0] if self.pending else "")

    def next_key(self) -> tuple[int, int] | None:
        return self.pending[1:] if self.pending else None


def nodes(text: str) -> Iterator[Node]:
    """Every value of a JSON text, each after the values inside it. The text must be valid JSON."""
    stack: list[_Container] = []
    expects_key = False
    for match in TOKEN.finditer(text):
        token = match[0]
        first = token[0]
        if first in "{[":
            parent = stack[-1] if stack else None
            if parent:
                pointer, key, repeated = parent.next_pointer(), parent.next_key(), parent.pending_repeated
            else:
                pointer, key, repeated = (), None, False
            stack.append(_Container(pointer, match.start(), key, first == "{", repeated))
            expects_key = first == "{"
        elif first in "}]":
            if not stack:
                return
            done = stack.pop()
            yield Node(done.pointer, done.start, match.end(), done.key, done.repeated)
            expects_key = False
        elif first == ",":
            if stack:
                stack[-1].index += 1
                expects_key = stack[-1].is_object
        elif first == ":":
            expects_key = False
        elif expects_key:
            stack[-1].take_key(_decode(token), *match.span())
        elif stack:
            parent = stack[-1]
            yield Node(parent.next_pointer(), *match.span(), parent.next_key(), parent.pending_repeated)
        else:
            yield Node((), *match.span(), None)


def locate(text: str, pointers: Iterable[Pointer]) -> dict[Pointer, Node]:
    """
    The value that each pointer names, or the nearest container of it that exists; nothing of an empty text.

    In one pass for all of them: a row of 100,000 messages may have as many findings.
    """
    wanted = set(pointers)
    named = {pointer[:depth] for pointer in wanted for depth in range(len(pointer) + 1)}
    # Of a key that stands twice, parsers keep the last; it comes last here as well.
    found = {node.pointer: node for node in nodes(text) if node.pointer in named}
    nearest = {}
    for pointer in wanted:
        depth = next((depth for depth in range(len(pointer), -1, -1) if pointer[:depth] in found), None)
        if depth is not None:
            nearest[pointer] = found[pointer[:depth]]
    return nearest


def part_of(literal: str, part: tuple[int, int]) -> tuple[int, int]:
    """Where the characters `part` of a string stand in its JSON `literal`: a character may be written as escapes."""
    return _position(literal, part[0]), _position(literal, part[1])


def _position(literal: str, index: int) -> int:
    """Where the character `index` of a string begins in its literal; of no such character, where the string ends."""
    position = 1
    for match in ESCAPE.finditer(literal, 1, len(literal) - 1):
        plain = match.start() - position
        if index <= plain:
            break
        index -= plain + 1
        position = match.end()
    return min(position + index, len(literal) - 1)


def duplicate_keys(text: str) -> list[Node]:
    """The second and later values of every key that one object holds more than once."""
    return [node for node in nodes(text) if node.repeated]


def _decode(token: str) -> str:
    try:
        return str(json.loads(token))
    except ValueError:
        return token.strip('"')

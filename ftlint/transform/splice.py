"""
Edits as splices into the bytes of a row: every other byte stays.

What is put in is written as the row writes JSON: with or without blanks behind its commas and colons, and with escapes
where all of it is ASCII.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from ftlint.core.edits import value_at
from ftlint.core.positions import Node, nodes, part_of
from ftlint.core.types import Edit, Pointer

Splice = tuple[int, int, str]
"""Characters of the text, from and to, and what takes their place."""
Dump = Callable[[Any], str]


def spliced(raw: bytes, value: Any, edits: Sequence[Edit]) -> bytes:
    """
    The row after edits that say where they are, which name places apart from each other.

    `raw` is valid JSON that repeats no key, and `value` what it was parsed to. Raises LookupError for a place that is
    not there, and ValueError for a value that JSON cannot hold.
    """
    text = raw.decode()
    found, children = _nodes_of(text, edits)
    dump = _writer(raw)
    splices: list[Splice] = []
    for edit in edits:
        assert edit.at
        if edit.action == "drop":
            continue
        node = found[edit.at]
        if edit.key is not None:
            assert node.key is not None
            splices.append((*node.key, dump(edit.key)))
        if edit.action == "replace":
            splices.append(_replaced(text, node, value_at(value, edit.at), edit.value, dump))
    dropped = {edit.at for edit in edits if edit.action == "drop"}
    for members in children.values():
        splices.extend(_dropped(members, dropped))
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text.encode()


def _nodes_of(text: str, edits: Iterable[Edit]) -> tuple[dict[Pointer, Node], dict[Pointer, list[Node]]]:
    """The nodes that edits name, and all members of the objects and lists that something is dropped from, in order."""
    named = {edit.at for edit in edits}
    parents = {edit.at[:-1] for edit in edits if edit.at and edit.action == "drop"}
    found: dict[Pointer, Node] = {}
    children: dict[Pointer, list[Node]] = {}
    for node in nodes(text):
        if node.pointer in named:
            found[node.pointer] = node
        if node.pointer and node.pointer[:-1] in parents:
            children.setdefault(node.pointer[:-1], []).append(node)
    missing = named - found.keys()
    if missing:
        raise LookupError(missing)
    return found, children


def _dropped(members: Sequence[Node], dropped: set[Pointer | None]) -> Iterable[Splice]:
    """Members go with the comma before them; those at the beginning with the one behind."""
    kept = (index for index, node in enumerate(members) if node.pointer not in dropped)
    first = next(kept, len(members))
    if first:
        yield _start(members[0]), _start(members[first]) if first < len(members) else members[-1].end, ""
    for before, node in pairwise(members[first:]):
        if node.pointer in dropped:
            yield before.end, node.end, ""


def _start(node: Node) -> int:
    return node.key[0] if node.key else node.start


def _replaced(text: str, node: Node, old: Any, new: Any, dump: Dump) -> Splice:
    """A value in the place of another; of two strings only what differs."""
    if not (isinstance(old, str) and isinstance(new, str)):
        return node.start, node.end, dump(new)
    shorter = min(len(old), len(new))
    same = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    rest = shorter - same
    behind = next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
    start, end = part_of(text[node.start : node.end], (same, len(old) - behind))
    return node.start + start, node.start + end, dump(new[same : len(new) - behind])[1:-1]


def _writer(raw: bytes) -> Dump:
    separators = (", ", ": ") if b'": ' in raw else (",", ":")
    ascii_only = raw.isascii()
    return lambda value: json.dumps(value, ensure_ascii=ascii_only, separators=separators, allow_nan=False)

"""
A closer look at the rows that are not fine: what is wrong with them.

Imported when the first such row comes, so that a clean file does not pay for it.
"""

from __future__ import annotations

from typing import Any

import orjson

from ftlint.core.positions import duplicate_keys
from ftlint.core.types import Problem, spell_pointer
from ftlint.core.visible import shorten
from ftlint.engine.context import Context
from ftlint.formats.detect import kind_of
from ftlint.formats.shape import MAX_PROBLEMS, explain, explain_custom
from ftlint.sources.bounds import huge_number, too_deep
from ftlint.sources.explain import explain as explain_json


def of_unparsed(raw: bytes) -> tuple[list[Problem], bool]:
    """The problems of a row that the parser refuses, and whether it is JSON all the same."""
    try:
        orjson.loads(raw)
    except orjson.JSONDecodeError:
        return [explain_json(raw)], False
    deep = too_deep(raw)
    return [deep] if deep else _duplicates(raw), True


def of_refused(value: dict[str, Any], raw: bytes, context: Context) -> tuple[list[Problem], str | None]:
    """The problems of a row that the schema refuses, or the other kind that the row is of."""
    kind = kind_of(value)
    own = "chat" if context.format == "reinforcement" else context.format
    if kind is not None and kind != own:
        return [], kind
    if context.acceptor is None:
        return [], None
    return list(explain(value, context.acceptor, raw.count(b","))), None


def without_extra_keys(value: dict[str, Any], problems: list[Problem], context: Context) -> dict[str, Any] | None:
    """
    A refused row without the keys that are too many in it, when nothing else is wrong with it.

    None where such a key is an error of the target's: elsewhere the target skips it, and reads the rest.
    """
    from copy import deepcopy

    if context.acceptor is None or not problems:
        return None
    levels = context.target.profile.levels
    if not all(problem.on_key and levels.get(problem.code, "error") != "error" for problem in problems):
        return None
    rest = deepcopy(value)
    for problem in problems:
        *path, key = problem.pointer or ("",)
        parent: Any = rest
        for step in path:
            parent = parent[step]
        del parent[key]
    return rest if context.acceptor.is_valid(rest) else None


def of_open_places(raw: bytes) -> list[Problem]:
    """Huge numbers and deep nesting, where the schema does not rule them out."""
    problem = too_deep(raw) or huge_number(raw)
    return [problem] if problem else []


def of_custom(value: dict[str, Any], context: Context) -> list[Problem]:
    """What the user's own schemas refuse."""
    return [
        problem
        for name, acceptor in context.custom
        if not acceptor.is_valid(value)
        for problem in explain_custom(value, acceptor, name)
    ]


def of_wrong_type(value: Any) -> Problem:
    """A row that is JSON, but no object."""
    what = {list: "a list", str: "a string", bool: "a boolean", type(None): "null"}.get(type(value), "a number")
    remedy = None
    if isinstance(value, list) and value and isinstance(value[0], dict) and "role" in value[0]:
        remedy = 'wrap the list: {"messages": [ … ]}'
    return Problem("FT002", f"Row is {what}, expected an object", pointer=(), help=remedy)


def _duplicates(raw: bytes) -> list[Problem]:
    """The keys that stand more than once in one object of a row."""
    problems: list[Problem] = []
    text = raw.decode()
    for node in duplicate_keys(text):
        if len(problems) == MAX_PROBLEMS:
            more = f"Row has more than {MAX_PROBLEMS} repeated keys; the rest is not listed"
            return [*problems, Problem("FT012", more, pointer=())]
        place = spell_pointer(node.pointer[:-1]) or "the row"
        key = node.key or (node.start, node.end)
        span = (len(text[: key[0]].encode()), len(text[: key[1]].encode()))
        message = f"Key {shorten(str(node.pointer[-1]))} stands twice in {place}"
        problems.append(Problem("FT012", message, node.pointer, span=span))
    return problems

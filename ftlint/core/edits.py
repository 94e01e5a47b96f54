"""What edits make of the value of a row. What they make of its text is `ftlint.transform.splice`'s."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from ftlint.core.types import Edit, Pointer

GONE = object()


def value_at(value: Any, pointer: Pointer) -> Any:
    """The value that a pointer names; raises LookupError or TypeError where there is none."""
    for step in pointer:
        value = value[step]
    return value


def edited(value: Any, edits: Iterable[Edit]) -> Any:
    """
    A copy of a row after edits that say where they are, which name places apart from each other.

    Keys keep their order, also those that are renamed. Raises LookupError or TypeError for a place that is not there.
    """
    value = deepcopy(value)
    dropped: list[Pointer] = []
    for edit in edits:
        pointer = edit.at
        assert pointer
        parent, step = value_at(value, pointer[:-1]), pointer[-1]
        parent[step]  # raises where it is not there
        if edit.action == "drop":
            parent[step] = GONE
            dropped.append(pointer[:-1])
        elif edit.action == "replace":
            parent[step] = deepcopy(edit.value)
        if edit.key is not None:
            items = [(edit.key if key == step else key, item) for key, item in parent.items()]
            parent.clear()
            parent.update(items)
    for pointer in sorted(set(dropped), key=len, reverse=True):  # indexes move only behind those that are gone
        parent = value_at(value, pointer)
        if isinstance(parent, list):
            parent[:] = [item for item in parent if item is not GONE]
        else:
            for key in [key for key, item in parent.items() if item is GONE]:
                del parent[key]
    return value

"""What rules look at in rows with tools: the definitions."""

from __future__ import annotations

from typing import Any

from ftlint.core.types import Pointer


class Definitions:
    """The tools of a row (`{"type": "function", "function": {…}}`), or its legacy functions. `at` is their list."""

    __slots__ = ("at", "value")

    def __init__(self, value: list[dict[str, Any]], at: Pointer) -> None:
        self.value = value
        self.at = at

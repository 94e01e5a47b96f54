"""
Which rules there are, without importing them: a hundred modules take longer than a small file.

`ftlint.rules.registry` lists the rules themselves; `index.json` is written from it by `scripts/index_rules.py`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import orjson

from ftlint.core.types import Severity

if TYPE_CHECKING:
    from ftlint.rules.base import Rule

FILE = Path(__file__).with_name("index.json")


class Entry(NamedTuple):
    """What has to be known of a rule before it is needed; the attributes are those of `ftlint.rules.base.Rule`."""

    code: str
    name: str
    severity: Severity
    kind: str
    """The class in `ftlint.rules.base` that it derives from."""
    path: str
    """Its module, below `ftlint.rules`, and its class."""
    default: bool = True
    once: bool = False
    share: bool = False
    minority: bool = False
    formats: tuple[str, ...] = ()
    compares: Literal["training", "validation"] | None = None
    trigger: bytes = b""

    @property
    def rule(self) -> type[Rule]:
        """The rule itself."""
        module, _, name = self.path.partition(":")
        loaded: type[Rule] = getattr(import_module(f"ftlint.rules.{module}"), name)
        return loaded

    @property
    def memory(self) -> str:
        """Of a rule about the dataset, the name of what it remembers."""
        return getattr(self.rule, "memory", None) or self.code


@cache
def entries() -> dict[str, Entry]:
    """Every rule by its code, in the order of codes."""
    return {row["code"]: _entry(**row) for row in orjson.loads(FILE.read_bytes())}


def _entry(severity: str, formats: list[str] | None = None, trigger: str = "", **rest: Any) -> Entry:
    return Entry(severity=Severity[severity], formats=tuple(formats or ()), trigger=trigger.encode("latin-1"), **rest)

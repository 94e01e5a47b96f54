"""What a conversion lost, changed and added: counted, named, and kept by row for those who want it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

What = Literal["row", "turn", "key", "changed", "added"]
"""A row that is not written, a turn or a key without a counterpart, a text that was rewritten, a value made up."""

LOST: tuple[What, ...] = ("row", "turn", "key")
"""Of these, something that stood in the input does not stand in the output."""
FIRST = 3
"""Rows of a loss that are named; more are counted."""
MOST_KINDS = 1000
"""Of which each is counted by itself; names come from the data."""

Report = Callable[[What, str, object], None]
"""Tells of the row at hand: what happened, to what, and the value that is gone (None where nothing is)."""


class NoCounterpart(Exception):
    """A row has no counterpart in the target; the reason in a few words."""


@dataclass(slots=True)
class Loss:
    """How often something happened, and in which rows first."""

    what: What
    name: str
    count: int = 0
    rows: list[tuple[str, int]] = field(default_factory=list)
    """The first of them: file and number, from 1."""


class Losses:
    """Collects what is told of row after row; called by readers and writers as a `Report`."""

    def __init__(self) -> None:
        self.path, self.row = "", 0
        self.kinds: dict[tuple[What, str], Loss] = {}
        self.left: list[dict[str, Any]] = []
        """What the row at hand loses, for the sidecar."""

    def __call__(self, what: What, name: str, value: object = None) -> None:
        """Count it for the row at hand."""
        if (what, name) not in self.kinds and len(self.kinds) >= MOST_KINDS:
            name = "others"
        loss = self.kinds.get((what, name))
        if loss is None:
            loss = self.kinds[what, name] = Loss(what, name)
        loss.count += 1
        here = (self.path, self.row)
        if len(loss.rows) < FIRST and here not in loss.rows:
            loss.rows.append(here)
        if what in LOST:
            self.left.append({"what": what, "name": name, "value": value})

    def of(self, *whats: What) -> list[Loss]:
        """What happened of these kinds, the most frequent first."""
        found = [loss for loss in self.kinds.values() if loss.what in whats]
        return sorted(found, key=lambda loss: (whats.index(loss.what), -loss.count, loss.name))

    @property
    def lost(self) -> list[Loss]:
        """Everything that is an error under `--strict`."""
        return self.of(*LOST)

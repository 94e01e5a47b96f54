"""The form that every dialect is read into and written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]
"""A message as OpenAI's chat format has it; keys that the format does not know are kept until it is written."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """
    One row, whatever it is written in.

    `messages` are all messages; of a row with two answers to compare, those before the answers. `label` is the
    verdict on the last answer, of a row that has one. `extras` are all other keys of the row.
    """

    messages: list[Message]
    tools: list[Any] | None = None
    preferred: list[Message] | None = None
    rejected: list[Message] | None = None
    label: bool | None = None
    extras: dict[str, Any] = field(default_factory=dict)

    @property
    def is_pair(self) -> bool:
        """Whether there are two answers to compare."""
        return self.preferred is not None and self.rejected is not None

"""Labelled answers as pairs: a good and a bad one to the same prompt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from ftlint.transform.conversation import Conversation

if TYPE_CHECKING:
    from ftlint.transform.convert import Input

Waiting = tuple["Input", int, Conversation]


class Pairs:
    """Answers that wait for one with the other label, in the order in which they came."""

    def __init__(self) -> None:
        self.waiting: dict[tuple[bytes, bool], list[Waiting]] = {}

    def match(self, conversation: Conversation, here: Input, row: int) -> Conversation | None:
        """The pair that a labelled answer completes, or None: then it waits."""
        *before, answer = conversation.messages or [{}]
        prompt = orjson.dumps([before, conversation.tools])
        label = bool(conversation.label)
        others = self.waiting.get((prompt, not label))
        if not others:
            self.waiting.setdefault((prompt, label), []).append((here, row, conversation))
            return None
        other = others.pop(0)[2].messages[-1]
        good, bad = (answer, other) if label else (other, answer)
        return replace(conversation, messages=before, preferred=[good], rejected=[bad], label=None)

    def left(self) -> Iterator[Waiting]:
        """Those that still wait."""
        for waiting in self.waiting.values():
            yield from waiting

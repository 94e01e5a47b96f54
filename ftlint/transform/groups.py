"""Which rows must stand on one side: those of one prompt, of one value under a key, or of nearly the same prompt."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean
from ftlint.core.visible import shorten
from ftlint.formats.clusters import Digests, numbers
from ftlint.formats.identity import MISSING, at, digest, prompt_of
from ftlint.formats.near import text_of
from ftlint.formats.signatures import Near, Signatures
from ftlint.transform.rowfile import RowFile


class Grouping(NamedTuple):
    """By the value at `key`, or, without one, by the prompt; with `near`, by nearly the same prompt."""

    key: str | None = None
    near: bool = False


BY_PROMPT = Grouping()


class Groups:
    """The groups of a file's rows: what is kept is 16 bytes a row, more with a key and with `near`."""

    def __init__(self, file: RowFile, grouping: Grouping) -> None:
        self.file = file
        self.key = grouping.key
        self.prompts = Digests()
        self.keys = Digests() if grouping.key else self.prompts
        self.near = Signatures() if grouping.near else None
        self.offsets = numbers()
        self.without_key = self.without_prompt = 0
        self.some_keys: set[str] = set()

    @property
    def name(self) -> str:
        """What rows of a group share."""
        return self.key or ("nearly the same prompt" if self.near else "prompt")

    def add(self, offset: int, row: dict[str, Any]) -> None:
        """The next row."""
        prompt = prompt_of(row)
        if prompt is MISSING:
            self.without_prompt += 1
            prompt = row
        mark = digest(prompt)
        self.prompts.add(mark)
        if self.key is not None:
            self.keys.add(self._key_of(row, mark))
        if self.near is not None:
            self.near.add(text_of(prompt))
            self.offsets.append(offset)

    def conclude(self) -> tuple[array[int], Callable[[int], bytes]]:
        """
        Of each row the first row of its group; of that row what the group is known by, whatever the order of rows.

        Raises FtlintError when no row has the key.
        """
        if self.key is not None and self.without_key == len(self.keys):
            meant = did_you_mean(self.key, self.some_keys)
            raise FtlintError(f"no row of {self.file.path} has {shorten(self.key)} to group by.{meant}")
        firsts = self.keys.firsts()
        if self.near is None:
            return firsts, self.keys.__getitem__
        components = Near(self.near, self._text_at).components()
        for row, first in enumerate(firsts):
            if row != first:
                components.join(row, first)
        firsts = components.firsts()
        least: dict[int, bytes] = {}
        for row, first in enumerate(firsts):
            if row != first:
                least[first] = min(least.get(first, self.keys[first]), self.keys[row])
        return firsts, lambda first: least.get(first) or self.keys[first]

    def notes(self, sides: bytearray) -> Iterator[str]:
        """What is worth knowing of them, once each row has its side."""
        if self.without_key:
            yield f"{_rows(self.without_key)} without {shorten(self.key or '')}: they go by their prompt"
        elif self.without_prompt and self.key is None:
            yield (
                f"{_rows(self.without_prompt)} in no format of which the prompt is known: they go by the whole row; "
                "--group names a key to go by"
            )
        if self.key is not None and (torn := self._torn(sides)):
            prompts = "1 prompt stands" if torn == 1 else f"{torn:,} prompts stand"
            yield f"{prompts} on more than one side, as rows go by {shorten(self.key)}"

    def _key_of(self, row: dict[str, Any], prompt: bytes) -> bytes:
        value = at(row, self.key or "")
        if value is not MISSING:
            return digest([value])
        self.without_key += 1
        if len(self.some_keys) < 1000:
            self.some_keys.update(row)
        return prompt

    def _torn(self, sides: bytearray) -> int:
        return len({first for row, first in enumerate(self.prompts.firsts()) if sides[row] != sides[first]})

    def _text_at(self, row: int) -> str:
        value = self.file.row_at(self.offsets[row])
        prompt = prompt_of(value)
        return text_of(value if prompt is MISSING else prompt)


def _rows(count: int) -> str:
    return "1 row is" if count == 1 else f"{count:,} rows are"

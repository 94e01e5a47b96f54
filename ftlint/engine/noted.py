"""What was noted of each file in a run: the fingerprints of its findings, for each job that it was checked for."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ftlint.engine.fingerprints import split
from ftlint.sources.files import STDIN

Holders = Iterable[tuple[str, str]]
"""Files and directories with the dataset that they are checked for, of all that are configured, checked or not."""
NOTHING = frozenset[str]()


def place_of(path: str) -> str:
    """A file by the one path that all of its spellings have."""
    return path if path == STDIN else os.path.abspath(path)  # noqa: PTH100  # links stay what they are called


class Noted:
    """
    The findings of each file, as bytes one after another: a tenth of what objects would take.

    A file that is in several datasets is checked for each, and has each finding as often as the one that finds it most
    often; so none of them reports what is noted. Checked again for the same one, as it was mended meanwhile, it is
    noted again.
    """

    def __init__(self, holders: Holders = ()) -> None:
        self._holders = tuple(holders)
        self._held_by: dict[str, set[str]] = {}
        for path, dataset in self._holders:
            self._held_by.setdefault(place_of(path), set()).add(dataset)
        self._noted: dict[str, dict[str | None, bytearray]] = {}
        self._codes: dict[str, frozenset[str]] = {}

    def settle(self, path: str, noted: bytearray, codes: frozenset[str], dataset: str | None) -> None:
        """Keep what a file has."""
        place = place_of(path)
        self._noted.setdefault(place, {})[dataset] = noted
        self._codes[place] = self._codes.get(place, NOTHING) | codes

    def of(self, path: str) -> Counter[bytes]:
        """The findings of a file."""
        found = Counter[bytes]()
        for noted in self._noted.get(place_of(path), {}).values():
            found |= Counter(split(noted))
        return found

    def of_dataset(self, path: str, dataset: str | None) -> Counter[bytes]:
        """The findings of a file as one dataset has them, or (None) as the file that was named."""
        return Counter(split(self._noted.get(place_of(path), {}).get(dataset, b"")))

    def found(self) -> dict[str, Counter[bytes]]:
        """Those of all files."""
        return {path: self.of(path) for path in self._noted}

    def by_dataset(self) -> Iterator[tuple[str | None, bytearray]]:
        """The findings of each file for each dataset, as they were noted."""
        for noted in self._noted.values():
            yield from noted.items()

    def codes(self, path: str) -> frozenset[str]:
        """The rules of which all is noted that they find in a file: none where a dataset that holds it was left out."""
        place = place_of(path)
        around = (place, *map(str, Path(place).parents))
        held_by = NOTHING.union(*(self._held_by.get(one, ()) for one in around))
        return self._codes[place] if held_by <= self._noted[place].keys() else NOTHING

    def forget(self, path: str) -> None:
        """Nothing is known of a file after all."""
        self._noted.pop(place_of(path), None)

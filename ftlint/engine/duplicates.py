"""Rows that come again in a file."""

from __future__ import annotations

from ftlint.engine.reading import numbered
from ftlint.formats.clusters import Digests
from ftlint.formats.identity import digest
from ftlint.sources.files import Source
from ftlint.sources.parse import parse


def duplicates_in(source: Source, max_line: int) -> int:
    """How many rows have the content of an earlier row; those that do not parse have none."""
    digests = Digests()
    for _, raw in numbered(source, max_line):
        try:
            digests.add(digest(parse(raw)))
        except ValueError:
            continue
    return sum(first != row for row, first in enumerate(digests.firsts()))

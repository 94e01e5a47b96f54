"""FT709."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ftlint.core.types import Place, Pointer, Severity
from ftlint.core.visible import shorten
from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule, Report, Target, WholeFile
from ftlint.rules.variants import Spot, Variants

Path = tuple[str | None, ...]
"""A pointer without the indexes of lists, for each of which there is None."""
Found = tuple[tuple[Path, str, Pointer], ...]
"""Each type at each path of a row, and where it first stands."""

TYPES = {str: "a string", bool: "a boolean", int: "a number", float: "a number", dict: "an object", list: "a list"}
DEEPEST = 8
"""Steps of a path."""
WIDEST = 100
"""Items of a list and keys of an object that are looked at."""
ARGUMENTS: Path = ("messages", None, "tool_calls", None, "function", "arguments")


@dataclass(slots=True)
class Types:
    """In how many rows something stands at a path, and in how many of them it has a type."""

    rows: int
    of: dict[str, Spot]

    def absorb(self, later: Types) -> None:
        """Count rows that follow."""
        self.rows += later.rows
        for kind, spot in later.of.items():
            before = self.of.setdefault(kind, spot)
            if before is not spot:
                before.absorb(spot)


class Paths(Variants[Types]):
    """Where there are too many paths, the shorter are kept."""

    __slots__ = ()

    def rank(self, variant: Any) -> Any:
        """The length, then the steps."""
        return len(variant), tuple((step is not None, step or "") for step in variant)

    def add_rows(self, found: Found, rows: int, place: Place) -> None:
        """Count rows in which the same is found."""
        paths: dict[Path, Types] = {}
        for path, kind, at in found:
            types = paths.setdefault(path, Types(rows, {}))
            types.of.setdefault(kind, Spot(rows, place, at))
        for path, types in paths.items():
            self.add(path, types)


class UnevenTypes(DatasetRule):
    """
    The same path holds a string in some rows and an object, a list or a number in others.

    ## Why it matters
    The provider may well take it: content may be a string or a list of parts, and fields of a grader are whatever
    the row says. But loaders built on Arrow, as those of most open trainers are, keep one type for each column: many
    versions fail on the file, newer ones of Hugging Face datasets make JSON of the value. Where nothing is loaded so,
    it still tells of rows that were written by different programs.

    Looked at are the content of messages, images, the arguments of calls, and all other keys of rows for
    reinforcement, to a depth of 8 and of the first 100 keys or items of each value; of more than 100 paths, the
    shortest. Left alone are the definitions of tools, whose schemas are of many types by nature, and a content that
    holds an image, which could not be a string. Null is no type, and all numbers are one. Where all rows have the
    same types at a path, nothing is said. Reported once for each path.

    ## Fix
    None: write the value in one type in all rows.
    """

    code = "FT709"
    name = "uneven-types"
    severity = Severity.INFO
    formats = ("chat", "reinforcement", "preference")
    help = "write it in one type in all rows: many loaders built on Arrow fail on two"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": [{"type": "text", "text": "Bye"}]}, '
        b'{"role": "assistant", "content": "See you"}]}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
    )

    def of_outline(self, row: Row, target: Target) -> Found:
        """The types of contents and images, whose places are known."""
        found: dict[tuple[Path, str], Pointer] = {}
        for message in (*row.messages, *row.outputs):
            content = message.value.get("content")
            path: Path = (*(None if isinstance(step, int) else step for step in message.at), "content")
            if content is not None and not message.has_parts_beside_text:
                found.setdefault((path, TYPES[type(content)]), (*message.at, "content"))
            for image in message.images():
                at = (*image.at, "image_url")
                kind = TYPES[str] if image.url_at == at else TYPES[dict]
                found.setdefault(((*path, None, "image_url"), kind), at)
        return tuple((path, kind, at) for (path, kind), at in found.items())

    def counted(self, told: Found, rows: int, place: Place) -> Paths:
        """The paths of rows that are alike."""
        paths = Paths()
        paths.add_rows(told, rows, place)
        return paths

    def applies(self, row: Row, target: Target) -> bool:
        """To rows with places that an outline does not tell of."""
        return row.format == "reinforcement" or row.calls_tools

    def add(self, seen: Paths | None, row: Row, target: Target) -> Paths | None:
        """Look at the arguments of calls, and at the keys that reach the grader."""
        found: dict[tuple[Path, str], Pointer] = {}
        if row.format != "preference":
            for index, message in enumerate(row.value["messages"]):
                for number, call in enumerate(message.get("tool_calls") or ()):
                    arguments = call["function"]["arguments"]
                    at = ("messages", index, "tool_calls", number, "function", "arguments")
                    if arguments.__class__ is str:
                        found.setdefault((ARGUMENTS, "a string"), at)
                    else:
                        _walk(arguments, ARGUMENTS, at, found)
        if row.format == "reinforcement":
            for key, value in row.value.items():
                if key not in ("messages", "tools"):
                    _walk(value, (key,), (key,), found)
        if not found:
            return seen
        paths = Paths() if seen is None else seen
        paths.add_rows(tuple((path, kind, at) for (path, kind), at in found.items()), 1, row.place)
        return paths

    def extract(self, row: Row, target: Target) -> Paths | None:
        """What to remember of one row."""
        return self.add(None, row, target)

    def combine(self, first: Paths, second: Paths) -> Paths:
        """Those of both."""
        first.absorb(second)
        return first

    def conclude(self, seen: Paths, file: WholeFile, target: Target, report: Report) -> None:
        """Report each path at which some rows have another type than others."""
        for path, types in sorted(seen.of.items(), key=lambda item: seen.rank(item[0])):
            if all(spot.rows == types.rows for spot in types.of.values()):
                continue
            kinds = sorted(types.of.items(), key=lambda item: (-item[1].rows, item[1].place.row))
            (most, many), *others = kinds
            said = [f"{most} in {many.rows:,} of {types.rows:,} rows", *(f"{kind} in {s.rows:,}" for kind, s in others)]
            rarest = kinds[-1][1]
            report(f"{_spelt(path)} is {', '.join(said[:-1])} and {said[-1]}", at=rarest.at, row=rarest.place)


def _walk(value: Any, path: Path, at: Pointer, found: dict[tuple[Path, str], Pointer]) -> None:
    """Find the type of a value and those of all that is in it."""
    if value is None:
        return
    found.setdefault((path, TYPES[value.__class__]), at)
    if len(path) < DEEPEST:
        for step, inner, item in _items(value):
            _walk(item, (*path, step), (*at, inner), found)


def _items(value: Any) -> Iterator[tuple[str | None, str | int, Any]]:
    if value.__class__ is dict:
        for key, item in list(value.items())[:WIDEST]:
            yield key, key, item
    elif value.__class__ is list:
        for index, item in enumerate(value[:WIDEST]):
            yield None, index, item


def _spelt(path: Path) -> str:
    return "".join("[]" if step is None else f".{shorten(step, 30)[1:-1]}" for step in path).removeprefix(".")

"""`ftlint drop`: lines are taken out of a file, and kept beside it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ftlint.core.errors import FtlintError
from ftlint.core.visible import shorten
from ftlint.sources.files import open_source
from ftlint.sources.lines import MAX_LINE_BYTES, LongLine, blocks
from ftlint.transform.dropped import sidecar
from ftlint.transform.rows import Dropped
from ftlint.transform.whole_file import copy_line
from ftlint.transform.write import beside, is_unchanged, place_of, put_in_place

NUMBERS = re.compile(r"(\d{1,15})(?:\s*[-–]\s*(\d{1,15}))?(?!\d)")
MAX_LINES = 10_000_000
"""Lines that one call takes out at most."""


class DroppedRows(NamedTuple):
    """How many lines were taken out of how many, and the file in which they are kept."""

    dropped: int
    lines: int
    sidecar: str


def lines_of(text: str) -> dict[int, str]:
    """
    Line numbers as people and providers write them: `4,13,14`, `4-9`, `Flagged lines: 4, 13, 14 ...`.

    Raises FtlintError for anything else.
    """
    listed = text.rpartition(":")[2].strip().rstrip(".… ")
    matches = list(NUMBERS.finditer(listed))
    if not matches or NUMBERS.sub("", listed).strip(" ,;\t\n"):
        raise FtlintError(f"{shorten(listed)} names no lines: write them as 4,13,14 or 4-9")
    found: dict[int, str] = {}
    for match in matches:
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last:
            raise FtlintError(f"{shorten(match[0])} is no range of lines, which count from 1")
        if last - first >= MAX_LINES:
            raise FtlintError(f"{shorten(match[0])} names more than {MAX_LINES:,} lines")
        found.update(dict.fromkeys(range(first, last + 1), "named with --lines"))
    return found


def lines_of_report(report: str, path: str, codes: Iterable[str] = ()) -> dict[int, str]:
    """
    The lines of a file that have errors by a report that `ftlint check --output-format json` wrote, with the errors.

    With `codes`, those with findings of these codes, whatever their severity. Raises FtlintError when the report does
    not speak of the file, or of the file as it is now, or does not list all that it counted.
    """
    table = _read(report)
    try:
        return _lines_in(table, report, path, frozenset(codes))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise FtlintError(f"{report} is no report of `ftlint check --output-format json`") from error


def _lines_in(table: Any, report: str, path: str, codes: frozenset[str]) -> dict[int, str]:
    same = os.path.realpath(path)
    files = [file for file in table["files"] if os.path.realpath(file["path"]) == same]
    if not files:
        raise FtlintError(f"{report} does not speak of {path}")
    now, then = place_of(path).stat().st_size, files[0]["bytes"]
    if now != then:
        raise FtlintError(f"{path} is not the file that {report} speaks of: it has {now:,} bytes, not {then:,}")
    for one in table["unlisted"]:
        if os.path.realpath(one["path"]) == same and _is_meant(one, codes):
            raise FtlintError(f"{report} lists {one['listed']:,} of {one['findings']:,} findings of {one['code']}")
    found: dict[int, str] = {}
    for finding in table["findings"]:
        line = finding["line"]
        if line is None or finding["row"] is None or os.path.realpath(finding["path"]) != same:
            continue
        if _is_meant(finding, codes):
            reason = f"{finding['code']} {finding['message']}"
            found[line] = f"{found[line]}; {reason}" if line in found else reason
    return found


def drop(path: str, lines: Mapping[int, str], on: date, *, backup: bool = False) -> DroppedRows:
    """
    Take lines out of a file; `lines` are their numbers, from 1, with the reasons. Every other byte stays.

    They are appended to the file beside it before. Raises FtlintError, and changes nothing, when there is no such line
    or the file is not made of lines.
    """
    place = place_of(path)
    since = place.stat()
    with open_source(path) as source, beside(place) as new, sidecar(place, on) as kept:
        if source.sniffed.layout != "lines" or source.sniffed.encoding != "utf-8":
            raise FtlintError(f"cannot drop lines of {path}: its rows are not lines of UTF-8; see `ftlint check --fix`")
        new.write(source.sniffed.bom)
        number = 0
        for chunk in blocks(source.stream, MAX_LINE_BYTES, start=source.start):
            if isinstance(chunk, LongLine):
                number += 1
                if number in lines:
                    raise FtlintError(
                        f"will not drop line {number:,} of {path}: its {chunk.length:,} bytes are too many"
                    )
                copy_line(source.stream, chunk, new)
                continue
            chosen = [index for index in range(len(chunk.lines)) if number + index + 1 in lines]
            if not chosen:
                new.write(chunk.data)
                number += len(chunk.lines)
                continue
            last = len(chunk.lines) - 1
            for index, raw in enumerate(chunk.lines):
                number += 1
                if number in lines:
                    kept.add(Dropped(raw, number, lines[number]))
                else:
                    new.write(raw if index == last and not chunk.ends_with_newline else raw + b"\n")
        if (last_named := max(lines, default=0)) > number:
            raise FtlintError(f"{path} has {number:,} lines, and no line {last_named:,}")
        if not is_unchanged(place, since):
            raise FtlintError(f"will not write {path}: it was changed in the meantime")
        if lines:
            kept.put_in_place()
            put_in_place(new, place, since, backup=backup)
        return DroppedRows(kept.rows, number, str(Path(path).with_name(kept.place.name)))


def _read(report: str) -> Any:
    try:
        return json.loads(Path(report).read_bytes())
    except OSError as error:
        raise FtlintError(f"cannot read {report}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:
        raise FtlintError(f"{report} is no JSON: {error}") from error


def _is_meant(item: Mapping[str, Any], codes: frozenset[str]) -> bool:
    return item["code"] in codes if codes else item["severity"] == "error"

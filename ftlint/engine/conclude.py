"""What only the whole file shows: the problems of the file."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from ftlint.core.types import DROP_ROW, Fix, Place, Problem, Severity
from ftlint.core.visible import shorten
from ftlint.engine.collect import collector
from ftlint.engine.context import Context
from ftlint.engine.hits import Hit
from ftlint.engine.report import Purpose
from ftlint.engine.result import MAX_RUNS, ChunkResult, Tally
from ftlint.engine.target import Detected, takes
from ftlint.engine.trained_on import Trained
from ftlint.profiles.catalog import spelt
from ftlint.profiles.model import FormatName, Profile
from ftlint.rules.base import DatasetRule, FileFacts, FileRule, Target, WholeFile
from ftlint.rules.index import entries
from ftlint.sources.files import Source
from ftlint.sources.parse import parse

if TYPE_CHECKING:
    from ftlint.engine.fingerprints import Sieve

SPOKEN = {"completion": "prompt/completion"}


def file_problems(
    result: ChunkResult,
    detected: Detected,
    format: FormatName | None,
    target: Target,
    facts: FileFacts,
    with_target: bool,
) -> Iterator[Problem]:
    """The problems of a file as a whole; `with_target` those of the target too, which are said once a run."""
    if format is None:
        yield from _no_format(result, detected, target)
        if result.rows == result.unparsed:
            return
    else:
        yield from _wrong_method(detected, format, target)
        yield from _mixed(result, format)
        yield from _rows_with_images(result, target.profile)
    collected: list[Problem] = []
    for entry in entries().values():
        if entry.kind == "FileRule":
            rule = cast("type[FileRule]", entry.rule)
            if with_target if rule.per_run else format is not None:
                rule().check(facts, target, collector(rule.code, collected))
    yield from collected


def source_problems(source: Source, profile: Profile) -> Iterator[Problem]:
    """What was seen when the file was opened: its encoding and its byte-order mark."""
    if source.sniffed.problem is not None:
        yield source.sniffed.problem
    utf8_bom = source.sniffed.bom if source.sniffed.encoding == "utf-8" else b""
    if utf8_bom and profile.bom == "forbid":
        yield Problem(
            "FT006", "File starts with a UTF-8 byte-order mark", fix=Fix("Remove the byte-order mark", "safe")
        )
    elif not utf8_bom and profile.bom == "require":
        yield Problem(
            "FT006",
            f"File has no UTF-8 byte-order mark, which {profile.provider} asks for",
            help=f"`ftlint models {profile.provider}` says who asks for it",
            fix=Fix("Add it", "safe"),
        )


def _no_format(result: ChunkResult, detected: Detected, target: Target) -> Iterator[Problem]:
    if detected.dialect is not None:
        rows = "1 row is" if result.foreign_rows == 1 else f"{result.foreign_rows:,} rows are"
        yield Problem(
            "FT110",
            f"{rows} in the format of {detected.dialect}, which {target.profile.provider} does not take",
        )
    elif detected.objects:
        keys = ", ".join(shorten(key, 30) for key in detected.keys)
        have = f"their keys: {keys}" if keys else "they are empty objects"
        yield Problem("FT108", f"Not checked: the rows have no known format ({have})")
    elif result.foreign_rows:
        yield Problem("FT108", "Not checked: no row at the start of the file is an object, so the format is not known")


def _wrong_method(detected: Detected, format: FormatName, target: Target) -> Iterator[Problem]:
    if not takes(target, format):
        taken = " or ".join(SPOKEN.get(name, name) for name in target.method.schemas) or "nothing"
        whose = spelt(target.profile)
        yield Problem(
            "FT109",
            f"Rows are {SPOKEN.get(format, format)}, but {whose} with the method {target.method_name} takes {taken}",
        )
    guessed = detected.reinforcement and not target.method_given and len(target.profile.methods) > 1
    if guessed and target.method_name == "reinforcement":
        yield Problem(
            "FT201",
            "No row has an assistant message: checked as reinforcement data",
            help="if that is what it is, pass --method reinforcement; supervised training needs the answers",
        )


def _mixed(result: ChunkResult, format: FormatName) -> Iterator[Problem]:
    if not result.runs:
        return
    ranges: list[tuple[int, int, str]] = []
    position = 1
    for run in result.runs:
        if position < run.first:
            ranges.append((position, run.first - 1, format))
        ranges.append((run.first, run.last, run.kind))
        position = run.last + 1
    if position <= result.rows:
        ranges.append((position, result.rows, format))
    shown = [f"{_rows(first, last)} {SPOKEN.get(kind, kind)}" for first, last, kind in ranges[:6]]
    least = "at least " if len(result.runs) == MAX_RUNS else ""
    more = f" and {least}{len(ranges) - 6:,} more ranges" if len(ranges) > 6 else ""
    yield Problem("FT107", f"Rows of several formats in one file: {', '.join(shown)}{more}")


def _rows_with_images(result: ChunkResult, profile: Profile) -> Iterator[Problem]:
    most = profile.images.max_rows if profile.images else None
    if most is not None and result.image_rows > most:
        yield Problem("FT452", f"{result.image_rows:,} rows hold images, expected at most {most:,}")


def _rows(first: int, last: int) -> str:
    return f"row {first:,}" if first == last else f"rows {first:,}–{last:,}"


def share_of(part: int, whole: int) -> str:
    """`12 of 250 rows (5%)`."""
    share = part / max(whole, 1)
    percent = "<1%" if 0 < share < 0.005 else f"{share:.0%}"
    return f"{part:,} of {whole:,} row{'' if whole == 1 else 's'} ({percent})"


def once_problem(tally: Tally, rows: int) -> Problem:
    """A problem that is reported once a file of `rows` rows, with the number of its places or its share of rows."""
    problem = tally.first.problem
    if entries()[problem.code].share:
        message = f"{problem.message}, in {share_of(tally.rows, rows)}"
    elif tally.places > 1:
        message = f"{problem.message} ({tally.places:,} times in the file)"
    else:
        return problem
    return problem._replace(message=message)


def dataset_problems(
    result: ChunkResult,
    context: Context,
    source: Source,
    trained_on: Trained,
    sieve: Sieve | None,
    purpose: Purpose = "training",
) -> SortedOut:
    """
    What the rules about the dataset conclude of the file; what they conclude of rows is added to the hits.

    `trained_on` are the files that rules compare it with which compare files of its purpose.
    """
    sorted_out = SortedOut(result, context.severities, sieve)
    for rule in context.rules(DatasetRule):
        memory = rule.memory or rule.code
        seen = result.seen.get(memory)
        if seen is not None:
            others = trained_on if rule.compares == purpose else ()
            compared = tuple((path, trained[memory]) for path, trained in others if memory in trained)
            file = WholeFile(result.rows, partial(_row_at, source.stream), compared)
            rule.conclude(seen, file, context.target, collector(rule.code, sorted_out))
    return sorted_out


class SortedOut:
    """Problems of the file and hits in rows, told apart as they come: there may be millions."""

    def __init__(self, result: ChunkResult, severities: dict[str, Severity], sieve: Sieve | None) -> None:
        self.of_file: list[Problem] = []
        self.to_drop: dict[str, array[int]] = {}
        """The offsets of the rows that a fix would take out, by code."""
        self._sieve = sieve
        self._hits = result.hits
        self._severities = severities

    def append(self, problem: Problem) -> None:
        """One more."""
        if problem.row is None:
            self.of_file.append(problem)
            return
        if self._sieve is not None and not self._sieve.is_news_at(problem.code, problem.pointer, problem.row):
            return
        self._hits.add(Hit(problem, self._severities[problem.code], problem.row))
        if problem.fix is not None and problem.fix.edits == (DROP_ROW,):
            self.to_drop.setdefault(problem.code, array("Q")).append(problem.row.offset)


def _row_at(stream: BinaryIO, place: Place) -> Any:
    stream.seek(place.offset)
    return parse(stream.read(place.length))


def other_format(format: FormatName | None, trained: Collection[FormatName]) -> Iterator[Problem]:
    """FT109 for a validation file whose rows have another format than those that are trained on."""
    if format is not None and trained and format not in trained:
        spoken = " and ".join(SPOKEN.get(name, name) for name in sorted(trained))
        yield Problem(
            "FT109", f"Validation rows are {SPOKEN.get(format, format)}, but those of the training file are {spoken}"
        )


def too_large(source: Source) -> Problem:
    """FT003 or FT004 for a file that is not JSON Lines and too large to be read as anything else."""
    array = source.sniffed.layout == "array"
    what = "is one JSON array" if array else "holds objects that span lines"
    return Problem(
        "FT003" if array else "FT004", f"File {what}; with {source.size:,} bytes it is too large to check the rows"
    )


def array_problem(rows: int, is_tidy: bool) -> Problem:
    """FT003, for a file whose rows stand in one array; where that is all there is, they can be put on lines."""
    count = "1 object" if rows == 1 else f"{rows:,} objects"
    return Problem(
        "FT003",
        f"File is one JSON array of {count}, not JSON Lines",
        fix=Fix("Write one object a line", "safe") if is_tidy else None,
    )

"""One pass over a file: what stands in it, mended and on lines, is written elsewhere. Memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from ftlint.core.edits import value_at
from ftlint.core.types import Edit
from ftlint.engine.context import Context
from ftlint.engine.reading import chunks_of
from ftlint.sources.files import Source
from ftlint.sources.lines import LongLine
from ftlint.sources.loose import on_one_line, spans
from ftlint.sources.parse import parse
from ftlint.sources.sniff import UTF8_BOM
from ftlint.transform.rows import Done, Drop, RowMender, Wanted
from ftlint.transform.write import COPY_BYTES

LAYOUTS = {"array": "FT003", "loose": "FT004"}
"""The rules whose fix puts the rows of a file on lines of their own."""


def can_be_written(source: Source, wanted: Wanted) -> bool:
    """Whether there is a way to write the file: in UTF-8, on lines, where these are or are wanted."""
    needed = {"FT008"} if source.sniffed.encoding != "utf-8" else set()
    if layout := LAYOUTS.get(source.sniffed.layout):
        needed.add(layout)
    return source.sniffed.layout != "none" and needed <= wanted.codes


def rewritten(source: Source, context: Context, wanted: Wanted, out: BinaryIO, drop: Drop | None) -> Done:
    """Write what `can_be_written`, with what is wanted mended, and say what was done."""
    done = Done()
    mender = RowMender(context, wanted, done, drop)
    mender.every_row = list(_settled(source, context, mender))
    if source.sniffed.encoding != "utf-8":
        done.fixed["FT008"] += 1
    elif "FT006" in wanted.codes:
        done.fixed["FT006"] += 1
        out.write(b"" if source.sniffed.bom else UTF8_BOM)
    else:
        out.write(source.sniffed.bom)
    source.stream.seek(source.start)
    if source.sniffed.layout == "lines":
        _lines(source, context, mender, out)
    else:
        _objects(source.stream.read(), source.sniffed.layout == "array", mender, out)
    return done


def _lines(source: Source, context: Context, mender: RowMender, out: BinaryIO) -> None:
    done, before = mender.done, 0
    ends_with_newline = True
    for chunk in chunks_of(source.stream, source.start, context.max_line_bytes):
        ends_with_newline = chunk.ends_with_newline
        if isinstance(chunk, LongLine):
            copy_line(source.stream, chunk, out)
            before += 1
            continue
        lines = mender.lines(chunk, before)
        before += len(chunk.lines)
        if lines is None:
            out.write(chunk.data)
            continue
        out.write(b"\n".join(lines))
        if lines and chunk.ends_with_newline:
            out.write(b"\n")
    if not ends_with_newline and "FT011" in mender.wanted.codes:
        done.fixed["FT011"] += 1
        out.write(b"\n")


def copy_line(stream: BinaryIO, line: LongLine, out: BinaryIO) -> None:
    """Copy a line that is too long to be held."""
    stream.seek(line.offset)
    left = line.length + line.ends_with_newline
    while left and (data := stream.read(min(left, COPY_BYTES))):
        out.write(data)
        left -= len(data)


def _objects(data: bytes, one_array: bool, mender: RowMender, out: BinaryIO) -> None:
    """Each object on a line; of what stands between them, only the signs of lists go."""
    line, before, is_whole = 1, 0, True
    for start, end, closed in spans(data):
        raw = data[start:end]
        if not one_array:
            _between(data[before:start], is_whole, out)
        line += data.count(b"\n", before, start)
        new = on_one_line(raw) if closed and b"\n" in raw else None
        if new is not None:
            mender.done.fixed["FT004"] += not one_array
            raw = new
        for row in [raw] if b"\n" in raw else mender.mended(raw, line):
            out.write(row + b"\n")
        line += data.count(b"\n", start, end)
        before, is_whole = end, closed
    if one_array:
        mender.done.fixed["FT003"] += 1
    else:
        _between(data[before:], is_whole, out)


def _between(gap: bytes, is_whole: bool, out: BinaryIO) -> None:
    """What stands behind an object: other text, and behind one that does not close perhaps more of it, which stays."""
    if not is_whole:
        rest = gap.removeprefix(b"\n")
        out.write(rest if rest.endswith(b"\n") or not rest else rest + b"\n")
        return
    for line in gap.split(b"\n"):
        if line.strip(b", \t\r"):
            out.write(line.rstrip(b"\r") + b"\n")


def _settled(source: Source, context: Context, mender: RowMender) -> Iterator[tuple[str, Edit]]:
    """
    The edits for every row, each with the one text to put in: the first that stands inside none of the texts.

    Where each of several stands in some, the fix is refused.
    """
    for code, fix in mender.wanted.of_dataset.items():
        for edit in fix.edits:
            left = list(edit.value)
            texts = _texts(source, context, edit) if len(left) > 1 else iter(())
            for text in texts:  # those that end with it already are fine
                left = [put for put in left if put not in text]
                if not left:
                    mender.refuse(None, code, "each of the usual strings occurs in some of the texts")
                    break
            if left:
                yield code, edit._replace(value=left[0])


def _texts(source: Source, context: Context, edit: Edit) -> Iterator[str]:
    """The texts at a place in all rows."""
    assert edit.at is not None
    for raw in _rows(source, context):
        try:
            text = value_at(parse(raw), edit.at)
        except (ValueError, LookupError, TypeError):
            continue
        if isinstance(text, str):
            yield text


def _rows(source: Source, context: Context) -> Iterable[bytes]:
    source.stream.seek(source.start)
    if source.sniffed.layout != "lines":
        data = source.stream.read()
        yield from (data[start:end] for start, end, _ in spans(data))
        return
    for chunk in chunks_of(source.stream, source.start, context.max_line_bytes):
        if not isinstance(chunk, LongLine):
            yield from chunk.lines

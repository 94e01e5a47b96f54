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
from ftlint.transform.rows import Done, Drop, Refused, RowMender, Wanted
from ftlint.transform.write import COPY_BYTES


def in_the_way(source: Source, wanted: Wanted) -> Refused | None:
    """What has to be fixed before anything else in the file can be, and is not to be; None where there is nothing."""
    if source.sniffed.encoding != "utf-8" and "FT008" not in wanted.codes:
        return Refused(None, "FT008", "not all of it can be decoded, or it is not selected; so nothing else is fixed")
    if source.sniffed.layout == "array" and "FT003" not in wanted.codes:
        return Refused(None, "FT003", "more than rows stands there, or it is not selected; so nothing else is fixed")
    return None


def rewritten(source: Source, context: Context, wanted: Wanted, out: BinaryIO, drop: Drop | None) -> Done:
    """Write a file that has nothing `in_the_way`, with what is wanted mended, and say what was done."""
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
    elif source.sniffed.layout == "array":
        _array(source.stream.read(), source.start, mender, out)
    else:
        _loose(source.stream.read(), source.start, mender, out)
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


def _array(data: bytes, offset: int, mender: RowMender, out: BinaryIO) -> None:
    """Each object on a line; nothing else stands there but the signs of the list."""
    mender.done.fixed["FT003"] += 1
    line, before = 1, 0
    for start, end, _ in spans(data):
        line += data.count(b"\n", before, start)
        raw = on_one_line(data[start:end]) or data[start:end]
        out.writelines(row + b"\n" for row in mender.mended(raw, line, offset + start))
        line += data.count(b"\n", start, end)
        before = end


def _loose(data: bytes, offset: int, mender: RowMender, out: BinaryIO) -> None:
    """Each object on a line, where that is wanted; what else stands there stays, but for commas behind objects."""
    joins = "FT004" in mender.wanted.codes
    line, before, is_whole = 1, 0, True
    for start, end, closed in spans(data):
        line += data.count(b"\n", before, start)
        out.write(_between(data[before:start], before > 0) if joins and is_whole else data[before:start])
        raw = data[start:end]
        joined = on_one_line(raw) if joins and closed and b"\n" in raw else None
        if joined is not None:
            mender.done.fixed["FT004"] += 1
            raw = joined
        out.write(b"\n".join([raw] if b"\n" in raw else mender.mended(raw, line, offset + start)))
        line += data.count(b"\n", start, end)
        before, is_whole = end, closed
    rest = data[before:]
    out.write(_between(rest, before > 0).rstrip(b"\n") + b"\n" if joins and is_whole else rest)


def _between(gap: bytes, is_behind: bool) -> bytes:
    """What stands between two objects, so that the next begins a line: nothing mostly."""
    kept = [line.rstrip(b"\r") for line in gap.split(b"\n") if line.strip(b", \t\r")]
    return b"".join(line + b"\n" for line in ([b"", *kept] if is_behind else kept))


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

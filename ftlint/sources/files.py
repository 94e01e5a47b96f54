"""Which files to read, and how to open one so that it can be read as UTF-8 and read again."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from fnmatch import fnmatch
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from ftlint.core.errors import FtlintError
from ftlint.sources.sniff import HEAD_BYTES, Sniffed, sniff

SUFFIXES = (".jsonl", ".ndjson")
STDIN = "-"
IN_MEMORY = 64 << 20


class Source(NamedTuple):
    """An open file: what it is, its bytes as UTF-8 from the place where the rows begin, and its size on disk."""

    sniffed: Sniffed
    stream: BinaryIO
    start: int
    size: int


def find(paths: Iterable[str], exclude: Iterable[str], force_exclude: bool = False) -> Iterator[str]:
    """
    Files as they are named; of directories, the JSON Lines files in them, sorted. Each file once.

    A file that is named is read even when `exclude` matches it, unless `force_exclude` is set.
    """
    seen: set[str] = set()
    patterns = tuple(exclude)
    for path in paths:
        if path != STDIN and force_exclude and any(_matches(part, patterns) for part in (path, *Path(path).parts)):
            continue
        found = _walk(path, patterns) if path != STDIN and Path(path).is_dir() else [path]
        for file in found:
            if (key := _identity(file)) not in seen:
                seen.add(key)
                yield file


def with_validation(files: Iterable[str], validation: str | None) -> Iterator[tuple[str, bool]]:
    """The files, each with whether it is the validation file, which comes last, and once."""
    if validation is None:
        yield from ((file, False) for file in files)
        return
    own = _identity(validation)
    yield from ((file, False) for file in files if _identity(file) != own)
    yield validation, True


def same(one: str, other: str) -> bool:
    """Whether two paths are those of one file."""
    return _identity(one) == _identity(other)


def _identity(file: str) -> str:
    # No file has a NUL in its name, and realpath raises; opening it says so in a sentence.
    return file if file == STDIN or "\0" in file else os.path.realpath(file)


def _walk(top: str, exclude: tuple[str, ...]) -> Iterator[str]:
    for directory, names, files in os.walk(top):
        names[:] = sorted(name for name in names if not name.startswith(".") and not _matches(name, exclude))
        for name in sorted(files):
            file = str(Path(directory) / name)
            if name.lower().endswith(SUFFIXES) and not _matches(name, exclude) and not _matches(file, exclude):
                yield file


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


@contextmanager
def open_source(path: str, stdin: BinaryIO | None = None, content: BinaryIO | None = None) -> Iterator[Source]:
    """
    Open a file, or standard input for `-`; with `content`, that is read as if it stood there.

    Raises FtlintError, in one sentence, for what is missing, a directory, or unreadable.
    """
    with open_stream(path, stdin, content) as stream, source_of(stream) as source:
        yield source


@contextmanager
def open_stream(path: str, stdin: BinaryIO | None = None, content: BinaryIO | None = None) -> Iterator[BinaryIO]:
    """
    The bytes of a file, or of standard input for `-`, as they are, so that they can be read again.

    Raises FtlintError, in one sentence, for what is missing, a directory, or unreadable.
    """
    try:
        with nullcontext(content) if content else _seekable(path, stdin) as stream:
            yield stream
    except BrokenPipeError:  # of what is written meanwhile: reading knows no such error
        raise
    except IsADirectoryError as error:
        raise FtlintError(f"cannot read {path}: it is a directory") from error
    except OSError as error:
        raise FtlintError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # a NUL in the name
        raise FtlintError(f"cannot read {path!r}: {error}") from error


@contextmanager
def source_of(stream: BinaryIO) -> Iterator[Source]:
    """A stream that can go back: what it holds is recognised, and decoded where it is UTF-16 or UTF-32."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    sniffed = sniff(head, complete=size <= HEAD_BYTES)
    if sniffed.encoding == "utf-8":
        stream.seek(len(sniffed.bom))
        yield Source(sniffed, stream, len(sniffed.bom), size)
    else:
        with _decoded(stream, sniffed) as (utf8, is_whole):
            problem = sniffed.problem if is_whole or not sniffed.problem else sniffed.problem._replace(fix=None)
            yield Source(sniffed._replace(problem=problem), utf8, 0, size)


@contextmanager
def _seekable(path: str, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    if path != STDIN:
        with Path(path).open("rb") as file:
            if file.seekable():
                yield file
            else:
                with _spooled(file) as spooled:
                    yield spooled
        return
    if stdin is None:
        raise FtlintError("cannot read standard input: it is closed")
    with _spooled(stdin) as spooled:
        yield spooled


@contextmanager
def _spooled(stream: BinaryIO) -> Iterator[BinaryIO]:
    """A stream that cannot go back, kept: in memory as long as it is short, then in a temporary file."""
    import shutil
    import tempfile

    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spooled:
        shutil.copyfileobj(stream, spooled, 1 << 20)
        spooled.seek(0)
        yield cast("BinaryIO", spooled)


@contextmanager
def _decoded(stream: BinaryIO, sniffed: Sniffed) -> Iterator[tuple[BinaryIO, bool]]:
    """The text of a UTF-16 or UTF-32 file as UTF-8, and whether all of it could be decoded."""
    import codecs
    import tempfile

    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as utf8:
        for errors in ("strict", "replace"):
            stream.seek(len(sniffed.bom))
            utf8.seek(0)
            utf8.truncate()
            decoder = codecs.getincrementaldecoder(sniffed.encoding)(errors=errors)
            try:
                while chunk := stream.read(1 << 20):
                    utf8.write(decoder.decode(chunk).encode("utf-8", errors))
                utf8.write(decoder.decode(b"", final=True).encode("utf-8", errors))
            except UnicodeError:
                continue
            utf8.seek(0)
            yield cast("BinaryIO", utf8), errors == "strict"
            return

"""
A unified diff of two versions of a file, in memory that does not grow with it.

A fix changes lines, joins some and takes some out, but moves none. So it is enough to look a short way ahead for where
both go on alike; where they do not, a line stands for a line. Whatever is found, the diff turns one into the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

CONTEXT = 3
AHEAD = 64
"""Lines in which the next line that both share is looked for."""
LONGEST = 1000
"""Lines of a hunk past which the next one begins."""
NO_NEWLINE = b"\\ No newline at end of file\n"

Change = tuple[bytes, bytes]
"""A sign and the line behind it: kept, taken out, put in."""


def unified(path: str, before: BinaryIO, after: BinaryIO) -> Iterator[bytes]:
    """The lines of the diff; none when nothing changed."""
    name = path.encode(errors="surrogateescape").replace(b"\n", b"\\n")
    is_first = True
    for hunk in _hunks(_changes(before, after)):
        if is_first:
            yield b"--- a/%s\n+++ b/%s\n" % (name, name)
            is_first = False
        yield hunk


def _changes(before: BinaryIO, after: BinaryIO) -> Iterator[Change]:
    """Every line of both, in order."""
    old, new = _Lines(before), _Lines(after)
    last = b""
    """A line that is put in and has no end: it follows all that is taken out."""
    while old.look(1) and new.look(1):
        if old.ahead[0] == new.ahead[0]:
            new.take()
            yield b" ", old.take()
            continue
        gone, come = _until_alike(old.look(AHEAD), new.look(AHEAD))
        for _ in range(gone):
            yield b"-", old.take()
        for _ in range(come):
            line = new.take()
            if line.endswith(b"\n"):
                yield b"+", line
            else:
                last = line
    while old.look(1):
        yield b"-", old.take()
    while new.look(1):
        yield b"+", new.take()
    if last:
        yield b"+", last


def _until_alike(old: deque[bytes], new: deque[bytes]) -> tuple[int, int]:
    """How many lines of each stand before the nearest one that both have."""
    first: dict[bytes, int] = {}
    for index, line in enumerate(new):
        first.setdefault(line, index)
    alike = [(index, first[line]) for index, line in enumerate(old) if line in first and line.strip()]
    return min(alike, key=sum) if alike else (1, 1)


class _Lines:
    """The lines of a stream, some of them ahead of where one is."""

    def __init__(self, stream: BinaryIO) -> None:
        self.ahead: deque[bytes] = deque()
        self._stream = stream

    def look(self, many: int) -> deque[bytes]:
        """The next lines, at least so many unless there are fewer."""
        while len(self.ahead) < many and (line := self._stream.readline()):
            self.ahead.append(line)
        return self.ahead

    def take(self) -> bytes:
        """The next line; there is one."""
        return self.ahead.popleft()


def _hunks(changes: Iterator[Change]) -> Iterator[bytes]:
    hunk: list[Change] = []
    kept = 0
    """Lines at the end of the hunk that did not change."""
    before: deque[Change] = deque(maxlen=CONTEXT)
    old = new = 0
    """Lines of both up to the beginning of the hunk."""
    for change in changes:
        if not hunk:
            if change[0] == b" ":
                before.append(change)
                old, new = old + 1, new + 1
                continue
            hunk = list(before)
            old, new = old - len(hunk), new - len(hunk)
            before.clear()
        hunk.append(change)
        kept = kept + 1 if change[0] == b" " else 0
        if kept > 2 * CONTEXT or len(hunk) > LONGEST:
            spare = max(0, kept - CONTEXT)
            body = hunk[: len(hunk) - spare]
            yield _printed(body, old, new)
            old, new = _behind(hunk, old, new)
            before.extend(islice(hunk, len(hunk) - spare, None))
            hunk, kept = [], 0
    if hunk:
        yield _printed(hunk[: len(hunk) - max(0, kept - CONTEXT)], old, new)


def _behind(changes: list[Change], old: int, new: int) -> tuple[int, int]:
    return old + sum(sign != b"+" for sign, _ in changes), new + sum(sign != b"-" for sign, _ in changes)


def _printed(changes: list[Change], old: int, new: int) -> bytes:
    last_old, last_new = _behind(changes, 0, 0)
    sizes = (old + (last_old > 0), last_old, new + (last_new > 0), last_new)
    lines = [sign + line if line.endswith(b"\n") else sign + line + b"\n" + NO_NEWLINE for sign, line in changes]
    return b"@@ -%d,%d +%d,%d @@\n" % sizes + b"".join(lines)

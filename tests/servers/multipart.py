"""Multipart forms, read in pieces: a file of gigabytes is never in memory (RFC 7578)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.servers.wire import Body

LARGEST_HEAD = 16 * 1024
NAME = re.compile(r'\bname="([^"]*)"')
FILENAME = re.compile(r'\bfilename="([^"]*)"')


@dataclass
class Part:
    """One field of a form; its bytes come from `pieces`, which must be used up before the next part."""

    name: str
    filename: str | None
    pieces: Iterator[bytes]

    def text(self) -> str:
        """The whole value, of a field that is no file."""
        return b"".join(self.pieces).decode()


def parts(body: Body, content_type: str) -> Iterator[Part]:
    """The fields of a form in their order. Raises ValueError for what is none."""
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if found is None:
        raise ValueError("the form names no boundary")
    reader = _Reader(body.read, b"\r\n--" + found[1].encode())
    for _ in reader.until_boundary():  # what stands before the first part
        pass
    while not reader.ended:
        head = reader.head()
        name, filename = NAME.search(head), FILENAME.search(head)
        if name is None:
            raise ValueError("a part of the form has no name")
        pieces = reader.until_boundary()
        yield Part(name[1], filename[1] if filename else None, pieces)
        for _ in pieces:
            pass


class _Reader:
    def __init__(self, read: Callable[[], bytes], boundary: bytes) -> None:
        self.read = read
        self.boundary = boundary
        self.buffer = b"\r\n"  # the first boundary has no line end before it
        self.ended = False

    def more(self) -> None:
        piece = self.read()
        if not piece:
            raise ValueError("the form ends before its last boundary")
        self.buffer += piece

    def until_boundary(self) -> Iterator[bytes]:
        """What stands before the next boundary, and go past it."""
        while (at := self.buffer.find(self.boundary)) < 0:
            safe = max(0, len(self.buffer) - len(self.boundary) + 1)
            if safe:
                yield self.buffer[:safe]
                self.buffer = self.buffer[safe:]
            self.more()
        if at:
            yield self.buffer[:at]
        self.buffer = self.buffer[at + len(self.boundary) :]
        while len(self.buffer) < 2:
            self.more()
        self.ended = self.buffer.startswith(b"--")
        self.buffer = self.buffer[2:]

    def head(self) -> str:
        """The header lines of a part."""
        while (at := self.buffer.find(b"\r\n\r\n")) < 0:
            if len(self.buffer) > LARGEST_HEAD:
                raise ValueError("the head of a part is too long")
            self.more()
        head, self.buffer = self.buffer[:at], self.buffer[at + 4 :]
        return next((line for line in head.decode().split("\r\n") if "form-data" in line), "")

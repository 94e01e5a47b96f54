"""Rows that are taken out of a file are kept beside it, each with the reason."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import SpooledTemporaryFile

import orjson

from ftlint.transform.rows import Dropped
from ftlint.transform.write import COPY_BYTES, beside, place_of, put_in_place

IN_MEMORY = 1 << 20


def sidecar_of(path: Path) -> Path:
    """Where the rows that were taken out of a file stand: `train.dropped.jsonl` beside `train.jsonl`."""
    name = path.stem if path.suffix.lower() in (".jsonl", ".ndjson", ".json") else path.name
    return path.with_name(f"{name}.dropped.jsonl")


def record(row: Dropped, on: date) -> bytes:
    """A row as a line of the sidecar: as it was, where it is JSON, else as text, else in base64."""
    head = json.dumps({"reason": row.reason, "line": row.line, "dropped": on.isoformat()}, ensure_ascii=False)
    try:
        orjson.loads(row.raw)
        return f'{head[:-1]}, "row": '.encode(errors="replace") + row.raw.strip() + b"}\n"
    except ValueError:
        pass
    try:
        kept = f'"text": {json.dumps(row.raw.decode(), ensure_ascii=False)}'
    except UnicodeDecodeError:
        kept = f'"base64": "{b64encode(row.raw).decode()}"'
    return f"{head[:-1]}, {kept}}}\n".encode(errors="replace")


class Sidecar:
    """The rows that are taken out of a file, until they are put beside it."""

    def __init__(self, path: Path, spool: SpooledTemporaryFile[bytes], on: date) -> None:
        self.place = sidecar_of(path)
        self.rows = 0
        self.knows_lines = True
        """Whether the lines of rows are those of the file: not any more when some were fixed before."""
        self._path = path
        self._spool = spool
        self._on = on

    def add(self, row: Dropped) -> None:
        """Keep one more."""
        self._spool.write(record(row if self.knows_lines else row._replace(line=None), self._on))
        self.rows += 1

    def put_in_place(self) -> None:
        """Append them to the file beside, whole or not at all; there is no such file where there are none."""
        if not self.rows:
            return
        like = self._path.stat()
        with beside(self.place) as new:
            if self.place.exists() or self.place.is_symlink():
                self.place = place_of(str(self.place))
                like = self.place.stat()
                with self.place.open("rb") as old:
                    while chunk := old.read(COPY_BYTES):
                        new.write(chunk)
                        last = chunk[-1:]
                if like.st_size and last != b"\n":
                    new.write(b"\n")
            self._spool.seek(0)
            while chunk := self._spool.read(COPY_BYTES):
                new.write(chunk)
            put_in_place(new, self.place, like)


@contextmanager
def sidecar(path: Path, on: date) -> Iterator[Sidecar]:
    """The rows that will be taken out of a file; `on` is the day."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        yield Sidecar(path, spool, on)

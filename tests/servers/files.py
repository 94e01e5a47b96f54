"""Files and uploads of the service: bytes on disk, what is known of them in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.servers.options import Json, Options, Refusal, page, visible
from tests.servers.wire import PIECE


class Kept(NamedTuple):
    """Bytes on disk."""

    path: Path
    bytes: int
    sha256: str


@dataclass
class File:
    """A file of the service."""

    id: str
    filename: str
    purpose: str
    kept: Kept
    created_at: int
    expires_at: int | None = None
    looks: int = 0
    hidden: int = 0


@dataclass
class Upload:
    """A file that comes in parts; `parts` by their ids."""

    id: str
    filename: str
    purpose: str
    bytes: int
    created_at: int
    expires_at: int
    lifetime: int | None
    status: str = "pending"
    parts: dict[str, Kept] = field(default_factory=dict)
    file: Json | None = None


class Files:
    """The files, oldest first."""

    def __init__(self, options: Options, directory: Path) -> None:
        self.options = options
        self.directory = directory
        self.all: dict[str, File] = {}

    def keep(self, pieces: Iterable[bytes], limit: int, what: str) -> Kept:
        """Write bytes down as they come. Raises Refusal (413) when there are more than `limit`."""
        path = self.directory / self.options.new_id("bytes-")
        digest, size = hashlib.sha256(), 0
        with path.open("wb") as out:
            for piece in pieces:
                size += len(piece)
                if size > limit:
                    break
                digest.update(piece)
                out.write(piece)
        if size > limit:
            path.unlink()
            raise Refusal(413, f"{what} is larger than {limit} bytes", "maximum_size_exceeded")
        return Kept(path, size, digest.hexdigest())

    def add(self, filename: str, purpose: str, kept: Kept, lifetime: int | None = None) -> File:
        """Make a file of bytes; `lifetime` in seconds."""
        now = self.options.now()
        file = File(self.options.new_id("file-"), filename, purpose, kept, now, lifetime and now + lifetime)
        file.hidden = self.options.lag
        self.all[file.id] = file
        return file

    def view(self, file: File) -> Json:
        """The file as the service shows it."""
        shown: Json = {"id": file.id, "object": "file", "bytes": file.kept.bytes, "created_at": file.created_at}
        shown |= {"filename": file.filename, "purpose": file.purpose, "status": self.status(file)}
        if file.expires_at:
            shown["expires_at"] = file.expires_at
        if shown["status"] == "error":
            shown["status_details"] = self.options.file_error
        return shown | self.options.extra

    def status(self, file: File) -> str:
        """How far its processing is. Files of the service's own need none."""
        if file.purpose == "fine-tune-results":
            return "processed"
        if file.looks < self.options.processing:
            return "uploaded"
        return "error" if self.options.file_error else "processed"

    def get(self, file_id: str) -> File:
        """A file. Raises Refusal (404)."""
        if file_id not in self.all:
            raise Refusal(404, f"No such File object: {file_id}", None, "id")
        return self.all[file_id]

    def look(self, file_id: str) -> Json:
        """A file that somebody waits for: a step nearer to being processed."""
        file = self.get(file_id)
        shown = self.view(file)
        file.looks += 1
        return shown

    def list(self, query: dict[str, str]) -> Json:
        """A page of the files, newest first."""
        wanted = query.get("purpose")
        files = [one for one in visible([*self.all.values()]) if wanted in (None, one.purpose)]
        shown, more = page(files, query, 10_000)
        ends = {"first_id": shown[0].id if shown else "", "last_id": shown[-1].id if shown else ""}
        return {"object": "list", "data": [self.view(one) for one in shown], "has_more": more, **ends}

    def delete(self, file_id: str) -> Json:
        """Forget a file."""
        self.get(file_id)
        del self.all[file_id]
        return {"id": file_id, "object": "file", "deleted": True}


Store = Callable[[str, str, Kept, int | None], Json]
"""Makes a file of the bytes of a finished upload: name, purpose, bytes, lifetime in seconds."""


class Uploads:
    """Uploads in parts."""

    def __init__(self, options: Options, files: Files, store: Store) -> None:
        self.options, self.files, self.store = options, files, store
        self.all: dict[str, Upload] = {}

    def create(self, body: Json) -> Json:
        """Begin one."""
        now = self.options.now()
        if body["bytes"] < 0:
            raise Refusal(400, "bytes must not be negative", None, "bytes")
        life = body.get("expires_after", {}).get("seconds")
        ends = now + int(self.options.upload_life)
        made = (self.options.new_id("upload_"), body["filename"], body["purpose"], body["bytes"], now, ends, life)
        upload = self.all[made[0]] = Upload(*made)
        return self.view(upload)

    def view(self, upload: Upload) -> Json:
        """The upload as the service shows it."""
        shown: Json = {"id": upload.id, "object": "upload", "bytes": upload.bytes, "created_at": upload.created_at}
        shown |= {"filename": upload.filename, "purpose": upload.purpose, "status": upload.status}
        shown |= {"expires_at": upload.expires_at, **({"file": upload.file} if upload.file else {})}
        return shown | self.options.extra

    def pending(self, upload_id: str) -> Upload:
        """An upload that can go on. Raises Refusal (404, 400)."""
        upload = self.all.get(upload_id)
        if upload is None:
            raise Refusal(404, f"No such Upload object: {upload_id}", None, "upload_id")
        if upload.status == "pending" and self.options.clock() >= upload.expires_at:
            upload.status = "expired"
        if upload.status != "pending":
            raise Refusal(400, f"Upload {upload_id} is {upload.status}", None, "upload_id")
        return upload

    def add_part(self, upload_id: str, kept: Kept) -> Json:
        """Add bytes that have come."""
        upload = self.pending(upload_id)
        part_id = self.options.new_id("part_")
        upload.parts[part_id] = kept
        made = {"id": part_id, "object": "upload.part", "created_at": self.options.now(), "upload_id": upload_id}
        return made | self.options.extra

    def complete(self, upload_id: str, body: Json) -> Json:
        """Make a file of the parts in the order that the body gives. Raises Refusal when size or digest differ."""
        upload = self.pending(upload_id)
        ids = body["part_ids"]
        unknown = [one for one in ids if one not in upload.parts]
        if unknown or len(set(ids)) < len(ids):
            wrong = f"unknown part {unknown[0]}" if unknown else "a part is named twice"
            raise Refusal(400, f"Upload {upload_id}: {wrong}", None, "part_ids")
        size = sum(upload.parts[one].bytes for one in ids)
        if size != upload.bytes:
            raise Refusal(
                400, f"Upload {upload_id} should have {upload.bytes} bytes, its parts have {size}", None, "bytes"
            )
        digest = hashlib.md5(usedforsecurity=False)

        def pieces() -> Iterator[bytes]:
            for one in ids:
                with upload.parts[one].path.open("rb") as part:
                    while piece := part.read(PIECE):
                        digest.update(piece)
                        yield piece

        kept = self.files.keep(pieces(), size, "The file")
        if body.get("md5") not in (None, digest.hexdigest()):
            kept.path.unlink()
            raise Refusal(400, f"Upload {upload_id}: the md5 of its parts is another", None, "md5")
        upload.file = self.store(upload.filename, upload.purpose, kept, upload.lifetime)
        upload.status = "completed"
        for part in upload.parts.values():
            part.path.unlink()
        return self.view(upload)

    def cancel(self, upload_id: str) -> Json:
        """End it; nothing comes of it."""
        upload = self.pending(upload_id)
        upload.status = "cancelled"
        return self.view(upload)

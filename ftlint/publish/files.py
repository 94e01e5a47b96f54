"""
Files at the service: found again by name and size, sent once, in one request or in parts.

The service keeps no digest of a file, so the name holds it; what is looked for has the same name and the same size.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from ftlint.core.errors import FtlintError
from ftlint.publish.errors import Refused, UnknownOutcome
from ftlint.publish.local import LocalFile, Part, digest
from ftlint.publish.openai import Json, Service
from ftlint.publish.paths import FILES, UPLOADS, at
from ftlint.publish.state import Record, Store

PURPOSE = "fine-tune"
SENDS = 3
"""Times that a file or a part is sent when it is not found at the service afterwards; a second copy costs nothing."""
GONE = ("error", "deleted", "failed", "cancelled")
"""Statuses of a file that no job can use."""
NO_SIZE = (None, 0)
"""How a service may show the size of a file that it has not looked at yet; the name holds the digest all the same."""
MARGIN = 60
"""Seconds before its end at which an upload in parts counts as over."""
PATIENCE = 1800
"""Seconds that a file may take to be processed; the official client's limit."""

Progress = Callable[[int], None]
"""Told how many bytes of the file are under way."""


class Uploaded(NamedTuple):
    """A file at the service; `sent` is False when it was there already."""

    id: str
    sent: bool


def ensure_uploaded(service: Service, store: Store, key: str, file: LocalFile, progress: Progress) -> Uploaded:
    """
    The file at the service: the one that is there, or sent now.

    Raises UnknownOutcome when nobody knows whether it arrived, FtlintError when it changed since it was checked.
    """
    with store.record("files", key) as record:
        known = record.data.get("file_id")
        if known and _is_usable(service, known):
            return Uploaded(known, sent=False)
        if known:
            record.save(file_id=None, upload=None, intent=None)
        if found := find(service, file, record.data.get("intent")):
            return Uploaded(_done(record, found, file), sent=False)
        if digest(file.path) != file:
            raise FtlintError(f"{file.path} changed while it was being published; type the same again")
        limit = service.connection.destination.upload_from
        send = _send_whole if limit is None or file.bytes < limit else _send_parts
        with Path(file.path).open("rb") as data:
            return Uploaded(_done(record, send(service, record, file, data, progress), file), sent=True)


def find(service: Service, file: LocalFile, since: float | None) -> Json | None:
    """
    The file in the service's list, by its name and size.

    Where it may have been sent at the time `since`, the list is asked until it cannot lag behind any more.
    """
    destination = service.connection.destination
    while True:
        for one in service.pages(FILES, purpose=PURPOSE):
            same = one.get("filename") == file.name and one.get("bytes") in (file.bytes, *NO_SIZE)
            if same and one.get("status") not in GONE:
                return one
        if since is None or time.time() > since + destination.lag:
            return None
        service.wait(destination.lag / 8)


def wait_for_processing(service: Service, file_id: str, said: Callable[[str], None]) -> None:
    """
    Wait until the service has processed a file. Raises Refused when it finds the file wrong.

    Where that takes too long, the job is asked for all the same: it may be started before.
    """
    poll = service.connection.destination.poll
    for _ in range(max(1, ceil(PATIENCE / max(poll, 0.001)))):
        file = service.get(at(FILES, file_id))
        status = file.get("status")
        if status in GONE:
            details = str(file.get("status_details") or file.get("error") or "no reason given")
            raise Refused(f"the service refused the file {file_id} ({status}): {details}", 200, str(status), details)
        if status == "processed":
            return
        service.wait(poll)
    said(f"file {file_id} is still not processed; asking for the job all the same")


def _is_usable(service: Service, file_id: str) -> bool:
    try:
        return service.get(at(FILES, file_id)).get("status") not in GONE
    except Refused as error:
        if error.status == 404:
            return False
        raise


def _done(record: Record, remote: Json, file: LocalFile) -> str:
    """Keep the id. Raises FtlintError when something else arrived than was sent."""
    if remote.get("bytes") not in (file.bytes, *NO_SIZE):
        raise FtlintError(
            f"{file.path} has {file.bytes:,} bytes, {remote.get('bytes')} arrived as {remote.get('id')}: delete that"
        )
    record.save(
        file_id=str(remote["id"]), name=file.name, bytes=file.bytes, sha256=file.sha256, intent=None, upload=None
    )
    return str(remote["id"])


def _send_whole(service: Service, record: Record, file: LocalFile, data: BinaryIO, progress: Progress) -> Json:
    def send() -> Json:
        whole = cast(BinaryIO, Part(data, 0, file.bytes, progress))
        return service.post_file(FILES, "file", file.name, whole, purpose=PURPOSE)

    return _announced(service, record, file, send)


def _announced(service: Service, record: Record, file: LocalFile, send: Callable[[], Json]) -> Json:
    """Send what makes a file; where its outcome is not known, look before it is sent again."""
    for attempt in range(1, SENDS + 1):
        since = time.time()
        record.save(intent=since)
        try:
            remote = send()
        except UnknownOutcome as error:
            found = find(service, file, time.time())
            if found is None and attempt == SENDS:
                raise UnknownOutcome(
                    f"{error}; whether {file.path} arrived is not known: type the same again"
                ) from None
            if found is None:
                continue
            remote = found
        except Refused:
            record.save(intent=None)
            raise
        if isinstance(remote.get("id"), str):
            return remote
        raise UnknownOutcome("the service named no id for the file: type the same again")
    raise AssertionError("a loop that always ends inside")


def _send_parts(service: Service, record: Record, file: LocalFile, data: BinaryIO, progress: Progress) -> Json:
    """Part after part, each written down, so that an upload that was cut off goes on where it ended."""
    upload = record.data.get("upload")
    if not upload or upload["expires_at"] < time.time() + MARGIN:
        upload = _begin(service, record, file)
    size = upload["part_bytes"]
    for index in range(ceil(file.bytes / size)):
        if str(index) in upload["parts"]:
            continue
        part = Part(data, index * size, min(size, file.bytes - index * size), progress)
        upload["parts"][str(index)] = _sent_part(service, record, upload["id"], part)
        record.save(upload=upload)
    parts = [upload["parts"][str(index)] for index in range(len(upload["parts"]))]
    path = at(UPLOADS, upload["id"], "complete")

    def complete() -> Json:
        try:
            made = service.post(path, {"part_ids": parts, "md5": file.md5}).get("file")
        except Refused as error:  # a second time, perhaps: the first answer may have been lost
            if found := find(service, file, None):
                return found
            _give_up(service, record, upload["id"])
            raise error
        if not isinstance(made, dict):
            raise UnknownOutcome("the service named no file for the upload")
        return made

    return _announced(service, record, file, complete)


def _begin(service: Service, record: Record, file: LocalFile) -> Json:
    body = {"filename": file.name, "purpose": PURPOSE, "bytes": file.bytes, "mime_type": "text/jsonl"}
    for attempt in range(1, SENDS + 1):
        try:
            made = service.post(UPLOADS, body)
            break
        except UnknownOutcome:  # an upload without parts is nothing, and ends by itself
            if attempt == SENDS:
                raise
    ends = made.get("expires_at")
    upload: Json = {
        "id": str(made["id"]),
        "expires_at": ends if isinstance(ends, int | float) else time.time() + 3600,
        "part_bytes": service.connection.destination.part_bytes,
        "parts": {},
    }
    record.save(upload=upload)
    return upload


def _sent_part(service: Service, record: Record, upload_id: str, part: Part) -> str:
    for attempt in range(1, SENDS + 1):
        try:
            made = service.post_file(at(UPLOADS, upload_id, "parts"), "data", "part", cast(BinaryIO, part))
            return str(made["id"])
        except UnknownOutcome:  # a part that no completion names does no harm
            if attempt == SENDS:
                raise
        except Refused:
            _give_up(service, record, upload_id)
            raise
    raise AssertionError("a loop that always ends inside")


def _give_up(service: Service, record: Record, upload_id: str) -> None:
    """Cancel an upload that leads nowhere; the next run begins a new one."""
    record.save(upload=None, intent=None)
    with suppress(FtlintError):  # it ends by itself
        service.post(at(UPLOADS, upload_id, "cancel"))

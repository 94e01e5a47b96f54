"""What an account holds at a service: jobs and files, listed, looked at, changed by hand."""

from __future__ import annotations

from itertools import islice
from typing import Literal, NamedTuple

from ftlint.core.errors import FtlintError
from ftlint.publish.errors import Refused, UnknownOutcome, Unreachable
from ftlint.publish.openai import Json, Service
from ftlint.publish.paths import FILES, JOBS, at

PAGE = 100
"""Entries of one page, the most that the services' lists give."""
Action = Literal["cancel", "pause", "resume"]
DONE: dict[Action, tuple[str, ...]] = {
    "cancel": ("cancelled",),
    "pause": ("paused",),
    "resume": ("running", "queued", "validating_files"),
}
"""Statuses of a job that show that a change took place."""


class Listed(NamedTuple):
    """The first entries of a list, in the service's order, and whether there are more."""

    entries: list[Json]
    more: bool


class Deleted(NamedTuple):
    """How the deletion of a file ended: the service's answer, or what kept it from being deleted."""

    file_id: str
    answer: Json | None = None
    error: FtlintError | None = None


def listed(service: Service, path: str, limit: int, **query: str) -> Listed:
    """The first `limit` entries of a list."""
    found = list(islice(service.pages(path, limit=min(limit + 1, PAGE), **query), limit + 1))
    return Listed(found[:limit], len(found) > limit)


def job(service: Service, job_id: str) -> Json:
    """A job."""
    return service.get(at(JOBS, job_id))


def change(service: Service, action: Action, job_id: str) -> Json:
    """
    Cancel a job, let it pause, or resume it; gives the job.

    The request is sent once. Where its answer is lost, the job is looked at: raises UnknownOutcome, with the status
    that it has, unless that shows that the change took place.
    """
    try:
        return service.post(at(JOBS, job_id, action))
    except UnknownOutcome as lost:
        look = f"look again in a while: ftlint jobs show {job_id}"
        try:
            now = job(service, job_id)
        except (Refused, UnknownOutcome, Unreachable):
            raise UnknownOutcome(f"{lost}, and does not say how the job is now; {look}") from None
        if now.get("status") in DONE[action]:
            return now
        raise UnknownOutcome(f"{lost}; the job is {now.get('status')} now; {look}") from None


def delete(service: Service, file_id: str) -> Deleted:
    """
    Delete a file; how it ended is in the result.

    Where the answer is lost, the file is looked for: one that is not there any more is deleted.
    """
    path = at(FILES, file_id)
    try:
        answer = service.delete(path)
    except (Refused, Unreachable) as error:
        return Deleted(file_id, error=error)
    except UnknownOutcome as lost:
        return _looked_for(service, file_id, lost)
    if answer.get("deleted") is False:
        return Deleted(file_id, error=UnknownOutcome(f"the service says that {file_id} is not deleted"))
    return Deleted(file_id, answer)


def _looked_for(service: Service, file_id: str, lost: UnknownOutcome) -> Deleted:
    try:
        service.get(at(FILES, file_id))
        now = f"{file_id} is still there"
    except Refused as refused:
        if refused.status == 404:
            return Deleted(file_id, {"id": file_id, "deleted": True})
        now = f"whether {file_id} is still there is not known"
    except (UnknownOutcome, Unreachable):
        now = f"whether {file_id} is still there is not known"
    return Deleted(file_id, error=UnknownOutcome(f"{lost}; {now}: type the same again"))

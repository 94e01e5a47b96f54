"""
Jobs: started once, and found again.

A job is known by the key in its metadata. Where a service keeps none, it is the one that was made from our file after
the request was announced.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from ftlint.publish.errors import Refused, UnknownOutcome
from ftlint.publish.openai import Json, Service
from ftlint.publish.paths import JOBS, at
from ftlint.publish.request import MARK, JobRequest
from ftlint.publish.state import Record, Store

PAGE = 100
MOST = 2_000
"""Jobs that are looked through, the newest first."""
SKEW = 60
"""Seconds by which the clocks of this machine and the service may differ."""


class Started(NamedTuple):
    """A job at the service; `sent` is False when it had been started before."""

    job: Json
    sent: bool


def ensure_started(
    service: Service, store: Store, request: JobRequest, training_id: str, validation_id: str | None, again: bool
) -> Started:
    """
    The job of this request: the one that there is, or started now; with `again` a further one.

    Raises UnknownOutcome when nobody knows whether it was started.
    """
    with store.record("jobs", request.key) as record:
        if again and "intent" not in record.data:
            record.save(attempt=_attempts(service, record, request) + 1, job_id=None)
        job_id, intent = record.data.get("job_id"), record.data.get("intent")
        if job_id:
            return Started(service.get(at(JOBS, job_id)), sent=False)
        mark = _mark(request.key, record.data.get("attempt", 1))
        search = Search(service, request, training_id, mark, store.values("jobs", "job_id"))
        if found := search.find(intent, wait_from=intent):
            return Started(_kept(record, found), sent=False)
        announced = time.time()
        record.save(intent=announced)
        try:
            job = service.post(JOBS, request.sent(training_id, validation_id, mark))
            return Started(_kept(record, job), sent=True)
        except UnknownOutcome as error:
            if found := search.find(announced, wait_from=time.time()):
                return Started(_kept(record, found), sent=True)
            hint = "type the same again: it looks for the job first, and starts one only where there is none"
            raise UnknownOutcome(f"{error}; whether the job was started is not known: {hint}") from None
        except Refused:
            record.save(intent=None)
            raise


class Search(NamedTuple):
    """How a job is looked for. `taken`: ids of jobs that are known to be others."""

    service: Service
    request: JobRequest
    training_id: str
    mark: str
    taken: set[str]

    def find(self, announced: float | None, wait_from: float | None) -> Json | None:
        """
        The job, or None. The list is asked until it cannot lag behind what was sent at `wait_from` any more.

        Without a mark, only a job of the time since `announced` can be ours.
        """
        lag = self.service.connection.destination.lag
        while True:
            for job in listed(self.service, self.mark if self.request.marks else None):
                if self._is_ours(job, announced):
                    return job
            if wait_from is None or time.time() > wait_from + lag:
                return None
            self.service.wait(lag / 8)

    def _is_ours(self, job: Json, announced: float | None) -> bool:
        mark = _mark_of(job)
        if mark is not None:
            return mark == self.mark
        made = job.get("created_at")
        return (
            announced is not None
            and job.get("training_file") == self.training_id
            and str(job.get("id")) not in self.taken
            and isinstance(made, int | float)
            and made >= announced - SKEW
        )


def listed(service: Service, mark: str | None) -> Iterator[Json]:
    """The newest jobs; those with a mark, where the service can tell them apart, else all."""
    if mark is not None:
        try:
            yield from islice(service.pages(JOBS, limit=PAGE, metadata={MARK: mark}), MOST)
            return
        except Refused as error:
            if error.status not in (400, 422):
                raise
    yield from islice(service.pages(JOBS, limit=PAGE), MOST)


def _attempts(service: Service, record: Record, request: JobRequest) -> int:
    """How often this job was started, as far as this machine or the service remembers."""
    marks = {_mark_of(job) for job in islice(service.pages(JOBS, limit=PAGE), MOST)} if request.marks else set()
    most = record.data.get("attempt", 1 if record.data.get("job_id") else 0)
    while _mark(request.key, most + 1) in marks:
        most += 1
    return int(most)


def _mark(key: str, attempt: int) -> str:
    return key if attempt == 1 else f"{key}-{attempt}"


def _mark_of(job: Json) -> str | None:
    metadata = job.get("metadata")
    mark = metadata.get(MARK) if isinstance(metadata, dict) else None
    return mark if isinstance(mark, str) else None


def _kept(record: Record, job: Json) -> Json:
    if not isinstance(job.get("id"), str):
        raise UnknownOutcome("the service named no id for the job: type the same again")
    record.save(job_id=job["id"], intent=None)
    return job

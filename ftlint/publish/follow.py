"""Follow a job to its end: every status and every event once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from ftlint.publish.openai import Json, Service
from ftlint.publish.paths import JOBS, at

FINAL = ("succeeded", "failed", "cancelled")
"""Statuses after which nothing more comes; one that is not known is none of them."""
SLOWEST = 60.0
"""Seconds between two looks, at most."""
GROWTH = 1.5
MOST = 10_000
"""Events of one look."""


class Step(NamedTuple):
    """Something new: the job with another status, or one event. `value` is the service's own object."""

    kind: Literal["status", "event"]
    value: Json


def follow(service: Service, job_id: str) -> Iterator[Step]:
    """
    Whatever happens to a job, until it ends: events in their order, each once, and each status.

    Interruptions of the service are waited for without end. The last step is the final status.
    """
    seen: set[str] = set()
    status: object = None
    pause = service.connection.destination.poll
    while True:
        job = service.get(at(JOBS, job_id), patient=True)
        fresh = _new_events(service, job_id, seen)
        yield from (Step("event", event) for event in fresh)
        if job.get("status") != status:
            status = job.get("status")
            yield Step("status", job)
        if status in FINAL:
            return
        pause = service.connection.destination.poll if fresh else min(pause * GROWTH, SLOWEST)
        service.wait(pause)


def _new_events(service: Service, job_id: str, seen: set[str]) -> list[Json]:
    """Events that were not seen, the oldest first. The service lists the newest first."""
    fresh: list[Json] = []
    for event in islice(service.pages(at(JOBS, job_id, "events"), limit=100), MOST):
        if str(event.get("id")) in seen:
            break
        fresh.append(event)
    seen.update(str(event.get("id")) for event in fresh)
    return fresh[::-1]

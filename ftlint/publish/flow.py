"""The whole way of a plan: upload, wait, start, follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from ftlint.publish.files import Uploaded, ensure_uploaded, wait_for_processing
from ftlint.publish.follow import Step, follow
from ftlint.publish.jobs import ensure_started
from ftlint.publish.local import LocalFile
from ftlint.publish.openai import Json, Service
from ftlint.publish.plan import Plan
from ftlint.publish.request import file_key
from ftlint.publish.state import Store


class Watcher(Protocol):
    """Who is told what happens."""

    def uploading(self, file: LocalFile) -> Callable[[int], None]:
        """A file is about to be looked for, or sent; what is returned is told the bytes under way."""

    def uploaded(self, file: LocalFile, result: Uploaded) -> None:
        """A file is there."""

    def started(self, job: Json, sent: bool) -> None:
        """The job is there."""

    def step(self, step: Step) -> None:
        """Something new about the job."""

    def note(self, text: str) -> None:
        """Something worth knowing."""


@dataclass(slots=True)
class Outcome:
    """What there is at the service: ids of files by purpose, those of them that were sent now, the job."""

    file_ids: dict[str, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    job: Json | None = None


def publish(plan: Plan, service: Service, store: Store, watcher: Watcher, outcome: Outcome, again: bool) -> None:
    """
    Upload what is not there, and start the job if it is not there; `outcome` says at any time how far it is.

    Raises Refused, UnknownOutcome, Unreachable. Whoever calls it again with the same plan goes on where it ended.
    """
    for file in plan.files:
        progress = watcher.uploading(file.local)
        result = ensure_uploaded(service, store, file_key(plan.connection, file.local), file.local, progress)
        outcome.file_ids[file.purpose] = result.id
        watcher.uploaded(file.local, result)
        if result.sent:
            outcome.sent.append(result.id)
    for file_id in dict.fromkeys(outcome.file_ids.values()):
        wait_for_processing(service, file_id, watcher.note)
    training, validation = outcome.file_ids["training"], outcome.file_ids.get("validation")
    started = ensure_started(service, store, plan.request, training, validation, again)
    outcome.job = started.job
    watcher.started(started.job, started.sent)


def follow_to_end(service: Service, job_id: str, watcher: Watcher) -> Json:
    """Tell the watcher whatever happens to a job until it ends; the job as it ended."""
    job: Json = {}
    for step in follow(service, job_id):
        watcher.step(step)
        if step.kind == "status":
            job = step.value
    return job

"""A plan carried out before the user's eyes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, NoReturn

import click

from ftlint.cli import output
from ftlint.engine.explain import explain, look_up
from ftlint.publish.errors import JobFailed, Refused
from ftlint.publish.flow import Outcome, follow_to_end, publish
from ftlint.publish.openai import Service
from ftlint.publish.paths import FILES, at
from ftlint.publish.state import Store
from ftlint.reporters import explain as reporter
from ftlint.reporters import following
from ftlint.reporters import plan as plan_reporter

if TYPE_CHECKING:
    from ftlint.config.load import Configuration
    from ftlint.publish.files import Uploaded
    from ftlint.publish.follow import Step
    from ftlint.publish.local import LocalFile
    from ftlint.publish.openai import Json
    from ftlint.publish.plan import Plan

STATE = Path(".ftlint", "publish")
"""Where it is written down what was sent, in the configuration's directory."""
LARGE = 8 << 20
"""Bytes from which an upload shows how far it is, on a terminal."""


def show_plan(plan: Plan, kind: str) -> None:
    """The plan on standard output: a line a fact, or one line of JSON."""
    if kind == "json":
        output.write([following.as_json({"plan": plan.to_dict()})], None)
        return
    figures = {"price": plan.price, "hourly": plan.hourly}
    output.write(plan_reporter.render(plan.to_dict(), plan.profile, figures, output.painter("auto", False)), None)


def carry_out(plan: Plan, configuration: Configuration, kind: str, *, wait: bool, again: bool, ask: bool) -> None:
    """Upload, start, follow. However it ends, the user learns what there is at the service, and what to type next."""
    service, store, outcome = Service(plan.connection), Store(configuration.root / STATE), Outcome()
    teller = Teller(kind, plan.connection.words, plan.price)
    files = {file.purpose: file.local.path for file in plan.files}
    try:
        publish(plan, service, store, teller, outcome, again)
    except KeyboardInterrupt:
        output.note(["interrupted; type the same again, and it goes on where it ended"])
        raise
    except Refused as error:
        teller.explain(_explained(error.said, configuration, files["training"]))
        _orphans(service, outcome, ask)
        raise
    job = outcome.job or {}
    if teller.reused and not again and job.get("status") in ("failed", "cancelled"):
        output.note(["this job was started before and has ended; --again starts a further one"])
    if wait:
        follow_job(service, str(job["id"]), teller, configuration, files)
    else:
        output.note([f"follow it with: ftlint jobs follow {job['id']}{plan.connection.words}"])


def follow_job(
    service: Service, job_id: str, teller: Teller, configuration: Configuration, files: Mapping[str, str]
) -> None:
    """
    Follow a job to its end. Ctrl-C ends the following and leaves the job alone.

    Raises JobFailed when it ends without a model; the cause is looked for in `files`, paths by purpose.
    """
    words = service.connection.words
    try:
        job = follow_to_end(service, job_id, teller)
    except KeyboardInterrupt:
        output.note(
            [
                f"the job goes on without being followed; ftlint jobs follow {job_id}{words}",
                f"to end the job itself: ftlint jobs cancel {job_id}{words}",
            ]
        )
        raise
    teller.ended(job)
    if job.get("status") != "succeeded":
        _failed(job, teller, configuration, files)
    model, validation = quote(str(job.get("fine_tuned_model"))), quote(files.get("validation", "VALIDATION"))
    output.note(
        [f"its metrics: ftlint jobs results {job_id}{words}", f"try it: ftlint try {model} {validation}{words}"]
    )


class Teller:
    """Says what happens: lines for people, or a line of JSON a step."""

    def __init__(self, kind: str, words: str, price: float | None = None) -> None:
        self.words = words
        self.json = kind == "json"
        self.price = price
        self.paint = output.painter("auto", False)
        self.reused = False

    def uploading(self, file: LocalFile) -> Callable[[int], None]:
        """A file is looked for, or sent: on a terminal, a large one shows how far it is."""
        if self.json or not output.is_interactive() or file.bytes < LARGE:
            return lambda _: None
        bar = click.progressbar(
            length=file.bytes, label="uploading", file=sys.stderr, update_min_steps=file.bytes // 100
        )
        return lambda sent: bar.update(sent - bar.pos) if sent > bar.pos else None

    def uploaded(self, file: LocalFile, result: Uploaded) -> None:
        """A file is at the service."""
        if self.json:
            self._say(following.as_json({"file": {"path": file.path, "sha256": file.sha256, **result._asdict()}}))
            return
        how = "uploaded as" if result.sent else "is there already:"
        self._say(f"{file.path} {how} {result.id}")

    def started(self, job: Json, sent: bool) -> None:
        """The job is at the service."""
        self.reused = not sent
        if self.json:
            self._say(following.as_json({"job": job, "sent": sent}))
            return
        self._say(f"job {job['id']} {'started' if sent else 'was started before'}")

    def step(self, step: Step) -> None:
        """Something new about the job."""
        if self.json:
            self._say(following.as_json({step.kind: step.value}))
        elif step.kind == "event":
            self._say(following.event_line(step.value, self.paint))
        else:
            self._say(following.status_line(step.value, self.paint))
        if step.kind == "status" and step.value.get("status") == "paused":
            self.note(f"it waits until: ftlint jobs resume {step.value.get('id')}{self.words}")

    def ended(self, job: Json) -> None:
        """What came out."""
        if not self.json:
            output.write(following.ended(job, self.price, self.paint), None)

    def explain(self, lines: Iterator[str]) -> None:
        """What is known of a failure; beside the lines of JSON, not among them."""
        if self.json:
            output.tell(lines)
        else:
            output.write(lines, None)

    def note(self, text: str) -> None:
        """Something worth knowing."""
        output.note([text])

    def _say(self, line: str) -> None:
        output.write([line], None)


def _orphans(service: Service, outcome: Outcome, ask: bool) -> None:
    """Files that a refused job leaves behind: named, and on a terminal deleted if the user likes."""
    ids = list(dict.fromkeys(outcome.file_ids.values()))
    if not ids:
        return
    output.note([f"the files stay at the service: {', '.join(ids)}"])
    sent = list(dict.fromkeys(outcome.sent))
    if not (ask and sent and output.is_interactive() and click.confirm("Delete those uploaded now?", err=True)):
        output.note([f"to delete them: ftlint files delete {' '.join(ids)}{service.connection.words}"])
        return
    for file_id in sent:
        service.delete(at(FILES, file_id))
        output.note([f"{file_id} is deleted"])


def _failed(job: Json, teller: Teller, configuration: Configuration, files: Mapping[str, str]) -> NoReturn:
    """The reason in the service's words, and where it is in the files."""
    given = job.get("error")
    error: Json = given if isinstance(given, dict) else {}
    said = str(error.get("message") or "")
    path = files.get("validation" if error.get("param") == "validation_file" else "training")
    teller.explain(_explained(f"{error.get('code') or ''} {said}", configuration, path))
    reason = f': "{said}"' if said else ""
    raise JobFailed(f"job {job.get('id')} ended as {job.get('status')}{reason}")


def _explained(said: str, configuration: Configuration, path: str | None) -> Iterator[str]:
    """What is known of a service's words, and the rows that they mean; nothing where they are about no row."""
    explanations = [one for one in explain(said) if one.rules]
    if not explanations:
        return
    content = not output.in_ci()
    looked = look_up(path, explanations, configuration, content) if path is not None else None
    yield from reporter.render_text(explanations, [], looked, content, output.painter("auto", False))

"""Jobs of the service: a step in their course each time that they are looked at, with the events that go with it."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.servers.description import PAUSED
from tests.servers.options import FINAL, Json, Options, Refusal, page, visible

MESSAGES = {
    "validating_files": "Validating training file: {training_file}",
    "queued": "Files validated, moving job to queued state",
    "running": "Fine-tuning job started",
    "succeeded": "The job has successfully completed",
    "failed": "The job failed: {reason}",
    "cancelled": "Fine-tuning job cancelled",
    PAUSED: "Fine-tuning job paused",
}
STEPS_PER_EPOCH = 4
COLUMNS = "step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy"


@dataclass
class Event:
    """Something that happened to a job."""

    id: str
    view: Json


@dataclass
class Checkpoint:
    """A model of an epoch."""

    id: str
    view: Json


@dataclass
class Job:
    """A job; `step` is its place in the course of the options."""

    id: str
    body: Json
    created_at: int
    step: int = 0
    ended: str | None = None
    paused: bool = False
    finished_at: int | None = None
    result_files: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    hidden: int = 0


class Jobs:
    """The jobs, oldest first. `file_of` shows a file, `publish` makes one of the metrics and gives its id."""

    def __init__(self, options: Options, file_of: Callable[[str], Json | None], publish: Callable[[str, bytes], str]):
        self.options, self.file_of, self.publish = options, file_of, publish
        self.all: dict[str, Job] = {}

    def create(self, body: Json) -> Json:
        """Start one. Raises Refusal when a file cannot be used."""
        if body.get("metadata") and not self.options.takes_metadata:
            raise Refusal(400, "Unrecognized request argument supplied: metadata", None, "metadata")
        for name in ("training_file", "validation_file"):
            if body.get(name) is None:
                continue
            file = self.file_of(body[name])
            if file is None:
                raise Refusal(400, f"File {body[name]} does not exist", "invalid_file", name)
            if (file["purpose"], file["status"]) != ("fine-tune", "processed"):
                raise Refusal(400, f"File {body[name]} is {file['status']} for {file['purpose']}", "invalid_file", name)
        job = Job(self.options.new_id("ftjob-"), body, self.options.now(), hidden=self.options.lag)
        self.all[job.id] = job
        self.say(job, f"Created fine-tuning job: {job.id}")
        self.enter(job)
        return self.view(job)

    def status(self, job: Job) -> str:
        """Where it is."""
        return job.ended or (PAUSED if job.paused else self.options.course[job.step])

    def epochs(self, job: Job) -> int:
        """How often it goes over the file: as asked for, 3 where the service may choose."""
        asked = self.hyperparameters(job).get("n_epochs", "auto")
        return 3 if asked == "auto" else int(asked)

    def hyperparameters(self, job: Job) -> Json:
        """As they were asked for, in either place of the request."""
        method = job.body.get("method") or {}
        inner = method.get(method.get("type", ""), {}).get("hyperparameters") or {}
        return {**(job.body.get("hyperparameters") or {}), **inner}

    def model(self, job: Job) -> str:
        """The name of what it makes."""
        return f"ft:{job.body['model']}:acme:{job.body.get('suffix') or ''}:{job.id.replace('-', '')[-8:]}"

    def view(self, job: Job) -> Json:
        """The job as the service shows it."""
        status, body = self.status(job), job.body
        done = status == "succeeded"
        hyperparameters: Json = {"batch_size": "auto", "learning_rate_multiplier": "auto"} | self.hyperparameters(job)
        hyperparameters["n_epochs"] = (
            self.epochs(job) if job.step else self.hyperparameters(job).get("n_epochs", "auto")
        )
        file = self.file_of(body["training_file"]) or {}
        seed = body.get("seed")
        shown: Json = {"object": "fine_tuning.job", "id": job.id, "model": body["model"], "created_at": job.created_at}
        shown |= {"status": status, "finished_at": job.finished_at, "estimated_finish": None}
        shown |= {"fine_tuned_model": self.model(job) if done else None, "organization_id": "org-acme"}
        shown |= {"training_file": body["training_file"], "validation_file": body.get("validation_file")}
        shown |= {"result_files": job.result_files, "hyperparameters": hyperparameters}
        shown["trained_tokens"] = file.get("bytes", 0) // 4 * self.epochs(job) if done else None
        shown["error"] = self.error() if status == "failed" else None
        shown["seed"] = zlib.crc32(job.id.encode()) >> 1 if seed is None else seed
        shown["method"] = body.get("method") or {
            "type": "supervised",
            "supervised": {"hyperparameters": hyperparameters},
        }
        shown["integrations"] = body.get("integrations") or []
        if self.options.takes_metadata:
            shown["metadata"] = body.get("metadata")
        return shown | self.options.extra

    def error(self) -> Json:
        """Why jobs fail."""
        return {"code": "server_error", "message": "no reason given", "param": None} | (self.options.job_error or {})

    def say(self, job: Job, message: str, level: str = "info", data: Json | None = None) -> None:
        """Note an event."""
        view: Json = {"object": "fine_tuning.job.event", "id": self.options.new_id("ftevent-")}
        view |= {"created_at": self.options.now(), "level": level, "message": message}
        view |= {"type": "metrics" if data else "message", "data": data or {}}
        job.events.append(Event(view["id"], view | self.options.extra))

    def enter(self, job: Job) -> None:
        """What happens when a job comes to its status."""
        status = self.options.course[job.step] if job.ended is None else job.ended
        if status == "succeeded" and self.options.job_error:
            status = job.ended = "failed"
        words = {"training_file": job.body["training_file"], "reason": self.error()["message"]}
        level = "error" if status == "failed" else "info"
        self.say(job, MESSAGES.get(status, f"The job is {status}").format(**words), level)
        if status == "running":
            self.train(job)
        if status in FINAL:
            job.ended, job.finished_at = status, self.options.now()
        if status == "succeeded":
            self.say(job, f"New fine-tuned model created: {self.model(job)}")
            job.result_files = [self.publish("step_metrics.csv", self.results(job))]

    def train(self, job: Job) -> None:
        """The metrics of each step."""
        total = self.epochs(job) * STEPS_PER_EPOCH
        for step in range(1, total + 1):
            data = {
                "step": step,
                "total_steps": total,
                "train_loss": loss(step),
                "train_mean_token_accuracy": 1 - loss(step) / 4,
            }
            self.say(job, f"Step {step}/{total}: training loss={loss(step)}", data=data)

    def results(self, job: Job) -> bytes:
        """The metrics of each step as CSV, with validation once an epoch."""
        rows = [COLUMNS]
        for step in range(1, self.epochs(job) * STEPS_PER_EPOCH + 1):
            validated = job.body.get("validation_file") and not step % STEPS_PER_EPOCH
            valid = f"{loss(step) + 0.1:.5f},{0.9 - loss(step) / 4:.5f}" if validated else ","
            rows.append(f"{step},{loss(step):.5f},{1 - loss(step) / 4:.5f},{valid}")
        text = "\n".join(rows).encode() + b"\n"
        return base64.b64encode(text) if self.options.results_base64 else text

    def get(self, job_id: str) -> Job:
        """A job. Raises Refusal (404)."""
        if job_id not in self.all:
            raise Refusal(404, f"Could not find fine tune: {job_id}", "fine_tune_not_found", "fine_tune_id")
        return self.all[job_id]

    def look(self, job_id: str) -> Json:
        """A job that somebody follows: a step further."""
        job = self.get(job_id)
        if not job.ended and not job.paused and job.step + 1 < len(self.options.course):
            job.step += 1
            self.enter(job)
        return self.view(job)

    def list(self, query: dict[str, str], metadata: dict[str, str]) -> Json:
        """A page of the jobs, newest first."""
        jobs = visible([*self.all.values()])
        if self.options.filters_metadata:
            jobs = [one for one in jobs if metadata.items() <= (one.body.get("metadata") or {}).items()]
        shown, more = page(jobs, query, 20)
        return {"object": "list", "data": [self.view(one) for one in shown], "has_more": more}

    def events(self, job_id: str, query: dict[str, str]) -> Json:
        """A page of what happened, newest first."""
        shown, more = page(self.get(job_id).events, query, 20)
        return {"object": "list", "data": [one.view for one in shown], "has_more": more}

    def checkpoints(self, job_id: str, query: dict[str, str]) -> Json:
        """The models of the last three epochs, newest first."""
        job = self.get(job_id)
        epochs = range(1, self.epochs(job) + 1)[-3:] if self.status(job) == "succeeded" else range(0)
        return checkpoint_page(job_id, self.model(job), [*epochs], job.finished_at or 0, query)

    def change(self, job_id: str, action: str) -> Json:
        """Pause, resume or cancel. Raises Refusal for a job that this cannot be done with."""
        job = self.get(job_id)
        status = self.status(job)
        if job.ended or ((action == "resume") != job.paused and action != "cancel"):
            raise Refusal(400, f"Job {job_id} is {status}, so it cannot {action}", "invalid_job_status")
        job.paused = action == "pause"
        if action == "cancel":
            job.ended = "cancelled"
            self.enter(job)
        else:
            self.say(job, MESSAGES[PAUSED] if job.paused else "Fine-tuning job resumed")
        return self.view(job)


def loss(step: int) -> float:
    """A loss that falls."""
    return round(2 / (step + 1), 4)


def checkpoint_page(job_id: str, model: str, epochs: list[int], made: int, query: dict[str, str]) -> Json:
    """A page of the models of these epochs."""
    all_of_them = []
    for epoch in epochs:
        step = epoch * STEPS_PER_EPOCH
        view: Json = {"object": "fine_tuning.job.checkpoint", "id": f"ftckpt-{job_id}-{epoch}", "created_at": made}
        view |= {"fine_tuning_job_id": job_id, "step_number": step, "metrics": {"step": step, "train_loss": loss(step)}}
        view["fine_tuned_model_checkpoint"] = f"{model}:ckpt-step-{step}"
        all_of_them.append(Checkpoint(view["id"], view))
    shown, more = page(all_of_them, query, 10)
    ends = {"first_id": shown[0].id if shown else None, "last_id": shown[-1].id if shown else None}
    return {"object": "list", "data": [one.view for one in shown], "has_more": more, **ends}

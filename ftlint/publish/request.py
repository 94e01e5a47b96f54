"""The request that starts a job, and the key by which the job is known again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from ftlint.core.errors import FtlintError
from ftlint.publish.connection import Connection
from ftlint.publish.local import LocalFile
from ftlint.publish.openai import Json

MARK = "ftlint_key"
"""The key of the job's metadata that holds ours."""


class JobOptions(NamedTuple):
    """What the user asks of a job; None and empty: nothing, and then nothing of it is sent."""

    model: str
    method: str
    hyperparameters: Mapping[str, Any] = {}
    grader: Json | None = None
    suffix: str | None = None
    seed: int | None = None
    metadata: Mapping[str, str] = {}
    wandb: str | None = None
    training_type: str | None = None
    extra_body: Mapping[str, Any] = {}


class JobRequest(NamedTuple):
    """A request for a job on two local files; `body` lacks only what the service decides: the files' ids."""

    body: Json
    training: LocalFile
    validation: LocalFile | None
    key: str
    marks: bool
    """Whether the service keeps metadata, and so our key."""

    def sent(self, training_id: str, validation_id: str | None, mark: str) -> Json:
        """The body as it is sent."""
        body = {**self.body, "training_file": training_id}
        if validation_id is not None:
            body["validation_file"] = validation_id
        if self.marks:
            body["metadata"] = {**body.get("metadata", {}), MARK: mark}
        return body


def build(connection: Connection, options: JobOptions, training: LocalFile, validation: LocalFile | None) -> JobRequest:
    """The request for a job. Raises FtlintError for what the service does not take: nothing is left out in silence."""
    destination = connection.destination
    body: Json = {"model": options.model, **_method(options, destination.wraps_hyperparameters)}
    if options.suffix is not None:
        body["suffix"] = options.suffix
    if options.seed is not None:
        body["seed"] = options.seed
    if options.metadata:
        body["metadata"] = dict(options.metadata)
    if options.wandb is not None:
        body["integrations"] = [{"type": "wandb", "wandb": _wandb(options.wandb)}]
    if options.training_type is not None:
        body["trainingType"] = _training_type(options.training_type, destination.training_types, destination.id)
    body = _laid_over(_laid_over(body, destination.extra_body), options.extra_body)
    asked = {*body, *(["validation_file"] if validation else [])}
    if options.method == "supervised" and "method" in destination.omit and set(body.get("method", {})) <= {"type"}:
        asked.discard("method")
        body.pop("method", None)
    if refused := sorted(asked & set(destination.omit)):
        raise FtlintError(f"{destination.id} takes no {refused[0]}; leave it out")
    return JobRequest(
        body, training, validation, _key(connection, body, training, validation), "metadata" not in destination.omit
    )


def file_key(connection: Connection, file: LocalFile) -> str:
    """The key of a file at one account of one service."""
    return _digest({"sha256": file.sha256, **connection.identity})


def _key(connection: Connection, body: Json, training: LocalFile, validation: LocalFile | None) -> str:
    files = {"training": training.sha256, "validation": validation.sha256 if validation else None}
    return _digest({"body": body, **files, **connection.identity})


def _digest(value: Json) -> str:
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _method(options: JobOptions, wrapped: bool) -> Json:
    own: Json = {"hyperparameters": dict(options.hyperparameters)} if options.hyperparameters else {}
    if not wrapped:
        return own if options.method == "supervised" else {**own, "method": {"type": options.method}}
    if options.grader is not None:
        own["grader"] = options.grader
    return {"method": {"type": options.method, **({options.method: own} if own else {})}}


def _wandb(text: str) -> dict[str, str]:
    entity, slash, project = text.rpartition("/")
    return {"project": project, "entity": entity} if slash else {"project": project}


def _training_type(value: str, known: tuple[str, ...], destination: str) -> str:
    if not known:
        raise FtlintError(f"{destination} has no training types; leave --training-type out")
    found = next((one for one in known if one.lower() == value.lower()), None)
    if found is None:
        raise FtlintError(f'unknown training type "{value}"; {destination} has {", ".join(known)}')
    return found


def _laid_over(below: Any, above: Any) -> Any:
    """Objects are put together key by key; anything else above wins."""
    if not isinstance(below, dict) or not isinstance(above, Mapping):
        return above
    return {**below, **{key: _laid_over(below.get(key), value) for key, value in above.items()}}

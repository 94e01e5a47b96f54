"""How a server of ours behaves, as data: each test states what is unusual about its service."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

Json = dict[str, Any]

COURSE = ("validating_files", "queued", "running", "succeeded")
"""The statuses of a job, one after the other, a step each time that it is looked at."""
FINAL = ("succeeded", "failed", "cancelled")
MODELS = (
    *("gpt-4.1-2025-04-14", "gpt-4.1-mini-2025-04-14", "gpt-4.1-nano-2025-04-14"),
    *("gpt-4o-2024-08-06", "gpt-4o-mini-2024-07-18", "gpt-3.5-turbo-0125", "o4-mini-2025-04-16"),
    *("gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-4o", "gpt-4o-mini"),
    *("davinci-002", "babbage-002"),
)


class Refusal(Exception):
    """What the service answers instead of doing it: a status, a sentence, a code and the parameter that is wrong."""

    def __init__(self, status: int, message: str, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.status, self.message, self.code, self.param = status, message, code, param


def heard(model: str, text: str) -> str:
    """What a model answers where a test says nothing else: always the same to the same."""
    return f"{model} heard: {text}"


@dataclass
class Options:
    """Everything that can be set of the service; the defaults are a service at its best."""

    key: str | None = None
    """The only key that is taken; any, where there is none."""
    azure: bool = False
    """Addresses below /openai with ?api-version=, the key in the header api-key, and `trainingType` taken."""
    takes_metadata: bool = True
    """Whether a job may have metadata."""
    filters_metadata: bool = True
    """Whether a list of jobs honours metadata[k]=v; where not, it lists all."""
    lag: int = 0
    """Lists that a new file or job is not yet in."""
    processing: int = 0
    """Looks at a file before it is processed."""
    file_error: str | None = None
    """Why each file ends in error, where it does."""
    course: tuple[str, ...] = COURSE
    """The statuses of each job; the first is that of its creation."""
    job_error: Json | None = None
    """`code`, `message` and `param` of jobs that fail where they would succeed."""
    uuids: bool = False
    """Ids that are UUIDs, without a prefix that says of what."""
    extra: Json = field(default_factory=dict)
    """Fields that the description does not know, in each object."""
    results_base64: bool = False
    """Metrics files that are encoded once more."""
    file_limit: int = 512 * 1024 * 1024
    part_limit: int = 64 * 1024 * 1024
    upload_life: float = 3600
    """Seconds after which an upload in parts expires."""
    models: tuple[str, ...] = MODELS
    reply: Callable[[str, str], str] = heard
    """What a model answers to a text."""
    clock: Callable[[], float] = time.time

    def new_id(self, prefix: str) -> str:
        """An id for a new object."""
        return str(uuid.uuid4()) if self.uuids else f"{prefix}{token_hex(12)}"

    def now(self) -> int:
        """The time, in whole seconds since 1970."""
        return int(self.clock())


def page(items: list[Any], query: dict[str, str], default: int, order: str = "desc") -> tuple[list[Any], bool]:
    """The items that a request for a list gets, and whether there are more. `items` are oldest first."""
    limit = int(query.get("limit", default))
    if limit < 1:
        raise Refusal(400, f"{limit} is less than the minimum of 1 - 'limit'", None, "limit")
    ordered = items if query.get("order", order) == "asc" else items[::-1]
    if after := query.get("after"):
        ids = [one.id for one in ordered]
        if after not in ids:
            raise Refusal(400, f"No such object: {after}", None, "after")
        ordered = ordered[ids.index(after) + 1 :]
    return ordered[:limit], len(ordered) > limit


def visible(items: list[Any]) -> list[Any]:
    """The items that a list does not lag behind with; each list brings the others nearer."""
    shown = [one for one in items if one.hidden <= 0]
    for one in items:
        one.hidden -= 1
    return shown

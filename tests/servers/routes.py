"""Which request the service does what with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.servers.files import Kept
from tests.servers.options import Json
from tests.servers.wire import Answer

if TYPE_CHECKING:
    from tests.servers.service import Service

NOT_DESCRIBED = ("/chat/completions", "/completions")
"""Paths that the description was cut down by."""


@dataclass
class Call:
    """A request on its way to what it asks for: `ids` from its path, `kept` and `filename` of the file in its form."""

    ids: tuple[str, ...]
    query: dict[str, str]
    metadata: dict[str, str] = field(default_factory=dict)
    body: Any = None
    kept: Kept | None = None
    filename: str = ""


Action = Callable[["Service", Call], Json | Answer]
Route = tuple[str, re.Pattern[str], Action]


def route_of(method: str, path: str) -> tuple[tuple[str, ...], Action] | None:
    """What a request asks for, with the ids in its path."""
    for its_method, pattern, action in ROUTES:
        if its_method == method and (match := pattern.fullmatch(path)):
            return match.groups(), action
    return None


def route(method: str, path: str, action: Action) -> Route:
    """What a method of a path does; `*` stands for an id."""
    return method, re.compile(path.replace("*", "([^/]+)")), action


JOB = "/fine_tuning/jobs/*"
ROUTES: tuple[Route, ...] = (
    route("POST", "/files", lambda service, call: service.create_file(call)),
    route("GET", "/files", lambda service, call: service.files.list(call.query)),
    route("GET", "/files/*", lambda service, call: service.files.look(call.ids[0])),
    route("DELETE", "/files/*", lambda service, call: service.files.delete(call.ids[0])),
    route("GET", "/files/*/content", lambda service, call: service.content(call)),
    route("POST", "/uploads", lambda service, call: service.uploads.create(call.body)),
    route("POST", "/uploads/*/parts", lambda service, call: service.add_part(call)),
    route("POST", "/uploads/*/complete", lambda service, call: service.uploads.complete(call.ids[0], call.body)),
    route("POST", "/uploads/*/cancel", lambda service, call: service.uploads.cancel(call.ids[0])),
    route("POST", "/fine_tuning/jobs", lambda service, call: service.jobs.create(call.body)),
    route("GET", "/fine_tuning/jobs", lambda service, call: service.jobs.list(call.query, call.metadata)),
    route("GET", JOB, lambda service, call: service.jobs.look(call.ids[0])),
    route("GET", f"{JOB}/events", lambda service, call: service.jobs.events(call.ids[0], call.query)),
    route("GET", f"{JOB}/checkpoints", lambda service, call: service.checkpoints(call.ids[0], call.query)),
    route("POST", f"{JOB}/(pause|resume|cancel)", lambda service, call: service.change(*call.ids)),
    route("POST", "/fine_tuning/alpha/graders/validate", lambda service, call: {"grader": call.body["grader"]}),
    route("GET", "/models", lambda service, call: service.models()),
    route("GET", "/models/*", lambda service, call: service.models(*call.ids)),
    route("POST", "/(?:chat/)?completions", lambda service, call: service.complete(call)),
)

"""
Stands before a server and breaks what passes, where a test says: the connection, the answer, or the client itself.

A request is written to disk as it comes and only then passed on, so what "arrived complete" means is exact.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from threading import Event, Lock
from typing import Any, Literal

from tests.servers.wire import PIECE, Answer, Body, Handler, Server, error_answer, pass_on, query_of, without_keys

IN_MEMORY = 1024 * 1024
"""Bytes of a request up to which it is not written to disk."""


@dataclass
class Seen:
    """A request that came by: what upstream answered (None: not asked), and what the client got (None: nothing)."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    bytes: int = 0
    sha256: str = ""
    body: Any = None
    complete: bool = False
    upstream: int | None = None
    answered: int | None = None


Callback = Callable[[Seen], object]


@dataclass
class Rule:
    """
    What happens to a request: the `at`-th whose method fits and in whose path `path` is found (None: to each).

    `cut` closes the connection when half of the request has come (`arriving`), when all has and nothing was passed on
    (`before`), or when upstream has answered (`after`). `answer` goes out in place of upstream's, which is not even
    asked unless `forward`. `delay` is in seconds, after upstream answered. The callbacks are called at half of the
    request, when it is complete, and when upstream has answered it and the client knows nothing yet.
    """

    method: str
    path: str
    at: int | None = 1
    cut: Literal["arriving", "before", "after"] | None = None
    delay: float = 0
    answer: Answer | None = None
    forward: bool = False
    on_half: Callback | None = None
    on_arrived: Callback | None = None
    on_accepted: Callback | None = None
    matched: int = 0


NOTHING = Rule("", "", at=None)


@dataclass
class Journal:
    """What came by, in order."""

    seen: list[Seen] = field(default_factory=list)

    def of(self, method: str, path: str) -> list[Seen]:
        """The requests of a method in whose path `path` is found."""
        return [one for one in self.seen if one.method == method and re.search(path, one.path)]


class Cutter(Server):
    """A proxy to the server at `upstream` (without a path) that follows `rules`; the first that fits holds."""

    def __init__(self, upstream: str, port: int = 0) -> None:
        self.upstream = upstream
        self.rules: list[Rule] = []
        self.journal = Journal()
        self.lock = Lock()
        self.stopping = Event()
        super().__init__(port)

    def add(self, method: str, path: str, **what: Any) -> Rule:
        """Add a rule."""
        rule = Rule(method, path, **what)
        self.rules.append(rule)
        return rule

    def stop(self) -> None:
        self.stopping.set()
        super().stop()

    def answer(self, request: Handler, body: Body) -> Answer | None:
        path, query = query_of(request.path)
        seen = Seen(request.command, path, query, without_keys(request.headers.items()))
        with self.lock:
            self.journal.seen.append(seen)
            rule = self.rule_for(seen)
        with SpooledTemporaryFile(IN_MEMORY) as spool:
            if not self.take(body, rule, seen, spool):
                return None
            if rule.cut == "before":
                return None
            answer = rule.answer
            if answer is None or rule.forward:
                spool.seek(0)
                passed = pass_on(self.upstream, seen.method, request.path, request.headers.items(), spool, body.bytes)
                seen.upstream = passed.status
                answer = answer or passed
                if rule.on_accepted:
                    rule.on_accepted(seen)
        if rule.delay:
            self.stopping.wait(rule.delay)
        if rule.cut == "after":
            return None
        seen.answered = answer.status
        return answer

    def rule_for(self, seen: Seen) -> Rule:
        """The first rule that fits; every one that fits counts the request."""
        chosen = NOTHING
        for rule in self.rules:
            if rule.method == seen.method and re.search(rule.path, seen.path):
                rule.matched += 1
                if chosen is NOTHING and rule.at in (None, rule.matched):
                    chosen = rule
        return chosen

    def take(self, body: Body, rule: Rule, seen: Seen, spool: SpooledTemporaryFile[bytes]) -> bool:
        """Take in the request; False when the connection is to be closed on the way."""
        half = (body.length or 0) // 2
        told = False
        while piece := body.read(PIECE if told or not half else max(1, min(PIECE, half - body.bytes))):
            spool.write(piece)
            seen.bytes, seen.sha256 = body.bytes, body.sha256
            if not told and body.bytes >= half:
                told = True
                if rule.on_half:
                    rule.on_half(seen)
                if rule.cut == "arriving":
                    return False
        seen.complete, seen.sha256 = True, body.sha256
        if seen.headers.get("content-type", "").startswith("application/json") and body.bytes < IN_MEMORY:
            spool.seek(0)
            seen.body = json.loads(spool.read() or b"null")
        if rule.on_arrived:
            rule.on_arrived(seen)
        return True


HTML = {"Content-Type": "text/html"}
TRAINING_NOT_AVAILABLE = error_answer(
    403,
    "OpenAI is winding down the fine-tuning platform and your organization is no longer able to create new fine-tuning "
    "training jobs.",
    "training_not_available",
)
INSUFFICIENT_QUOTA = error_answer(
    429,
    "You exceeded your current quota, please check your plan and billing details.",
    "insufficient_quota",
    kind="insufficient_quota",
)
WRONG_KEY = error_answer(401, "Incorrect API key provided", "invalid_api_key")
BROKEN = error_answer(500, "The server had an error while processing your request", kind="server_error")
BAD_GATEWAY = Answer(502, b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", HTML)
BROKEN_JSON = Answer(200, b'{"id": "ftjob-', {"Content-Type": "application/json"})


def slow_down(seconds: float) -> Answer:
    """A 429 that says when to come again."""
    answer = error_answer(429, "Rate limit reached", "rate_limit_exceeded", kind="requests")
    answer.headers["Retry-After"] = f"{seconds:g}"
    return answer

"""
Requests by the official client: the only importer of the openai package.

The client retries by itself what fails, job creation included, and so may start a job three times (measured with
openai 3.54.0: a connection that drops after the request was taken makes three POSTs). Here it is told never to. What
only looks is repeated, what changes something is sent once, and how a request ended is one of four: an answer,
`Refused`, `Unreachable` (nothing was sent), `UnknownOutcome`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from ftlint.publish.connection import Connection
from ftlint.publish.errors import Garbled, Refused, UnknownOutcome, Unreachable
from ftlint.publish.paths import FILES, at
from ftlint.publish.refusals import explain_refusal

if TYPE_CHECKING:
    import openai

Json = dict[str, Any]
T = TypeVar("T")

LOOKS = 6
"""Times that a request which only looks is sent before it fails."""
LONGEST_WAIT = 60.0
"""Seconds between two of them; longer waits that the service asks for are not waited for."""
NOT_SENT = ("ConnectError", "ConnectTimeout", "UnsupportedProtocol", "PoolTimeout", "ProxyError")
"""What httpx and httpx2 call an end before anything was sent."""
ADDRESS = "is the address right? Most end in /v1"
UNDECIDED = (408, 409)
"""Besides 5xx: answers after which the request may have been done all the same."""


class Service:
    """A connection that requests can be sent over. Answers are the service's JSON, with every field that it has."""

    def __init__(self, connection: Connection, wait: Callable[[float], None] = time.sleep) -> None:
        self.connection = connection
        self.wait = wait
        self.scrub = connection.scrubber
        self._client = _client(connection)
        # The package below the client has had two names, httpx and httpx2.
        package = import_module("openai").DefaultHttpxClient.__mro__[1].__module__.partition(".")[0]
        self._response: Any = import_module(package).Response

    def get(self, path: str, patient: bool = False, **query: Any) -> Json:
        """What is at a path. Repeated when the service cannot answer now; without end where `patient`."""
        return self._looked(lambda: self._json(self._send("get", path, query=query)), patient)

    def content(self, file_id: str) -> bytes:
        """The bytes of a file."""
        return self._looked(lambda: bytes(self._send("get", at(FILES, file_id, "content")).content), patient=False)

    def pages(self, path: str, **query: Any) -> Iterator[Json]:
        """Everything of a list, page after page, in the service's order."""
        seen: set[str] = set()
        while True:
            page = self.get(path, **query)
            rows = page.get("data")
            rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
            fresh = [row for row in rows if str(row.get("id")) not in seen]
            yield from fresh
            seen.update(str(row.get("id")) for row in fresh)
            if not page.get("has_more") or not fresh:
                return
            query = {**query, "after": fresh[-1].get("id")}

    def post(self, path: str, body: Json | None = None) -> Json:
        """
        Send a request that changes something, once; again only after an answer that says that it was not taken.

        Raises UnknownOutcome when it may have been done.
        """
        return self._once(lambda: self._json(self._send("post", path, body=body or {})))

    def delete(self, path: str) -> Json:
        """Delete what is at a path."""
        return self._once(lambda: self._json(self._send("delete", path)))

    def post_file(self, path: str, field: str, name: str, data: BinaryIO, **fields: str) -> Json:
        """Send a file as multipart, read in pieces from `data`, which can be sought."""

        def send() -> Json:
            data.seek(0)
            return self._json(self._send("post", path, body=fields, file=(field, (name, data, "application/jsonl"))))

        return self._once(send)

    def _looked(self, look: Callable[[], T], patient: bool) -> T:
        attempt = 0
        while True:
            try:
                return look()
            except (Unreachable, UnknownOutcome, Refused) as error:
                attempt += 1
                if isinstance(error, Refused) and not _may_pass(error):
                    raise
                # Nothing was changed, so nothing is unknown. What is not this API will hardly become it.
                if not patient and attempt >= (2 if isinstance(error, Garbled) else LOOKS):
                    raise error if isinstance(error, Refused) else Unreachable(str(error)) from None
                self.wait(self._delay(attempt, error))

    def _once(self, send: Callable[[], T]) -> T:
        for attempt in range(1, LOOKS + 1):
            try:
                return send()
            except Unreachable as error:
                if attempt == LOOKS:
                    raise
                self.wait(self._delay(attempt, error))
            except Refused as error:
                if error.status != 429 or not _may_pass(error) or attempt == LOOKS:
                    raise
                self.wait(self._delay(attempt, error))
        raise AssertionError("a loop that always ends inside")

    def _delay(self, attempt: int, error: Exception) -> float:
        asked = getattr(error, "retry_after", None)
        grown = min(self.connection.destination.retry * 2 ** min(attempt - 1, 20), LONGEST_WAIT)
        return grown if asked is None else float(min(asked, LONGEST_WAIT))

    def _send(self, method: str, path: str, *, query: Any = None, body: Any = None, file: Any = None) -> Any:
        """One request, one answer. What the client raises becomes one of ours, without a secret in it."""
        import openai

        options: Any = {"max_retries": 0, "params": query or {}}
        arguments: Any = {"cast_to": self._response, "options": options}
        if method == "post":
            arguments["body"] = body
        if file is not None:
            arguments["files"] = [file]
            options["headers"] = {"Content-Type": "multipart/form-data"}
        try:
            return getattr(self._client, method)(path, **arguments)
        except openai.APITimeoutError as error:
            raise self._lost(error, f"gave no answer within {self.connection.destination.timeout:g} seconds") from None
        except openai.APIConnectionError as error:
            raise self._lost(error, "broke the connection off before it answered") from None
        except openai.APIStatusError as error:
            raise self._answered(error) from None
        except openai.OpenAIError as error:
            raise UnknownOutcome(self.scrub(f"{self.connection.host}: {error}")) from None

    def _lost(self, error: openai.APIConnectionError, how: str) -> Exception:
        cause = error.__cause__
        if cause is not None and type(cause).__name__ in NOT_SENT:
            reason = self.scrub(str(cause)).lower() or "no connection"
            return Unreachable(f"cannot reach {self.connection.host}: {reason}")
        return UnknownOutcome(f"{self.connection.host} {how}")

    def _answered(self, error: openai.APIStatusError) -> Exception:
        text = self.scrub(error.response.text)
        status, host = error.status_code, self.connection.host
        if status >= 500 or status in UNDECIDED:
            return UnknownOutcome(f"{host} answered with status {status}{_page(text)}")
        refused = explain_refusal(host, status, text, self.connection.key_source)
        refused.retry_after = _seconds(error.response.headers.get("retry-after"))
        return refused

    def _json(self, response: Any) -> Json:
        try:
            value = json.loads(response.content)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            return value
        text = self.scrub(response.text[:1000])
        page = _page(text) or ", not an object of JSON"
        raise Garbled(f"{self.connection.host} answered with status {response.status_code}{page}; {ADDRESS}")


def _client(connection: Connection) -> openai.OpenAI:
    import openai

    common: Any = {
        "api_key": connection.key,
        "organization": connection.organization,
        "timeout": connection.destination.timeout,
        "max_retries": 0,
        "default_headers": dict(connection.headers),
        # A key must not follow where an answer points to.
        "http_client": openai.DefaultHttpxClient(follow_redirects=False),
    }
    if connection.destination.client == "azure":
        return openai.AzureOpenAI(azure_endpoint=connection.base_url, api_version=connection.api_version, **common)
    return openai.OpenAI(base_url=connection.base_url, project=connection.project, **common)


def _may_pass(error: Refused) -> bool:
    """Whether the same request may be taken later: too many at once, but not an account without credit."""
    return error.status == 429 and error.code != "insufficient_quota"


def _page(text: str) -> str:
    """What to add of an answer that was written for a browser: a gateway's, most of the time."""
    return ", a web page: a gateway or a proxy stands in between" if text.lstrip()[:1] == "<" else ""


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:
        return None

"""
The service by itself, in Python: files, uploads, jobs, models and answers, each request and answer held to OpenAI's
description (`description.py`). What the description does not have, chat completions, has only the client to judge it.
"""

from __future__ import annotations

import json
import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from typing import Any, NamedTuple

from tests.servers import models
from tests.servers.description import nested, request_problems, response_problems
from tests.servers.files import Files, Kept, Uploads
from tests.servers.jobs import Jobs
from tests.servers.multipart import parts
from tests.servers.options import Json, Options, Refusal
from tests.servers.routes import NOT_DESCRIBED, Call, route_of
from tests.servers.wire import Answer, Body, Handler, Server, error_answer, json_answer, query_of, without_keys


@dataclass
class Request:
    """What came; `body` is what its JSON holds, or the fields of its form without the file. No key is kept."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body: Any = None
    bytes: int = 0
    sha256: str = ""
    status: int | None = None


class Uploaded(NamedTuple):
    """A file that was accepted, in one request or in parts."""

    name: str
    bytes: int
    sha256: str


class Service(Server):
    """The service on a port of this machine, with a journal of what came: `requests`, `uploaded`, `job_bodies`."""

    def __init__(self, options: Options | None = None, port: int = 0) -> None:
        self.options = options or Options()
        self.directory = TemporaryDirectory(prefix="ftlint-service-")
        self.lock = RLock()
        self.files: Files = Files(self.options, Path(self.directory.name))
        self.jobs: Jobs = Jobs(self.options, self.file_of, self.publish)
        self.uploads: Uploads = Uploads(self.options, self.files, self.store)
        self.requests: list[Request] = []
        self.faults: list[str] = []
        """Where answers of our own do not keep to the description."""
        self._uploaded: list[Uploaded] = []
        super().__init__(port)

    @property
    def base_url(self) -> str:
        return self.root if self.options.azure else f"{self.root}/v1"

    @property
    def uploaded(self) -> list[Uploaded]:
        """Each file that was accepted, in order, also if it was deleted since."""
        return [*self._uploaded]

    @property
    def job_bodies(self) -> list[Json]:
        """The request of each job that was started, in order."""
        return [job.body for job in self.jobs.all.values()]

    def stop(self) -> None:
        super().stop()
        self.directory.cleanup()

    def answer(self, request: Handler, body: Body) -> Answer | None:
        path, query = query_of(request.path)
        entry = Request(request.command, path, query, without_keys(request.headers.items()))
        with self.lock:
            self.requests.append(entry)
        try:
            answer = self.answered(request, body, entry)
        except Refusal as refusal:
            answer = error_answer(refusal.status, refusal.message, refusal.code, refusal.param)
        except OSError:
            raise
        except Exception:
            self.faults.append(f"{entry.method} {path}: {traceback.format_exc()}")
            answer = error_answer(500, "The server had an error while processing your request", kind="server_error")
        body.drain()
        entry.bytes, entry.sha256, entry.status = body.bytes, body.sha256, answer.status
        return answer

    def answered(self, request: Handler, body: Body, entry: Request) -> Answer:
        """The answer. Raises Refusal where it is an error."""
        path, query, headers = self.address(entry, dict(request.headers.items()))
        self.check_key(headers)
        found = route_of(entry.method, path)
        if found is None:
            raise Refusal(404, f"Unknown request URL: {entry.method} {entry.path}", "unknown_url")
        ids, what = found
        values = nested(dict(query))
        call = Call(ids, dict(query), values.get("metadata", {}))
        self.read(call, path, headers.get("content-type", ""), body)
        entry.body = call.body
        if path not in NOT_DESCRIBED:
            known = call.body
            if self.options.azure and isinstance(known, dict):
                known = {name: value for name, value in known.items() if name != "trainingType"}
            if call.kept:
                known = {**known, "data" if "/parts" in path else "file": ""}
            if problems := request_problems(entry.method, path, query, headers, known):
                raise Refusal(400, "; ".join(problems))
        with self.lock:
            value = what(self, call)
        if isinstance(value, Answer):
            return value
        if path not in NOT_DESCRIBED:
            self.faults += [
                f"{entry.method} {path}: {one}" for one in response_problems(entry.method, path, 200, value)
            ]
        return json_answer(value)

    def address(self, entry: Request, headers: dict[str, str]) -> tuple[str, list[tuple[str, str]], dict[str, str]]:
        """Path, query and headers as the description has them."""
        headers = {name.lower(): value for name, value in headers.items()}
        if not self.options.azure:
            if not entry.path.startswith("/v1/"):
                raise Refusal(404, f"Unknown request URL: {entry.method} {entry.path}", "unknown_url")
            return entry.path.removeprefix("/v1"), entry.query, headers
        if "authorization" not in headers and "api-key" in headers:
            headers["authorization"] = f"Bearer {headers['api-key']}"
        if entry.path.startswith("/openai/v1/"):
            return entry.path.removeprefix("/openai/v1"), entry.query, headers
        versions = [value for name, value in entry.query if name == "api-version"]
        if not entry.path.startswith("/openai/") or len(versions) != 1:
            raise Refusal(404, "Resource not found", "404")
        return entry.path.removeprefix("/openai"), [one for one in entry.query if one[0] != "api-version"], headers

    def check_key(self, headers: dict[str, str]) -> None:
        """Raises Refusal (401) when there is no key, or not the one that is taken."""
        key = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if not key or self.options.key not in (None, key):
            raise Refusal(401, "Incorrect API key provided", "invalid_api_key")

    def read(self, call: Call, path: str, content_type: str, body: Body) -> None:
        """The body of a request: its JSON, or the fields of its form, and its file, which goes to disk as it comes."""
        if not content_type.startswith("multipart/form-data"):
            text = body.rest()
            try:
                call.body = json.loads(text) if text else None
            except ValueError:
                raise Refusal(400, "We could not parse the JSON body of your request") from None
            return
        limit, name = self.options.file_limit, "file"
        if part := re.fullmatch(r"/uploads/([^/]+)/parts", path):
            self.uploads.pending(part[1])
            limit, name = self.options.part_limit, "data"
        call.body = {}
        try:
            for one in parts(body, content_type):
                if one.name == name and call.kept is None:
                    call.filename = one.filename or name
                    call.kept = self.files.keep(one.pieces, limit, f"The {name}")
                else:
                    call.body[one.name] = one.text()
        except ValueError as error:
            raise Refusal(400, f"Could not parse the form: {error}") from None

    def file_of(self, file_id: str) -> Json | None:
        """A file as it is shown, or None."""
        file = self.files.all.get(file_id)
        return self.files.view(file) if file else None

    def store(self, name: str, purpose: str, kept: Kept, lifetime: int | None) -> Json:
        """Make a file of bytes that somebody sent."""
        self._uploaded.append(Uploaded(name, kept.bytes, kept.sha256))
        return self.files.view(self.files.add(name, purpose, kept, lifetime))

    def publish(self, name: str, data: bytes) -> str:
        """Make a file of the service's own."""
        return self.files.add(name, "fine-tune-results", self.files.keep([data], len(data), name)).id

    def create_file(self, call: Call) -> Json:
        """Files API."""
        assert call.kept is not None
        after = nested(call.body).get("expires_after", {})
        return self.store(call.filename, call.body["purpose"], call.kept, int(after["seconds"]) if after else None)

    def content(self, call: Call) -> Answer:
        """The bytes of a file."""
        data = self.files.get(call.ids[0]).kept.path.read_bytes()
        return Answer(200, data, {"Content-Type": "application/octet-stream"})

    def checkpoints(self, job_id: str, query: dict[str, str]) -> Json:
        """A page of the checkpoints of a job."""
        return self.jobs.checkpoints(job_id, query)

    def change(self, job_id: str, action: str) -> Json:
        """Pause, resume or cancel a job."""
        return self.jobs.change(job_id, action)

    def model_names(self) -> dict[str, int]:
        """Models that can be asked, and when each was made."""
        made = {job.body["model"]: 0 for job in self.jobs.all.values() if not job.body["model"].startswith("ft:")}
        tuned = {
            self.jobs.model(job): job.finished_at or 0 for job in self.jobs.all.values() if job.ended == "succeeded"
        }
        return dict.fromkeys(self.options.models, 0) | made | tuned

    def models(self, name: str | None = None) -> Json:
        """All models, or the one of that name."""
        names = self.model_names()
        return models.list_of(self.options, names) if name is None else models.one_of(self.options, names, name)

    def complete(self, call: Call) -> Json:
        """The answer of a model."""
        return models.complete(self.options, self.model_names(), call.body)

    def add_part(self, call: Call) -> Json:
        """A part of an upload, which is on disk by now."""
        assert call.kept is not None
        return self.uploads.add_part(call.ids[0], call.kept)

"""
The service with aimock's files and jobs, behind Prism. What those lack is ours: uploads in parts (which end as files of
aimock), pause, resume, checkpoints, the bytes of files (which Prism cannot pass on), models and their answers.
"""

from __future__ import annotations

import json
from io import BytesIO
from urllib.parse import quote
from uuid import uuid4

from tests.servers.description import PAUSED
from tests.servers.files import Kept
from tests.servers.jobs import Job, checkpoint_page
from tests.servers.nodejs import NodeServers
from tests.servers.options import FINAL, Json, Refusal
from tests.servers.routes import Call
from tests.servers.service import Request, Service, Uploaded
from tests.servers.wire import Answer, Body, Handler, json_answer, pass_on

OURS = ("/uploads", "/models", "/chat/completions", "/completions", "/fine_tuning/alpha")
OUR_ENDINGS = ("/content", "/checkpoints", "/pause", "/resume")


class Bridge(Service):
    """As `Service`, with the state of others; of the options only those of models and uploads count."""

    def __init__(self, node: NodeServers, port: int = 0) -> None:
        self.node = node
        self.paused: set[str] = set()
        super().__init__(port=port)

    @property
    def uploaded(self) -> list[Uploaded]:
        entries = self.node.ask("/__aimock/journal?service=files")
        bodies = [one["body"] for one in entries if one["method"] == "POST" and one["response"]["status"] == 200]
        return [Uploaded(body["filename"], body["bytes"], body["sha256"]) for body in bodies]

    @property
    def job_bodies(self) -> list[Json]:
        entries = self.node.ask("/__aimock/journal?service=fine-tuning")
        created = [one for one in entries if one["method"] == "POST" and one["path"].endswith("/fine_tuning/jobs")]
        return [one["body"] for one in created if one["response"]["status"] == 200]

    def answered(self, request: Handler, body: Body, entry: Request) -> Answer:
        path = entry.path.removeprefix("/v1")
        last = path.rpartition("/")[2]
        if entry.method == "GET" and last in self.paused:
            return json_answer(self.job(last))
        if path.startswith(OURS) or path.endswith(OUR_ENDINGS):
            return super().answered(request, body, entry)
        target = request.path.removeprefix("/v1")
        answer = pass_on(self.node.prism, entry.method, target, request.headers.items(), body, body.length)
        if path.endswith("/cancel") and answer.status == 200:
            self.paused.discard(path.split("/")[-2])
        return answer

    def every_job(self) -> list[Json]:
        """The jobs as aimock has them. A list, unlike a look at one, takes none of them a step further."""
        return list(self.node.ask("/v1/fine_tuning/jobs?limit=100")["data"])

    def job(self, job_id: str) -> Json:
        """A job as it is. Raises Refusal (404)."""
        for one in self.every_job():
            if one["id"] == job_id:
                return {**one, "status": PAUSED} if job_id in self.paused else one
        raise Refusal(404, f"Could not find fine tune: {job_id}", "fine_tune_not_found", "fine_tune_id")

    def store(self, name: str, purpose: str, kept: Kept, lifetime: int | None) -> Json:
        boundary = uuid4().hex
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n{purpose}\r\n'
        head += f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        head += "Content-Type: application/jsonl\r\n\r\n"
        data = head.encode() + kept.path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
        headers = [("Authorization", "Bearer test"), ("Content-Type", f"multipart/form-data; boundary={boundary}")]
        answer = pass_on(self.node.prism, "POST", "/files", headers, BytesIO(data), len(data))
        if answer.status != 200:
            raise Refusal(answer.status, answer.body.decode("utf-8", "replace"))
        made: Json = json.loads(answer.body)
        return made

    def content(self, call: Call) -> Answer:
        key = [("Authorization", "Bearer test")]
        answer = pass_on(self.node.aimock, "GET", f"/v1/files/{quote(call.ids[0])}/content", key, None, 0)
        if answer.status != 404:
            return answer
        for job in self.every_job():
            if call.ids[0] in job["result_files"]:
                return Answer(200, self.jobs.results(Job(job["id"], job, job["created_at"])))
        return answer

    def checkpoints(self, job_id: str, query: dict[str, str]) -> Json:
        job = self.job(job_id)
        epochs = range(1, self.jobs.epochs(Job(job_id, job, 0)) + 1)[-3:] if job["status"] == "succeeded" else []
        return checkpoint_page(job_id, str(job["fine_tuned_model"]), [*epochs], job["finished_at"] or 0, query)

    def change(self, job_id: str, action: str) -> Json:
        status = self.job(job_id)["status"]
        if status in FINAL or (action == "resume") != (status == PAUSED):
            raise Refusal(400, f"Job {job_id} is {status}, so it cannot {action}", "invalid_job_status")
        (self.paused.add if action == "pause" else self.paused.discard)(job_id)
        return self.job(job_id)

    def model_names(self) -> dict[str, int]:
        tuned = {one["fine_tuned_model"]: one["finished_at"] for one in self.every_job() if one["fine_tuned_model"]}
        return dict.fromkeys(self.options.models, 0) | tuned

"""The servers that publishing is tested against keep to OpenAI's description, and break what they are told to break."""

import base64
import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import openai
import pytest

from tests.servers import cutter as cutting
from tests.servers.cutter import Cutter
from tests.servers.description import operations, request_problems, response_problems
from tests.servers.service import Uploaded

KEY = "sk-test-0123456789abcdef"
ROWS = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n' * 10
MODEL = "gpt-4o-mini-2024-07-18"
MB = 1024 * 1024


def client_of(server, **options):
    return openai.OpenAI(api_key=KEY, base_url=server.base_url, **{"max_retries": 0, **options})


def sent(client, data=ROWS, name="train.0123456789ab.jsonl"):
    return client.files.create(file=(name, data), purpose="fine-tune")


def started(client, **body):
    return client.fine_tuning.jobs.create(**{"model": MODEL, "training_file": sent(client).id, **body})


def finished(client, job_id):
    for _ in range(10):
        job = client.fine_tuning.jobs.retrieve(job_id)
        if job.status in ("succeeded", "failed", "cancelled"):
            return job
    raise AssertionError(f"still {job.status}")


def post(server, path, body, key=KEY):
    """The status and the text of an answer, past the client, which would not send this."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
    request = urllib.request.Request(server.base_url + path, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_file_becomes_a_model_that_answers(either):
    client = client_of(either)
    file = sent(client)
    assert (file.bytes, file.status) == (len(ROWS), "processed")
    assert [one.id for one in client.files.list(purpose="fine-tune")] == [file.id]
    assert client.files.content(file.id).read() == ROWS
    assert either.uploaded == [Uploaded("train.0123456789ab.jsonl", len(ROWS), hashlib.sha256(ROWS).hexdigest())]

    method = {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 2}}}
    job = client.fine_tuning.jobs.create(
        model=MODEL, training_file=file.id, suffix="shop", seed=7, method=method, metadata={"ftlint_key": "abc"}
    )
    assert (job.status, job.seed, job.metadata) == ("validating_files", 7, {"ftlint_key": "abc"})
    assert [one.id for one in client.fine_tuning.jobs.list()] == [job.id]
    statuses = [client.fine_tuning.jobs.retrieve(job.id).status for _ in range(3)]
    assert statuses == ["queued", "running", "succeeded"]

    job = client.fine_tuning.jobs.retrieve(job.id)
    assert job.fine_tuned_model.startswith(f"ft:{MODEL}:") and ":shop:" in job.fine_tuned_model
    events = list(client.fine_tuning.jobs.list_events(job.id, limit=2))
    assert len(events) > 3 and len({one.id for one in events}) == len(events)
    assert [one.created_at for one in events] == sorted((one.created_at for one in events), reverse=True)
    checkpoints = list(client.fine_tuning.jobs.checkpoints.list(job.id))
    assert [one.step_number for one in checkpoints] == [8, 4]
    table = client.files.content(job.result_files[0]).read().decode()
    assert table.startswith("step,train_loss,train_accuracy,valid_loss,") and table.count("\n") == 9

    answer = client.chat.completions.create(model=job.fine_tuned_model, messages=[{"role": "user", "content": "Hi"}])
    assert answer.choices[0].message.content == f"{job.fine_tuned_model} heard: Hi"
    assert job.fine_tuned_model in [one.id for one in client.models.list()]
    assert either.job_bodies[0]["training_file"] == file.id and len(either.job_bodies) == 1
    assert client.files.delete(file.id).deleted and not list(client.files.list(purpose="fine-tune"))


def test_a_job_that_is_cancelled_cannot_be_cancelled_again(either):
    client = client_of(either)
    job = started(client)
    assert client.fine_tuning.jobs.cancel(job.id).status == "cancelled"
    assert finished(client, job.id).fine_tuned_model is None
    with pytest.raises(openai.BadRequestError):
        client.fine_tuning.jobs.cancel(job.id)


def test_a_paused_job_stands_still_until_it_is_resumed(either):
    client = client_of(either)
    job = started(client)
    assert client.fine_tuning.jobs.pause(job.id).status == "paused"
    assert [client.fine_tuning.jobs.retrieve(job.id).status for _ in range(4)] == ["paused"] * 4
    with pytest.raises(openai.BadRequestError):
        client.fine_tuning.jobs.pause(job.id)
    client.fine_tuning.jobs.resume(job.id)
    assert finished(client, job.id).status == "succeeded"


def test_an_upload_of_three_parts_becomes_a_file(either):
    client = client_of(either)
    pieces = [ROWS, ROWS * 2, b'{"a": "\r\n--"}\n']
    whole = b"".join(pieces)
    upload = client.uploads.create(filename="t.jsonl", purpose="fine-tune", bytes=len(whole), mime_type="text/jsonl")
    parts = [client.uploads.parts.create(upload.id, data=piece) for piece in pieces]
    done = client.uploads.complete(
        upload.id, part_ids=[one.id for one in parts], md5=hashlib.md5(whole, usedforsecurity=False).hexdigest()
    )
    assert (done.status, done.file.bytes) == ("completed", len(whole))
    assert client.files.content(done.file.id).read() == whole
    assert either.uploaded == [Uploaded("t.jsonl", len(whole), hashlib.sha256(whole).hexdigest())]
    assert finished(client, started(client, training_file=done.file.id).id).status == "succeeded"
    with pytest.raises(openai.BadRequestError, match="completed"):
        client.uploads.complete(upload.id, part_ids=[])

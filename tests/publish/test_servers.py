"""What publishing is tested against keeps to OpenAI's description: by itself, and with aimock behind Prism."""

import hashlib
import signal
import subprocess
import sys
import time

import openai
import pytest

from tests.publish.clients import KEY, MODEL, ROWS, client_of, finished, post, sent, started
from tests.servers.description import operations, request_problems, response_problems
from tests.servers.nodejs import HERE, prism_before
from tests.servers.routes import route_of
from tests.servers.service import Uploaded
from tests.support import ROOT


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


CREATION = {"filename": "t.jsonl", "purpose": "fine-tune", "bytes": 5, "mime_type": "text/jsonl"}
BAD_JOBS = {
    "too many epochs": {"hyperparameters": {"n_epochs": 99}},
    "a suffix of 70 characters": {"suffix": "s" * 70},
    "a method that is none": {"method": {"type": "sft"}},
    "a number as metadata": {"metadata": {"rows": 3}},
    "a property that is none": {"epochs": 3},
    "wandb without a project": {"integrations": [{"type": "wandb", "wandb": {}}]},
    "no training file": {"training_file": None},
}


@pytest.mark.parametrize("extra", BAD_JOBS.values(), ids=BAD_JOBS)
def test_a_job_that_the_description_does_not_allow_is_refused_and_not_started(either, extra):
    body = {"model": MODEL, "training_file": sent(client_of(either)).id, **extra}
    status, text = post(either, "/fine_tuning/jobs", {name: value for name, value in body.items() if value is not None})
    assert status in (400, 422) and "error" in text
    assert either.job_bodies == []


@pytest.mark.parametrize("extra", BAD_JOBS.values(), ids=BAD_JOBS)
def test_the_check_of_a_request_names_what_is_wrong_with_it(extra):
    body = {"model": MODEL, "training_file": "file-1", **extra}
    body = {name: value for name, value in body.items() if value is not None}
    headers = {"Authorization": "Bearer x", "Content-Type": "application/json"}
    [problem] = request_problems("POST", "/fine_tuning/jobs", [], headers, body)
    assert any(word in problem for word in (*extra, *(extra.get("metadata") or {}), "project"))


NESTED = {"method": {"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.1, "epochs": 3}}}}
GRADER = {"type": "string_check", "name": "g", "input": "{{item.a}}", "reference": "b", "operation": "eq"}
ALLOWED = (
    {"hyperparameters": {"n_epochs": "auto", "learning_rate_multiplier": 0.1, "batch_size": 256}},
    {"method": {"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.1}}}},
    {"method": {"type": "reinforcement", "reinforcement": {"grader": GRADER}}},
    {"validation_file": None, "suffix": None, "seed": 0, "metadata": {"k": "v"}},
    {"integrations": [{"type": "wandb", "wandb": {"project": "p", "tags": ["a"]}}]},
)


@pytest.mark.parametrize("extra", ALLOWED)
def test_the_check_of_a_request_lets_pass_what_the_description_allows(extra):
    headers = {"authorization": "Bearer x", "content-type": "application/json; charset=utf-8"}
    body = {"model": MODEL, "training_file": "file-1", **extra}
    assert request_problems("POST", "/fine_tuning/jobs", [], headers, body) == []


def test_the_check_of_a_request_looks_at_key_query_form_and_depth():
    headers = {"Authorization": "Bearer x", "Content-Type": "multipart/form-data; boundary=x"}
    form = {"file": "", "purpose": "fine-tune", "expires_after[anchor]": "created_at", "expires_after[seconds]": "3600"}
    assert request_problems("POST", "/files", [], headers, form) == []
    assert request_problems("POST", "/files", [], headers, form | {"expires_after[seconds]": "1"})
    assert request_problems("POST", "/files", [], headers, form | {"purpose": "finetune"})
    assert request_problems("POST", "/files", [], headers, form | {"colour": "red"})
    key = {"Authorization": "Bearer x"}
    assert request_problems("GET", "/fine_tuning/jobs", [("limit", "5"), ("metadata[k]", "v")], key, None) == []
    for query in ([("limit", "five")], [("colour", "red")], [("after", "a"), ("after", "b")]):
        assert request_problems("GET", "/fine_tuning/jobs", query, key, None)
    assert request_problems("GET", "/models", [], {}, None) == ["no key: the header Authorization has no bearer token"]
    json = {"Authorization": "Bearer x", "Content-Type": "application/json"}
    assert request_problems("POST", "/fine_tuning/jobs", [], json, {"model": "m", "training_file": "f", **NESTED})


def test_the_check_of_an_answer_wants_each_field_but_lets_unknown_ones_pass():
    file = {"id": "x", "object": "file", "bytes": 1, "created_at": 1, "filename": "a", "purpose": "fine-tune"}
    assert response_problems("GET", "/files/x", 200, file) == ["the body: 'status' is a required property"]
    assert response_problems("GET", "/files/x", 200, {**file, "status": "processed", "colour": "red"}) == []
    assert response_problems("GET", "/files/x", 404, {"error": "no"}) != []


def test_a_request_without_a_key_is_refused(either):
    status, _ = post(either, "/fine_tuning/jobs", {"model": MODEL, "training_file": "file-1"}, key=None)
    assert status == 401


def test_the_service_of_ours_keeps_to_the_description_in_the_eyes_of_prism_too(service, node_servers):
    with prism_before(service.base_url) as address:
        client = client_of(service, base_url=address)
        upload = client.uploads.create(filename="t", purpose="fine-tune", bytes=len(ROWS), mime_type="text/jsonl")
        part = client.uploads.parts.create(upload.id, data=ROWS)
        file = client.uploads.complete(upload.id, part_ids=[part.id]).file
        assert client.uploads.cancel(client.uploads.create(**CREATION).id).status == "cancelled"
        assert [one.id for one in client.files.list()] == [file.id]
        job = finished(client, started(client, training_file=file.id, validation_file=sent(client).id).id)
        assert len(list(client.fine_tuning.jobs.list_events(job.id, limit=5))) > 10
        assert len(list(client.fine_tuning.jobs.checkpoints.list(job.id))) == 3
        assert client.fine_tuning.jobs.cancel(started(client).id).status == "cancelled"
        assert [one.status for one in client.fine_tuning.jobs.list(limit=1)] == ["cancelled", "succeeded"]
        assert client.models.retrieve(job.fine_tuned_model) in list(client.models.list())
        assert client.files.delete(file.id).deleted
        with pytest.raises(openai.UnprocessableEntityError):
            client.uploads.create(**{**CREATION, "purpose": "training"})


def test_no_journal_keeps_a_key(either):
    started(client_of(either))
    assert either.requests and KEY not in repr(either.requests) and KEY not in repr(either.job_bodies)


def test_all_that_is_described_is_there_except_what_publishing_does_not_use():
    missing = {f"{one.method} {one.path}" for one in operations() if route_of(one.method, one.path) is None}
    permissions = "/fine_tuning/checkpoints/{fine_tuned_model_checkpoint}/permissions"
    assert missing == {
        *(f"{method} {permissions}" for method in ("GET", "POST")),
        f"DELETE {permissions}/{{permission_id}}",
        "POST /fine_tuning/alpha/graders/run",
        "DELETE /models/{model}",
    }


def test_the_lockfile_names_no_registry():
    text = (HERE / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text and "registry" not in text


@pytest.mark.parametrize("arguments", [[], ["--node"]], ids=["python", "node"])
def test_the_servers_start_by_hand_and_end_when_they_are_told_to(request, arguments):
    if arguments:
        request.getfixturevalue("node_servers")
    command = [sys.executable, "-m", "tests.servers", "--port", "0", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        url = line.partition("Base URL: ")[2].split()[0]
        client = openai.OpenAI(api_key=KEY, base_url=url, max_retries=0)
        assert finished(client, started(client).id).fine_tuned_model
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert (process.wait(20), process.stderr.read()) == (0, "")
        assert time.monotonic() - began < 15
    with pytest.raises(openai.APIConnectionError):
        client.files.list()

"""The cutter breaks what a test names, at the moment that the test names, and nothing else."""

import json
import os
import signal
import subprocess
import sys
import time

import openai
import pytest

from tests.publish.clients import KEY, MODEL, ROWS, client_of, finished, sent, started
from tests.servers import cutter as answers

JOB = {"model": MODEL}


def refused(client, **body):
    with pytest.raises(openai.APIStatusError) as caught:
        client.fine_tuning.jobs.create(**JOB, **{"training_file": "file-1", **body})
    return caught.value


def test_what_no_rule_names_passes_as_it_was(cutter, service):
    client = client_of(cutter)
    data = ROWS * 20_000
    file = sent(client, data)
    assert client.files.content(file.id).read() == data
    assert finished(client, started(client, training_file=file.id).id).status == "succeeded"
    first = cutter.journal.seen[0]
    assert (first.method, first.path, first.complete, first.upstream, first.answered) == (
        "POST",
        "/v1/files",
        True,
        200,
        200,
    )
    assert first.sha256 == service.requests[0].sha256 and first.bytes == service.requests[0].bytes
    assert KEY not in repr(cutter.journal)


def test_a_request_can_be_lost_before_the_service_has_it(cutter, service):
    cutter.add("POST", "/files$", cut="before")
    with pytest.raises(openai.APIConnectionError):
        sent(client_of(cutter))
    [seen] = cutter.journal.of("POST", "/files$")
    assert (seen.complete, seen.upstream, seen.answered, service.uploaded) == (True, None, None, [])
    assert sent(client_of(cutter)).bytes == len(ROWS)


def test_a_connection_can_break_in_the_middle_of_a_file(cutter, service):
    cutter.add("POST", "/files$", cut="arriving")
    with pytest.raises(openai.APIConnectionError):
        sent(client_of(cutter), ROWS * 50_000)
    [seen] = cutter.journal.of("POST", "/files$")
    assert not seen.complete and seen.bytes > len(ROWS) * 20_000 and service.requests == []


def test_an_answer_can_be_lost_after_the_service_did_it(cutter_before, either):
    cutter = cutter_before(either)
    client = client_of(cutter)
    file = sent(client).id
    cutter.add("POST", "/fine_tuning/jobs$", cut="after", at=2)
    assert started(client, training_file=file)
    with pytest.raises(openai.APIConnectionError):
        started(client, training_file=file)
    assert started(client, training_file=file)
    journal = [(one.upstream, one.answered) for one in cutter.journal.of("POST", "jobs$")]
    assert journal == [(200, 200), (200, None), (200, 200)]
    assert len(either.job_bodies) == len(list(client.fine_tuning.jobs.list())) == 3


def test_a_service_that_is_stopped_answers_nobody(service_with):
    service = service_with()
    client = client_of(service)
    client.files.list()
    service.stop()
    with pytest.raises(openai.APIConnectionError):
        client.files.list()


def test_an_answer_can_come_too_late(cutter, service):
    cutter.add("POST", "/files$", delay=1.5)
    with pytest.raises(openai.APITimeoutError):
        sent(client_of(cutter, timeout=0.5))
    assert len(service.uploaded) == 1


def test_an_answer_can_be_replaced_by_an_error(cutter, service):
    cutter.add("POST", "/files$", answer=answers.BROKEN, forward=True)
    with pytest.raises(openai.InternalServerError):
        sent(client_of(cutter))
    assert len(service.uploaded) == 1 and cutter.journal.seen[0].upstream == 200


def test_the_client_that_repeats_by_itself_starts_a_job_three_times(cutter, service):
    """Why ftlint does not let it."""
    file = sent(client_of(cutter)).id
    cutter.add("POST", "/fine_tuning/jobs$", cut="after", at=None)
    with pytest.raises(openai.APIConnectionError):
        started(client_of(cutter, max_retries=2), training_file=file)
    assert len(service.job_bodies) == 3


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (answers.TRAINING_NOT_AVAILABLE, 403, "training_not_available"),
        (answers.INSUFFICIENT_QUOTA, 429, "insufficient_quota"),
        (answers.WRONG_KEY, 401, "invalid_api_key"),
        (answers.BROKEN, 500, None),
        (answers.slow_down(2), 429, "rate_limit_exceeded"),
        (answers.BAD_GATEWAY, 502, None),
    ],
)
def test_a_refusal_can_be_written_down(cutter, service, answer, status, code):
    cutter.add("POST", "/fine_tuning/jobs$", answer=answer)
    error = refused(client_of(cutter))
    assert (error.status_code, error.code) == (status, code)
    assert error.response.headers.get("retry-after") == ("2" if code == "rate_limit_exceeded" else None)
    assert service.requests == []


def test_an_answer_can_be_broken_json(cutter, service):
    cutter.add("POST", "/fine_tuning/jobs$", answer=answers.BROKEN_JSON)
    with pytest.raises(json.JSONDecodeError):
        client_of(cutter).fine_tuning.jobs.create(**JOB, training_file="file-1")


SENDS = """
import sys, openai
client = openai.OpenAI(api_key="sk-test", base_url=sys.argv[1], max_retries=0)
client.files.create(file=("t.jsonl", b"x" * 40_000_000), purpose="fine-tune")
"""


@pytest.mark.parametrize(
    ("moment", "complete", "accepted"), [("on_half", False, 0), ("on_arrived", True, 1), ("on_accepted", True, 1)]
)
def test_the_client_can_be_killed_at_a_moment_of_a_request(cutter, service, moment, complete, accepted):
    seen_uploads = []

    def kill(seen):
        seen_uploads.append(len(service.uploaded))
        os.kill(client.pid, signal.SIGKILL)
        client.wait()

    cutter.add("POST", "/files$", **{moment: kill})
    client = subprocess.Popen([sys.executable, "-c", SENDS, cutter.base_url])
    assert client.wait(30) == -signal.SIGKILL
    ends = time.monotonic() + 10
    while len(service.uploaded) < accepted and time.monotonic() < ends:
        time.sleep(0.01)
    assert (len(service.uploaded), cutter.journal.seen[0].complete) == (accepted, complete)
    assert seen_uploads == [1 if moment == "on_accepted" else 0]

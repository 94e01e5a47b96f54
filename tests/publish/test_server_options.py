"""The service of ours can be as difficult as the services of others are."""

import base64
import hashlib
import threading

import openai
import pytest

from tests.publish.clients import KEY, MODEL, ROWS, client_of, finished, post, sent, started

DAY = 86_400


def test_a_file_is_processed_after_some_looks_and_cannot_be_used_before(service_with):
    client = client_of(service_with(processing=2))
    file = sent(client)
    assert file.status == "uploaded"
    with pytest.raises(openai.BadRequestError, match="uploaded"):
        started(client, training_file=file.id)
    assert [client.files.retrieve(file.id).status for _ in range(3)] == ["uploaded", "uploaded", "processed"]
    assert started(client, training_file=file.id).status == "validating_files"


def test_a_file_can_end_in_error(service_with):
    client = client_of(service_with(processing=1, file_error="line 3 is no JSON"))
    file = sent(client)
    assert client.files.wait_for_processing(file.id, poll_interval=0).status_details == "line 3 is no JSON"
    with pytest.raises(openai.BadRequestError, match="error"):
        started(client, training_file=file.id)


def test_a_job_can_fail_with_a_reason(service_with):
    error = {"code": "invalid_training_file", "message": "Example 12 has no assistant", "param": "training_file"}
    client = client_of(service_with(job_error=error))
    job = finished(client, started(client).id)
    assert (job.status, job.error.to_dict(), job.fine_tuned_model) == ("failed", error, None)
    assert client.fine_tuning.jobs.list_events(job.id).data[0].level == "error"


def test_a_job_can_come_to_statuses_that_the_description_does_not_have(service_with):
    client = client_of(service_with(course=("queued", "paused", "running", "succeeded")))
    job = started(client)
    assert [client.fine_tuning.jobs.retrieve(job.id).status for _ in range(3)] == ["paused", "running", "succeeded"]


def test_events_are_messages_and_metrics_newest_first(service):
    client = client_of(service)
    job = finished(client, started(client, hyperparameters={"n_epochs": 1}).id)
    events = list(client.fine_tuning.jobs.list_events(job.id, limit=3))
    assert events[-1].message == f"Created fine-tuning job: {job.id}"
    assert events[0].message == f"New fine-tuned model created: {job.fine_tuned_model}"
    assert [one.data["step"] for one in events if one.type == "metrics"] == [4, 3, 2, 1]
    assert job.trained_tokens == len(ROWS) // 4


def test_objects_may_have_fields_and_ids_that_nobody_knows(service_with):
    client = client_of(service_with(uuids=True, extra={"shared_with": {"nobody": True}}))
    job = started(client, validation_file=sent(client).id)
    assert len(job.id) == 36 and job.model_extra["shared_with"] == {"nobody": True}
    assert client.files.retrieve(job.training_file).model_extra["shared_with"]


def test_lists_can_lag_behind(service_with):
    client = client_of(service_with(lag=2))
    job = started(client)
    assert [len(client.files.list().data) for _ in range(3)] == [0, 0, 1]
    assert [len(client.fine_tuning.jobs.list().data) for _ in range(3)] == [0, 0, 1]
    assert client.fine_tuning.jobs.retrieve(job.id).id == job.id


@pytest.mark.parametrize("filters", [True, False])
def test_a_list_of_jobs_may_ignore_what_it_is_asked_for(service_with, filters):
    client = client_of(service_with(filters_metadata=filters))
    file = sent(client).id
    one, two = (started(client, training_file=file, metadata={"ftlint_key": key}) for key in "ab")
    found = [job.id for job in client.fine_tuning.jobs.list(metadata={"ftlint_key": "a"})]
    assert found == ([one.id] if filters else [two.id, one.id])


def test_a_service_may_not_take_metadata(service_with):
    client = client_of(service_with(takes_metadata=False))
    with pytest.raises(openai.BadRequestError, match="metadata"):
        started(client, metadata={"a": "b"})
    assert started(client).metadata is None


def test_lists_come_in_pages(service):
    client = client_of(service)
    ids = [sent(client, name=f"{number}.jsonl").id for number in range(5)]
    page = client.files.list(limit=2)
    assert [one.id for one in page.data] == ids[:2:-1] and page.has_more
    assert [one.id for one in client.files.list(limit=2)] == ids[::-1]
    assert [one.id for one in client.files.list(order="asc", after=ids[3])] == ids[4:]


def test_azure_has_addresses_a_key_and_a_field_of_its_own(service_with):
    service = service_with(azure=True, key=KEY)
    client = openai.AzureOpenAI(azure_endpoint=service.base_url, api_key=KEY, api_version="2025-04-01", max_retries=0)
    job = started(client, extra_body={"trainingType": "GlobalStandard"})
    assert finished(client, job.id).status == "succeeded"
    assert service.requests[0].path == "/openai/files" and service.job_bodies[0]["trainingType"] == "GlobalStandard"
    newer = client_of(service, base_url=f"{service.root}/openai/v1")
    assert newer.fine_tuning.jobs.retrieve(job.id).status == "succeeded"
    with pytest.raises(openai.AuthenticationError):
        client.copy(api_key="sk-other").files.list()
    with pytest.raises(openai.NotFoundError):
        client_of(service, base_url=f"{service.root}/v1").files.list()


def test_only_one_key_may_be_taken(service_with):
    service = service_with(key="sk-test-another")
    with pytest.raises(openai.AuthenticationError):
        client_of(service).files.list()
    assert client_of(service, api_key="sk-test-another").files.list().data == []


def test_a_job_wants_a_file_that_exists(service):
    with pytest.raises(openai.BadRequestError, match="file-nowhere does not exist"):
        started(client_of(service), training_file="file-nowhere")


def test_results_may_be_encoded_once_more(service_with):
    client = client_of(service_with(results_base64=True))
    job = finished(client, started(client, validation_file=sent(client).id).id)
    data = client.files.content(job.result_files[0]).read()
    assert base64.b64decode(data, validate=True).decode().splitlines()[4] == "4,0.40000,0.90000,0.50000,0.80000"


def test_a_prompt_is_answered_too_and_as_a_test_says(service_with):
    client = client_of(service_with(reply=lambda model, text: text.upper()))
    assert client.completions.create(model="davinci-002", prompt="hi").choices[0].text == "HI"
    with pytest.raises(openai.NotFoundError):
        client.chat.completions.create(model="ft:gpt-4o:nobody", messages=[{"role": "user", "content": "Hi"}])


def uploading(client, data=ROWS, size=None):
    return client.uploads.create(
        filename="t.jsonl", purpose="fine-tune", bytes=len(data) if size is None else size, mime_type="text/jsonl"
    )


def test_an_upload_must_have_the_size_and_the_digest_that_it_says(service):
    client = client_of(service)
    upload = uploading(client, size=len(ROWS) * 2)
    part = client.uploads.parts.create(upload.id, data=ROWS).id
    with pytest.raises(openai.BadRequestError, match="bytes"):
        client.uploads.complete(upload.id, part_ids=[part])
    with pytest.raises(openai.BadRequestError, match="twice"):
        client.uploads.complete(upload.id, part_ids=[part, part])
    with pytest.raises(openai.BadRequestError, match="unknown part"):
        client.uploads.complete(upload.id, part_ids=[part, "part_1"])
    other = client.uploads.parts.create(upload.id, data=ROWS).id
    with pytest.raises(openai.BadRequestError, match="md5"):
        client.uploads.complete(upload.id, part_ids=[part, other], md5=hashlib.md5(ROWS).hexdigest())
    assert service.uploaded == []
    assert client.uploads.complete(upload.id, part_ids=[other, part]).status == "completed"
    assert [one.bytes for one in service.uploaded] == [len(ROWS) * 2]


def test_an_upload_that_is_cancelled_takes_no_more_parts(service):
    client = client_of(service)
    upload = uploading(client)
    assert client.uploads.cancel(upload.id).status == "cancelled"
    with pytest.raises(openai.BadRequestError, match="cancelled"):
        client.uploads.parts.create(upload.id, data=ROWS)


def test_an_upload_expires_after_an_hour(service_with):
    now = [1_800_000_000.0]
    client = client_of(service_with(clock=lambda: now[0]))
    upload = uploading(client)
    assert upload.expires_at == upload.created_at + 3600
    now[0] += 3599
    part = client.uploads.parts.create(upload.id, data=ROWS)
    now[0] += 1
    with pytest.raises(openai.BadRequestError, match="expired"):
        client.uploads.complete(upload.id, part_ids=[part.id])


def test_files_and_parts_can_be_too_large(service_with):
    client = client_of(service_with(part_limit=1000, file_limit=2000))
    upload = uploading(client, size=1001)
    with pytest.raises(openai.APIStatusError, match="1000 bytes"):
        client.uploads.parts.create(upload.id, data=b"x" * 1001)
    with pytest.raises(openai.APIStatusError, match="2000 bytes"):
        sent(client, b"x" * 2001)
    assert client.uploads.parts.create(upload.id, data=b"x" * 1000).upload_id == upload.id
    assert sent(client, b"x" * 2000).bytes == 2000


def test_uploads_may_come_at_the_same_time(service):
    client = client_of(service)
    upload = uploading(client, size=8 * len(ROWS))
    parts = {}

    def send(number):
        parts[number] = client.uploads.parts.create(upload.id, data=ROWS).id

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = client.uploads.complete(upload.id, part_ids=[parts[number] for number in range(8)])
    assert client.files.content(done.file.id).read() == ROWS * 8


@pytest.mark.parametrize("size", [0, 1, 262_143, 262_144, 262_145, 3_000_000])
def test_a_file_of_any_size_arrives_as_it_was_sent(service, size):
    data = bytes(number * number % 251 for number in range(size)).replace(b"\x01\x02", b"\r\n--")
    client = client_of(service)
    assert client.files.content(sent(client, data).id).read() == data
    assert service.uploaded[0].sha256 == hashlib.sha256(data).hexdigest()


def test_what_cannot_be_read_is_refused_in_the_form_of_the_service(service):
    assert post(service, "/fine_tuning/jobs", [1])[0] == 400
    assert post(service, "/nowhere", {})[0] == 404
    for form in ("multipart/form-data; boundary=x", "multipart/form-data"):
        assert post(service, "/files", b"--x", content_type=form)[0] == 400
    assert post(service, "/fine_tuning/jobs", b"{")[0] == 400


def test_a_grader_can_be_checked(service):
    grader = {"type": "string_check", "name": "g", "input": "a", "reference": "b", "operation": "eq"}
    assert client_of(service).fine_tuning.alpha.graders.validate(grader=grader).grader.name == "g"
    with pytest.raises(openai.BadRequestError):
        client_of(service).fine_tuning.alpha.graders.validate(grader={**grader, "operation": "equals"})


def test_models_are_listed_with_those_that_jobs_made(service):
    client = client_of(service)
    job = finished(client, started(client).id)
    names = [one.id for one in client.models.list()]
    assert MODEL in names and job.fine_tuned_model in names
    assert client.models.retrieve(job.fine_tuned_model).id == job.fine_tuned_model

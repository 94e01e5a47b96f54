"""`ftlint jobs` against a service on this machine."""

import json

import pytest

from tests.publish.conftest import KEY
from tests.servers.cutter import BAD_GATEWAY, BROKEN, BROKEN_JSON, WRONG_KEY, Answer
from tests.servers.wire import json_answer


@pytest.fixture
def started(service):
    """Starts jobs at the service, and gives their ids."""

    def start(count=1, **fields):
        file = service.publish("train.jsonl", b"{}")
        service.files.all[file].purpose = "fine-tune"
        bodies = [{"model": "gpt-4o-mini-2024-07-18", "training_file": file, **fields} for _ in range(count)]
        return [service.jobs.create(body)["id"] for body in bodies]

    return start


@pytest.fixture
def jobs(desk, service):
    """Runs `ftlint jobs` against the service."""
    return lambda *words, **environment: desk.run("jobs", *words, "--base-url", service.base_url, **environment)


def finish(service, job_id):
    while service.jobs.look(job_id)["status"] not in ("succeeded", "failed", "cancelled"):
        pass


def test_the_newest_jobs_are_listed_with_status_time_and_model(jobs, service, started):
    first, second = started(2)
    finish(service, first)
    done = jobs("list")
    header, *lines = done.stdout.splitlines()
    assert header.split()[:3] == ["job", "status", "created"]
    assert [line.split()[:2] for line in lines] == [[second, "validating_files"], [first, "succeeded"]]
    assert "Z  gpt-4o-mini-2024-07-18" in lines[0]
    assert "ft:gpt-4o-mini-2024-07-18:acme" in lines[1]
    assert (done.returncode, done.stderr) == (0, "")


def test_a_list_has_a_limit_and_says_so(jobs, started):
    started(5)
    done = jobs("list", "--limit", "3")
    assert len(done.stdout.splitlines()) == 4
    assert "more than 3 jobs; --limit shows more" in done.stderr


def test_a_list_goes_over_as_many_pages_as_it_takes(jobs, started):
    ids = started(130)
    done = jobs("list", "--limit", "1000", "--output-format", "json")
    assert [job["id"] for job in json.loads(done.stdout)["jobs"]] == ids[::-1]


def test_a_list_of_nothing_says_so(jobs):
    done = jobs("list")
    assert (done.returncode, done.stdout) == (0, "")
    assert "there are no jobs" in done.stderr


def test_unknown_fields_and_statuses_are_shown_as_they_are(desk, cutter):
    job = {
        "id": "j",
        "status": "being_\x1b[2Jweighed",
        "suffix_by": "x",
        "deep": {"er": [{"a": 1}, {"a": 2}], "at": [1]},
    }
    cutter.add("GET", "/jobs/j", answer=json_answer(job), at=None)
    text = desk.run("jobs", "show", "j", "--base-url", f"{cutter.root}/v1").stdout
    assert text.splitlines() == [
        "id         j",
        r"status     being_\x1b[2Jweighed",
        "suffix_by  x",
        "deep",
        "  er",
        "    a  1",
        "    --",
        "    a  2",
        "  at  [1]",
    ]
    as_json = desk.run("jobs", "show", "j", "--base-url", f"{cutter.root}/v1", "--output-format", "json").stdout
    assert json.loads(as_json) == {"version": 1, "job": job}
    assert as_json.isascii()


@pytest.mark.parametrize(
    "value", [None, [], {}, [None], [[]], [1, {"a": 1}], 10**400, -1e308, True, {"id": {}}, ["x" * 9999]]
)
def test_whatever_a_service_answers_has_a_line(desk, cutter, value):
    job = {"id": value, "status": value, "created_at": value, "model": value, "trained_tokens": value, "other": value}
    listed = {"data": [job, value], "has_more": False}
    cutter.add("GET", "/jobs/j", answer=json_answer(job), at=None)
    cutter.add("GET", "/jobs$", answer=json_answer(listed), at=None)
    for words in (("show", "j"), ("list",)):
        done = desk.run("jobs", *words, "--base-url", f"{cutter.root}/v1")
        assert (done.returncode, done.stderr) == (0, "")
    deep = json.loads('{"a": ' * 400 + "1" + "}" * 400)
    cutter.add("GET", "/jobs/deep", answer=json_answer(deep), at=None)
    assert desk.run("jobs", "show", "deep", "--base-url", f"{cutter.root}/v1").returncode == 0


def test_times_are_shown_as_moments_of_utc(desk, service_with):
    service = service_with(clock=lambda: 1_790_000_000.5)
    file = service.publish("train.jsonl", b"{}")
    service.files.all[file].purpose = "fine-tune"
    job = service.jobs.create({"model": "gpt-4o-mini", "training_file": file})
    for command in ("list", f"show {job['id']}"):
        done = desk.run("jobs", *command.split(), "--base-url", service.base_url)
        assert "2026-09-21T14:13:20Z" in done.stdout


def test_events_come_in_their_order_the_latest_last(jobs, service, started):
    (job,) = started()
    finish(service, job)
    told = jobs("events", job, "--limit", "3")
    assert "New fine-tuned model created" in told.stdout.splitlines()[-1]
    assert len(told.stdout.splitlines()) == 3
    assert "there are more than 3 events" in told.stderr


def test_checkpoints_are_listed_with_their_metrics(jobs, service, started):
    (job,) = started()
    finish(service, job)
    header, *lines = jobs("checkpoints", job).stdout.splitlines()
    assert header.split() == ["step", "created", "train_loss", "model"]
    assert [line.split()[0] for line in lines] == ["12", "8", "4"]
    assert ":ckpt-step-12" in lines[0]


def test_a_job_is_paused_resumed_and_cancelled_by_one_request_each(jobs, service, started):
    (job,) = started()
    assert jobs("pause", job).stdout == f"{job} is paused\n"
    assert jobs("resume", job).stdout == f"{job} is validating_files\n"
    assert jobs("cancel", job).stdout == f"{job} is cancelled\n"
    sent = [one.path.rpartition("/")[2] for one in service.requests if one.method == "POST"]
    assert sent == ["pause", "resume", "cancel"]


def test_a_change_that_the_service_refuses_exits_with_3(jobs, service, started):
    (job,) = started()
    finish(service, job)
    done = jobs("cancel", job)
    assert done.returncode == 3
    assert "cannot cancel" in done.stderr


@pytest.mark.parametrize(
    "what",
    [
        {"cut": "after"},
        {"answer": BROKEN, "forward": True},
        {"answer": BAD_GATEWAY, "forward": True},
        {"answer": BROKEN_JSON, "forward": True},
    ],
    ids=str,
)
def test_a_change_whose_answer_is_lost_is_looked_up_not_sent_again(desk, service, cutter, started, what):
    (job,) = started()
    cutter.add("POST", "/cancel", **what)
    done = desk.run("jobs", "cancel", job, "--base-url", f"{cutter.root}/v1")
    assert (done.returncode, done.stdout) == (0, f"{job} is cancelled\n")
    assert len(cutter.journal.of("POST", "/cancel")) == 1


def test_a_change_that_did_not_take_place_is_an_unknown_outcome(desk, cutter, started):
    (job,) = started()
    cutter.add("POST", "/cancel", cut="before")
    done = desk.run("jobs", "cancel", job, "--base-url", f"{cutter.root}/v1")
    assert done.returncode == 4
    assert "the job is queued now" in done.stderr
    assert f"ftlint jobs show {job}" in done.stderr
    assert len(cutter.journal.of("POST", "/cancel")) == 1


def test_a_change_is_unknown_where_the_service_says_nothing_any_more(desk, cutter, started):
    (job,) = started()
    desk.service(f"{cutter.root}/v1")
    cutter.add("POST", "/cancel", cut="after")
    cutter.add("GET", "/jobs", answer=BROKEN, at=None)
    done = desk.run("jobs", "cancel", job, "--to", "test")
    assert done.returncode == 4
    assert "does not say how the job is now" in done.stderr


@pytest.mark.parametrize("name", ["../files", "ftjob-1/../../files", "a b", "x?after=y", "ftjob#1", "%2e%2e", "ü"])
def test_an_id_is_never_another_path(jobs, service, name):
    done = jobs("show", name)
    assert done.returncode == 3
    assert "Could not find" in done.stderr or "Unknown request URL" in done.stderr
    assert all(one.path.startswith("/v1/fine_tuning/jobs/") and not one.query for one in service.requests)


@pytest.mark.parametrize("name", ["", " ", ".", "..", "x" * 501])
def test_what_cannot_be_an_id_is_refused_before_anything_is_sent(jobs, service, name):
    done = jobs("show", name)
    assert done.returncode == 2
    assert "is no id" in done.stderr
    assert service.requests == []


def test_the_model_says_which_service_is_meant(desk):
    done = desk.run("jobs", "list", "--model", "azure/gpt-4o")
    assert done.returncode == 2
    assert "AZURE_OPENAI_ENDPOINT" in done.stderr
    desk.file("ftlint.toml", 'model = "nebius/some-model"\n')
    done = desk.run("jobs", "list", FTLINT_API_KEY="")
    assert done.returncode == 2
    assert "no key for nebius" in done.stderr


def test_azure_is_asked_below_its_own_path(desk, service_with):
    service = service_with(azure=True, key=KEY)
    words = ("--to", "azure", "--base-url", service.root, "--api-version", "2026-01-01")
    done = desk.run("jobs", "list", *words, AZURE_OPENAI_API_KEY=KEY)
    assert (done.returncode, done.stdout) == (0, "")
    assert service.requests[0].path == "/openai/fine_tuning/jobs"


def test_a_service_with_an_api_of_its_own_is_not_asked(desk):
    done = desk.run("jobs", "list", "--model", "together/x")
    assert done.returncode == 2
    assert "has an API of its own" in done.stderr


def test_a_wrong_key_is_said_without_the_key(desk, service_with):
    service = service_with(key="another")
    done = desk.run("jobs", "list", "--base-url", service.base_url)
    assert done.returncode == 3
    assert "FTLINT_API_KEY" in done.stderr


def test_a_key_that_the_service_repeats_is_not_printed(desk, cutter):
    echoed = WRONG_KEY.body.replace(b"Incorrect API key provided", b"Incorrect API key provided: " + KEY.encode())
    cutter.add("GET", "/jobs", answer=Answer(401, echoed, WRONG_KEY.headers))
    done = desk.run("jobs", "list", "--base-url", f"{cutter.root}/v1")
    assert done.returncode == 3
    assert "[secret]" in done.stderr


def test_a_group_without_a_command_shows_its_help(desk):
    done = desk.run("jobs")
    assert done.returncode == 2
    assert "checkpoints" in done.stderr


def test_looking_is_repeated_when_a_service_cannot_answer_now(desk, cutter, started):
    (job,) = started()
    desk.service(f"{cutter.root}/v1")
    cutter.add("GET", "/jobs", answer=BROKEN, at=1)
    cutter.add("GET", "/jobs", cut="after", at=2)
    assert job in desk.run("jobs", "list", "--to", "test").stdout

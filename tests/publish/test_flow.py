"""Publishing from end to end, with a service that does not always do as one likes."""

import json
import re
import shutil
import subprocess
import sys
import time

import pytest

from tests.publish.conftest import KEY, rows
from tests.publish.zygote import Zygote
from tests.servers import cutter as answers
from tests.servers.options import Options
from tests.servers.service import Service
from tests.support import ROOT, chat

GPT = ("--to", "test", "--model", "gpt-4o-mini", "--today", "2026-11-25")


@pytest.fixture
def at(desk):
    """Writes a configuration that names a service."""

    def write(server, **table):
        desk.service(f"{server.root}/v1", **table)
        desk.file("train.jsonl", rows())
        return desk

    return write


def test_everything_that_is_asked_for_reaches_the_service_and_fits_its_description(at, service):
    desk = at(service)
    desk.file("valid.jsonl", rows(word="Ho"))
    done = desk.run(
        *("publish", "train.jsonl", *GPT, "--validation", "valid.jsonl", "--yes", "--suffix", "demo", "--seed", "7"),
        *("--epochs", "2", "--batch-size", "1", "--learning-rate-multiplier", "auto", "--metadata", "team=a"),
        *("--wandb", "acme/runs"),
    )
    assert done.returncode == 0, done.stderr
    (body,) = service.job_bodies
    assert body.pop("metadata")["team"] == "a"
    train, valid = (one["id"] for one in service.files.list({"order": "asc"})["data"] if one["purpose"] == "fine-tune")
    assert body == {
        "model": "gpt-4o-mini-2024-07-18",
        "training_file": train,
        "validation_file": valid,
        "suffix": "demo",
        "seed": 7,
        "method": {
            "type": "supervised",
            "supervised": {"hyperparameters": {"n_epochs": 2, "batch_size": 1, "learning_rate_multiplier": "auto"}},
        },
        "integrations": [{"type": "wandb", "wandb": {"project": "runs", "entity": "acme"}}],
    }
    model = "ft:gpt-4o-mini-2024-07-18:acme:demo:"
    assert f"model  {model}" in done.stdout and "trained tokens" in done.stdout
    assert f"ftlint try {model}" in done.stderr and "valid.jsonl" in done.stderr
    assert len(re.findall(r" is (validating_files|queued|running|succeeded)$", done.stdout, re.M)) >= 3


def test_preferences_fit_the_description(desk, either):
    desk.service(f"{either.root}/v1")
    words = ("--model", "gpt-4o", "--method", "dpo", "--beta", "0.1", "--today", "2026-11-25", "--to", "test", "--yes")
    done = desk.run("publish", ROOT / "examples" / "preference.jsonl", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert either.job_bodies[-1]["method"] == {"type": "dpo", "dpo": {"hyperparameters": {"beta": 0.1}}}


def test_reinforcement_and_its_grader_fit_the_description(desk, either):
    desk.service(f"{either.root}/v1")
    grader = {"type": "string_check", "name": "same", "operation": "eq"}
    grader |= {"input": "{{ sample.output_text }}", "reference": "{{ item.messages }}"}
    desk.file("grader.json", json.dumps(grader))
    train, valid = (ROOT / "examples" / f"{name}.jsonl" for name in ("reinforcement", "reinforcement-validation"))
    words = ("--model", "o4-mini", "--eval-samples", "2", "--today", "2026-01-01", "--to", "test", "--yes")
    done = desk.run("publish", train, "--validation", valid, "--grader", "grader.json", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert either.job_bodies[-1]["method"]["reinforcement"] == {
        "hyperparameters": {"eval_samples": 2},
        "grader": grader,
    }


def test_the_same_job_is_started_once_and_again_only_when_asked(at, service):
    desk = at(service)
    first = desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait")
    assert (first.returncode, len(service.job_bodies)) == (0, 1)
    second = desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait")
    assert second.returncode == 0 and "was started before" in second.stdout
    other = desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait", "--epochs", "3")
    assert other.returncode == 0 and len(service.job_bodies) == 2
    again = desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait", "--again")
    assert again.returncode == 0 and len(service.job_bodies) == 3
    assert len({body["metadata"]["ftlint_key"] for body in service.job_bodies}) == 3
    assert len(service.uploaded) == 1
    after = desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait")
    assert "was started before" in after.stdout and len(service.job_bodies) == 3


def test_what_this_machine_has_forgotten_is_found_at_the_service(at, service):
    desk = at(service)
    for words in ((), ("--again",)):
        assert desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait", *words).returncode == 0
    shutil.rmtree(desk.directory / ".ftlint")
    assert desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait").returncode == 0
    assert (len(service.uploaded), len(service.job_bodies)) == (1, 2)
    shutil.rmtree(desk.directory / ".ftlint")
    assert desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait", "--again").returncode == 0
    assert (len(service.uploaded), len(service.job_bodies)) == (1, 3)
    assert len({body["metadata"]["ftlint_key"] for body in service.job_bodies}) == 3


def test_a_file_that_was_deleted_at_the_service_is_sent_again(at, service):
    desk = at(service)
    assert desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait").returncode == 0
    (file,) = service.files.list({})["data"]
    service.files.delete(file["id"])
    assert desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait", "--suffix", "b").returncode == 0
    assert len(service.uploaded) == 2


JOBS = ("POST", "/fine_tuning/jobs$")
FILES = ("POST", "/files$")


@pytest.mark.parametrize(
    ("request_", "answer", "status", "sentence", "remedy"),
    [
        (JOBS, answers.TRAINING_NOT_AVAILABLE, 3, "(403 training_not_available)", "Train the same rows elsewhere"),
        (JOBS, answers.INSUFFICIENT_QUOTA, 3, "(429 insufficient_quota)", "See the plan and the billing"),
        (JOBS, answers.WRONG_KEY, 3, "(401 invalid_api_key)", "he key in FTLINT_API_KEY"),
        (JOBS, answers.BAD_GATEWAY, 4, "status 502, a web page: a gateway or a proxy", "type the same again"),
        (JOBS, answers.BROKEN_JSON, 4, "status 200, not an object of JSON", "type the same again"),
        (FILES, answers.INSUFFICIENT_QUOTA, 3, "(429 insufficient_quota)", "See the plan and the billing"),
        (FILES, answers.BAD_GATEWAY, 4, "status 502, a web page", "type the same again"),
        (("GET", "/files$"), answers.BAD_GATEWAY, 2, "status 502, a web page", ""),
        (("GET", "/files$"), answers.BROKEN_JSON, 2, "not an object of JSON", "is the address right?"),
    ],
)
def test_a_refusal_has_its_sentence_its_remedy_and_its_status(
    at, service, cutter, request_, answer, status, sentence, remedy
):
    desk = at(cutter)
    cutter.add(*request_, at=None, answer=answer)
    done = desk.run("publish", "train.jsonl", *GPT, "--yes")
    assert done.returncode == status
    last = done.stderr.splitlines()[-1]
    assert last.startswith("ftlint: error: ") and sentence in last and remedy in last
    assert "Traceback" not in done.stderr
    if answer is answers.INSUFFICIENT_QUOTA:
        assert len(cutter.journal.of(*request_)) == 1  # to ask again would be pointless
    if request_ == JOBS and status == 3:
        (file,) = service.files.list({})["data"]
        assert f"ftlint files delete {file['id']} --to test\n" in done.stderr
    assert service.job_bodies == []


def test_after_an_unknown_outcome_the_same_call_starts_the_job_once(at, service, cutter):
    desk = at(cutter)
    cutter.add(*JOBS, answer=answers.BAD_GATEWAY)
    assert desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait").returncode == 4
    assert desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait").returncode == 0
    assert (len(service.uploaded), len(service.job_bodies)) == (1, 1)


def test_too_many_requests_are_waited_for(at, service, cutter):
    desk = at(cutter)
    for request_ in (JOBS, FILES, ("GET", "/files$")):
        cutter.add(*request_, answer=answers.slow_down(0.1))
    assert desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait").returncode == 0
    assert (len(service.uploaded), len(service.job_bodies)) == (1, 1)


def test_a_job_that_fails_on_a_row_is_mapped_back_to_the_file(desk, service_with):
    said = 'Invalid file format. Example 12 contains an extra "weight".'
    service = service_with(job_error={"code": "invalid_training_file", "message": said, "param": "training_file"})
    desk.service(f"{service.root}/v1")
    desk.file("train.jsonl", [*rows(11), chat("user: odd one", "assistant: Yes.", weight=1), *rows(3)])
    done = desk.run("publish", "train.jsonl", *GPT, "--yes")
    assert done.returncode == 1  # the check finds it before
    desk.file("train.jsonl", [*rows(11), chat("user: odd one", "assistant: Yes."), *rows(3)])
    done = desk.run("publish", "train.jsonl", *GPT, "--yes")
    assert done.returncode == 3
    assert "FT102" in done.stdout and "train.jsonl" in done.stdout and "odd one" in done.stdout
    assert f'ended as failed: "{said}"' in done.stderr.splitlines()[-1]
    more = desk.run("publish", "train.jsonl", *GPT, "--yes")
    assert more.returncode == 3 and "--again starts a further one" in more.stderr
    as_json = desk.run("publish", "train.jsonl", *GPT, "--yes", "--output-format", "json")
    assert [json.loads(line) for line in as_json.stdout.splitlines()][-1]["status"]["status"] == "failed"
    assert "FT102" in as_json.stderr
    assert len(service.job_bodies) == 1


def test_a_file_that_the_service_finds_wrong_is_mapped_back_too(desk, service_with):
    service = service_with(file_error="Invalid file format. Example 3 cannot be parsed.")
    desk.service(f"{service.root}/v1")
    desk.file("train.jsonl", rows())
    done = desk.run("publish", "train.jsonl", *GPT, "--yes")
    assert done.returncode == 3
    assert "Example 3" in done.stdout and "Hi 2" in done.stdout
    assert "the files stay at the service: " in done.stderr
    assert service.job_bodies == []


def test_statuses_and_fields_that_are_not_known_are_carried_through(desk, request):
    course = ("validating_files", "pending_review", "paused", "running", "succeeded")
    service = Service(Options(course=course, extra={"novelty": {"a": 1}}, uuids=True))
    request.addfinalizer(service.stop)
    desk.service(f"{service.root}/v1")
    desk.file("train.jsonl", rows())
    done = desk.run("publish", "train.jsonl", *GPT, "--yes", "--output-format", "json")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    statuses = [line["status"] for line in lines if "status" in line]
    assert "pending_review" in [job["status"] for job in statuses] and statuses[-1]["novelty"] == {"a": 1}
    assert [*lines[0]] == ["plan"] and lines[1]["file"]["sent"] is True
    assert "it waits until: ftlint jobs resume" in done.stderr


def test_hostile_words_of_a_service_do_not_steer_the_terminal(at, service, cutter):
    desk = at(cutter)
    words = "\x1b[2J\u202e##[error]x " + KEY
    cutter.add(*JOBS, at=None, answer=answers.error_answer(400, words, "bad\x07"))
    done = desk.run("publish", "train.jsonl", *GPT, "--yes")
    assert done.returncode == 3
    assert not re.search("[\x07\x1b\u202e]", done.stdout + done.stderr) and "##[" not in done.stderr
    assert "[secret]" in done.stderr


def test_azure_is_spoken_to_in_both_forms(desk, service_with):
    service = service_with(azure=True)
    desk.file("train.jsonl", rows())
    desk.file(
        "ftlint.toml",
        f'[destinations.older]\nlike = "azure"\nbase-url = "{service.root}"\npoll = 0.02\nlag = 0.1\nupload-from = 9\n'
        f'[destinations.newer]\nlike = "azure-v1"\nbase-url = "{service.root}/openai/v1"\npoll = 0.02\nlag = 0.1\n',
    )
    words = ("publish", "train.jsonl", "--model", "azure/gpt-4o-mini", "--yes", "--training-type", "standard", "--to")
    older = desk.run(*words, "older", "--api-version", "2025-04-01-preview")
    assert older.returncode == 0, older.stderr
    assert ("api-version", "2025-04-01-preview") in service.requests[0].query
    newer = desk.run(*words, "newer", "--suffix", "b")
    assert newer.returncode == 0, newer.stderr
    assert [body["trainingType"] for body in service.job_bodies] == ["Standard", "Standard"]
    paths = [one.path for one in service.requests if one.method == "POST" and one.path.endswith("/jobs")]
    assert paths == ["/openai/fine_tuning/jobs", "/openai/v1/fine_tuning/jobs"]
    assert any(one.path == "/openai/uploads" for one in service.requests)


def test_ctrl_c_ends_the_following_and_leaves_the_job_alone(desk, service_with, tmp_path):
    service = service_with(course=("validating_files", *["running"] * 10_000, "succeeded"))
    desk.service(f"{service.root}/v1")
    desk.file("train.jsonl", rows())
    zygote = Zygote()
    running = zygote.start("publish", "train.jsonl", *GPT, "--yes", cwd=desk.directory, env=desk.environment)
    while not service.job_bodies:
        time.sleep(0.02)
    time.sleep(0.3)
    running.interrupt()
    status, output = running.wait()
    zygote.close()
    assert status == 130 and KEY not in output
    (job,) = service.jobs.all
    assert f"ftlint jobs follow {job} --to test\n" in output and f"ftlint jobs cancel {job} --to test\n" in output
    assert not [one for one in service.requests if one.path.endswith("/cancel")]


def test_an_upload_goes_on_with_the_part_that_was_missing(at, service, cutter):
    size = sum(len(json.dumps(row)) + 1 for row in rows())
    desk = at(cutter, upload_from=1, part_bytes=size // 3 + 1)
    zygote, running = Zygote(), None
    cutter.add("POST", "/parts$", at=3, cut="arriving", on_half=lambda seen: running.kill())
    words = ("publish", "train.jsonl", *GPT, "--yes", "--no-wait")
    running = zygote.start(*words, cwd=desk.directory, env=desk.environment)
    assert running.wait()[0] == -9
    before = len(cutter.journal.of("POST", "/parts$"))
    running = zygote.start(*words, cwd=desk.directory, env=desk.environment)
    assert running.wait()[0] == 0
    zygote.close()
    assert (before, len(cutter.journal.of("POST", "/parts$"))) == (3, 4)
    assert len(cutter.journal.of("POST", "/uploads$")) == 1 and len(service.uploaded) == 1


def test_no_key_in_a_traceback_of_ours(desk):
    code = (
        "import sys; sys.argv = ['ftlint', 'publish', 'train.jsonl', '--model', 'gpt-4o-mini', '--yes']\n"
        "import ftlint.publish.plan as plan\n"
        "def bug(*given, **more): raise RuntimeError('Bearer ' + __import__('os').environ['FTLINT_API_KEY'])\n"
        "plan.digest = bug\n"
        "from ftlint.cli import main; main()\n"
    )
    desk.file("train.jsonl", rows())
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=desk.directory, env=desk.environment, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "RuntimeError: Bearer [secret]" in done.stderr and KEY not in done.stdout + done.stderr


def test_a_service_that_is_not_there_is_one_sentence(desk):
    desk.file("train.jsonl", rows())
    desk.file("ftlint.toml", '[destinations.test]\nbase-url = "http://127.0.0.1:9/v1"\nretry = 0.01\n')
    done = desk.run("publish", "train.jsonl", *GPT, "--yes")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("ftlint: error: cannot reach 127.0.0.1:9: ")


def test_on_a_terminal_the_plan_is_shown_and_a_question_is_asked(at, service):
    desk = at(service)
    status, output = desk.answer("n", "publish", "train.jsonl", *GPT)
    assert status == 130 and "Upload and start this job? [y/N]: " in output
    assert not [one for one in service.requests if one.method == "POST"]
    status, output = desk.answer("y", "publish", "train.jsonl", *GPT)
    assert status == 0 and "is succeeded" in output and len(service.job_bodies) == 1


def test_on_a_terminal_files_of_a_refused_job_are_deleted_if_one_likes(at, service, cutter):
    desk = at(cutter)
    cutter.add(*JOBS, at=None, answer=answers.TRAINING_NOT_AVAILABLE)
    status, output = desk.answer("yn", "publish", "train.jsonl", *GPT)
    assert status == 3 and "Delete those uploaded now? [y/N]: " in output
    assert len(service.files.list({})["data"]) == 1
    desk.file("train.jsonl", rows(word="Ho"))
    status, output = desk.answer("yy", "publish", "train.jsonl", *GPT)
    assert status == 3 and "is deleted" in output
    assert len(service.files.list({})["data"]) == 1


@pytest.mark.parametrize("shown", ["null", "0"])
def test_a_service_may_not_know_the_size_of_a_file_yet(at, service, cutter, shown):
    desk = at(cutter)
    made = f'{{"id": "file-1", "object": "file", "filename": "x", "bytes": {shown}, "status": "pending"}}'.encode()
    cutter.add(*FILES, answer=answers.Answer(200, made, {"Content-Type": "application/json"}))
    cutter.add("GET", "/files/file-1$", at=None, answer=answers.error_answer(404, "gone"))
    done = desk.run("publish", "train.jsonl", *GPT, "--yes", "--no-wait")
    assert "train.jsonl uploaded as file-1" in done.stdout and "arrived" not in done.stderr

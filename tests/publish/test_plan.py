"""Everything that is said before anything is sent. No service is there, and none is asked."""

import json

import pytest

from tests.publish.conftest import rows
from tests.support import ROOT, chat

GPT = ("--model", "gpt-4o-mini", "--today", "2026-11-25")


def plan(desk, *words, **environment):
    done = desk.run("publish", *words, "--dry-run", "--output-format", "json", **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["plan"]


def test_a_dry_run_shows_files_cost_model_and_destination_and_needs_no_key(desk):
    desk.file("train.jsonl", rows())
    desk.file("valid.jsonl", rows(word="Ho"))
    del desk.environment["FTLINT_API_KEY"]
    environment = {"OPENAI_ORG_ID": "org-acme", "OPENAI_PROJECT_ID": "proj_1"}
    words = ("--validation", "valid.jsonl", "--epochs", "2", "--suffix", "demo", "--seed", "7", "--metadata", "team=a")
    done = desk.run("publish", "train.jsonl", *GPT, *words, "--dry-run", **environment)
    assert done.returncode == 0
    text = " ".join(done.stdout.split())
    for part in (
        "training train.jsonl: 12 rows",
        "validation valid.jsonl: 12 rows",
        "sent as train.",
        "model gpt-4o-mini-2024-07-18 (no new jobs from 2027-01-06",
        "method supervised: n_epochs 2",
        "× 2 epochs =",
        "$3.00/1M (price of 2024-10-01)",
        "suffix demo",
        'metadata {"team": "a"}',
        "destination api.openai.com (openai), organization org-acme, project proj_1",
    ):
        assert part in text
    assert done.stderr == "ftlint: note: nothing was sent\n"
    assert not (desk.directory / ".ftlint").exists()


def test_the_plan_as_json_holds_the_request(desk):
    desk.file("train.jsonl", rows())
    found = plan(desk, "train.jsonl", *GPT, "--batch-size", "auto", "--hyperparameter", "n_epochs=3")
    assert found["request"] == {
        "model": "gpt-4o-mini-2024-07-18",
        "method": {"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 3, "batch_size": "auto"}}},
    }
    assert (found["epochs"], found["epochs_asked"]) == (3, True)
    assert len(found["files"][0]["sha256"]) == 64


def test_errors_refuse_and_there_is_no_way_around(desk):
    desk.file("train.jsonl", [*rows(), chat("user: Hi", "assistant: ")])
    done = desk.run("publish", "train.jsonl", *GPT, "--yes")
    assert done.returncode == 1
    assert "FT211" in done.stdout
    assert done.stderr.endswith("ftlint: error: not published: the check found 1 error\n")
    assert desk.run("publish", "train.jsonl", *GPT, "--force").returncode == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("train.jsonl",), "name the model to train: --model MODEL"),
        (("train.jsonl", "--model", "gpt-4o-mni"), 'unknown model "gpt-4o-mni". Did you mean "gpt-4o-mini"?'),
        (("train.jsonl", "--model", "azure"), '"azure" is a provider; name the model to train'),
        (("none.jsonl", *GPT), "cannot read none.jsonl"),
        (("-", *GPT), "what is published is a file, not standard input"),
        ((".", *GPT), ". is not one training file; a job has exactly one"),
        (("train.jsonl", *GPT, "--metadata", "a=1", "--metadata", "a=2"), 'metadata "a" is given twice'),
        (("train.jsonl", *GPT, "--metadata", "a"), '"a" is not of the form KEY=VALUE'),
        (("train.jsonl", *GPT, "--batch-size", "many"), '"many" is neither a number nor auto'),
        (("train.jsonl", *GPT, "--extra-body", "[]"), "it is not a JSON object"),
        (("train.jsonl", *GPT, "--base-url", "http://example.com/v1"), "is not encrypted"),
        (("train.jsonl", *GPT, "--yes"), "no key for openai: set OPENAI_API_KEY or FTLINT_API_KEY"),
        (("train.jsonl", *GPT, "--to", "bedrock", "--base-url", "https://a.b/v1", "--suffix", "x"), "takes no suffix"),
        (("train.jsonl", *GPT, "--training-type", "Standard"), "openai has no training types"),
    ],
)
def test_a_wrong_call_is_one_sentence(desk, words, message):
    desk.file("train.jsonl", rows())
    desk.file("other.jsonl", rows())
    del desk.environment["FTLINT_API_KEY"]
    ask = () if "--yes" in words else ("--dry-run",)
    done = desk.run("publish", *words, *ask)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr


def test_ranges_of_hyperparameters_are_checked_with_the_file(desk):
    desk.file("train.jsonl", rows())
    done = desk.run("publish", "train.jsonl", *GPT, "--epochs", "99", "--suffix", "x" * 70, "--seed", "-1", "--dry-run")
    assert done.returncode == 1
    assert done.stdout.count("FT905") >= 3


def test_a_budget_refuses(desk):
    desk.file("train.jsonl", rows())
    assert desk.run("publish", "train.jsonl", *GPT, "--max-cost", "0.000001", "--dry-run").returncode == 1
    assert desk.run("publish", "train.jsonl", *GPT, "--max-cost", "10", "--dry-run").returncode == 0
    desk.file("train.jsonl", rows())
    unknown = ("--model", "azure/gpt-4o-mini", "--base-url", "https://r.openai.azure.com/openai/v1")
    assert desk.run("publish", "train.jsonl", *unknown, "--max-cost", "10", "--dry-run").returncode == 1


def test_where_nobody_can_answer_yes_must_be_said(desk):
    desk.file("train.jsonl", rows())
    done = desk.run("publish", "train.jsonl", *GPT, OPENAI_API_KEY="sk-" + "x" * 20)
    assert done.returncode == 2
    assert "there is no terminal to ask on; --yes agrees, --dry-run shows" in done.stderr


def test_in_ci_a_plan_is_shown_and_nothing_is_sent_without_yes(desk):
    desk.file("train.jsonl", rows())
    done = desk.run("publish", "train.jsonl", *GPT, CI="true")
    assert done.returncode == 0
    assert done.stderr == "ftlint: note: nothing was sent; where CI is set, --yes sends it\n"


def test_a_dataset_of_the_configuration_is_published_by_its_name(desk):
    desk.file("t.jsonl", rows())
    desk.file("v.jsonl", rows(word="Ho"))
    desk.file(
        "ftlint.toml",
        '[[dataset]]\nname = "support"\ntrain = "t.jsonl"\nvalidation = "v.jsonl"\nmodel = "gpt-4o-mini"\n'
        'epochs = 2\nsuffix = "sup"\n',
    )
    found = plan(desk, "support")
    assert [file["path"] for file in found["files"]] == ["t.jsonl", "v.jsonl"]
    assert (found["epochs"], found["request"]["suffix"]) == (2, "sup")
    assert plan(desk, "support", "--epochs", "4")["epochs"] == 4


def test_a_model_that_only_the_service_knows_is_sent_as_it_is(desk):
    desk.file("train.jsonl", rows())
    found = plan(desk, "train.jsonl", "--model", "acme/tiny", "--base-url", "https://gateway.example/v1")
    assert (found["request"]["model"], found["cost"]) == ("acme/tiny", None)
    assert found["destination"]["host"] == "gateway.example"


def test_the_name_that_is_sent_is_the_model_s_own(desk):
    desk.file("train.jsonl", rows())
    assert plan(desk, "train.jsonl", "--model", "openai/gpt-4o-mini")["request"]["model"] == "gpt-4o-mini-2024-07-18"
    tuned = "ft:gpt-4o-mini-2024-07-18:acme::abc"
    assert plan(desk, "train.jsonl", "--model", tuned)["request"]["model"] == tuned
    azure = ("--model", "azure/gpt-4o-mini", "--base-url", "https://r.openai.azure.com/openai/v1")
    assert plan(desk, "train.jsonl", *azure, "--training-type", "standard")["request"] == {
        "model": "gpt-4o-mini",
        "method": {"type": "supervised"},
        "trainingType": "Standard",
    }


def test_the_grader_goes_into_the_request_without_its_wrapper(desk):
    example = ROOT / "examples"
    words = (example / "reinforcement.jsonl", "--validation", example / "reinforcement-validation.jsonl")
    grader = json.loads((example / "grader.json").read_bytes())
    desk.file("wrapped.json", json.dumps({"grader": grader}))
    found = plan(desk, *words, "--grader", "wrapped.json", "--model", "o4-mini", "--today", "2026-01-01")
    assert found["request"]["method"]["reinforcement"]["grader"] == grader
    assert found["epochs"] is None

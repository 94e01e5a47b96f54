"""The request for a job, and the key by which it is known again."""

import pytest

from ftlint.core.errors import FtlintError
from ftlint.publish.connection import Address, connect
from ftlint.publish.local import LocalFile
from ftlint.publish.request import JobOptions, build, file_key

TRAIN = LocalFile("train.jsonl", 10, "a" * 64, "b" * 32)
VALID = LocalFile("valid.jsonl", 10, "c" * 64, "d" * 32)


def connection(destination="openai", **environment):
    url = {"bedrock": "https://bedrock-mantle.eu-west-1.api.aws/v1", "azure-v1": "https://r.openai.azure.com/openai/v1"}
    environment = {"FTLINT_API_KEY": "key-12345678", **environment}
    return connect(Address(destination=destination, base_url=url.get(destination)), "openai", {}, environment)


def request(destination="openai", validation=None, **options):
    given = {"model": "m", "method": "supervised", **options}
    return build(connection(destination), JobOptions(**given), TRAIN, validation)


def test_nothing_is_sent_that_nobody_asked_for():
    assert request().sent("f1", None, "mark") == {
        "model": "m",
        "method": {"type": "supervised"},
        "training_file": "f1",
        "metadata": {"ftlint_key": "mark"},
    }


def test_everything_that_was_asked_for_is_sent():
    made = request(
        method="dpo",
        hyperparameters={"n_epochs": 2, "beta": 0.1},
        suffix="s",
        seed=7,
        metadata={"team": "a"},
        wandb="acme/runs",
        extra_body={"method": {"dpo": {"hyperparameters": {"beta": 0.2}}}, "x": 1},
        validation=VALID,
    )
    assert made.sent("f1", "f2", "mark") == {
        "model": "m",
        "method": {"type": "dpo", "dpo": {"hyperparameters": {"n_epochs": 2, "beta": 0.2}}},
        "suffix": "s",
        "seed": 7,
        "metadata": {"team": "a", "ftlint_key": "mark"},
        "integrations": [{"type": "wandb", "wandb": {"project": "runs", "entity": "acme"}}],
        "x": 1,
        "training_file": "f1",
        "validation_file": "f2",
    }


def test_the_grader_stands_in_the_method():
    made = request(method="reinforcement", grader={"type": "string_check"}, hyperparameters={"eval_samples": 1})
    assert made.body["method"] == {
        "type": "reinforcement",
        "reinforcement": {"hyperparameters": {"eval_samples": 1}, "grader": {"type": "string_check"}},
    }


def test_what_a_service_does_not_take_is_refused_and_not_left_out():
    with pytest.raises(FtlintError, match="bedrock takes no suffix; leave it out"):
        request("bedrock", suffix="s")
    with pytest.raises(FtlintError, match="openai has no training types"):
        request(training_type="Standard")
    with pytest.raises(FtlintError, match='unknown training type "Fast"; azure-v1 has Standard'):
        request("azure-v1", training_type="Fast")
    assert request("azure-v1", training_type="globalstandard").body["trainingType"] == "GlobalStandard"


def test_hyperparameters_stand_where_the_service_wants_them():
    assert request("nebius", hyperparameters={"lora": True}).body == {"model": "m", "hyperparameters": {"lora": True}}


def test_the_key_is_that_of_the_job_and_the_account():
    same = request(hyperparameters={"a": 1, "b": 2}).key
    assert request(hyperparameters={"b": 2, "a": 1}).key == same
    others = [
        request().key,
        request(hyperparameters={"a": 1, "b": 3}).key,
        request(hyperparameters={"a": 1, "b": 2}, validation=VALID).key,
        build(connection(OPENAI_ORG_ID="o"), JobOptions("m", "supervised", {"a": 1, "b": 2}), TRAIN, None).key,
        build(connection(), JobOptions("m", "supervised", {"a": 1, "b": 2}), VALID, None).key,
    ]
    assert len({same, *others}) == 6
    assert file_key(connection(), TRAIN) != file_key(connection(OPENAI_ORG_ID="o"), TRAIN)

"""Services with an API of their own: what to type into their tool."""

import shlex

import pytest

from ftlint.core.errors import FtlintError
from ftlint.publish.destinations import bundled, named
from ftlint.publish.own_tools import VALUE, commands

FILES = {"train": "data/train.jsonl", "validation": "data/valid.jsonl", "model": "org/Model-8B"}
OWN = [one for one in bundled() if one.commands]


def test_together_gets_one_command_with_both_files():
    assert commands(named("together", {}), {**FILES, "epochs": 3, "suffix": "mine"}) == [
        "together fine-tuning create --training-file data/train.jsonl --model org/Model-8B "
        "--validation-file data/valid.jsonl --n-evals 1 --n-epochs 3 --suffix mine"
    ]


def test_what_is_not_given_is_left_out():
    values = {"train": "train.jsonl", "validation": None, "model": "m", "epochs": None, "suffix": ""}
    assert commands(named("together", {}), values) == [
        "together fine-tuning create --training-file train.jsonl --model m"
    ]
    assert commands(named("fireworks", {}), values) == [
        "firectl dataset create train train.jsonl",
        "firectl supervised-fine-tuning-job create --base-model m --dataset train",
    ]


def test_fireworks_gets_its_datasets_first():
    assert commands(named("fireworks", {}), {**FILES, "epochs": 2, "suffix": "My Bot 2"}) == [
        "firectl dataset create train data/train.jsonl",
        "firectl dataset create valid data/valid.jsonl",
        "firectl supervised-fine-tuning-job create --base-model org/Model-8B --dataset train "
        "--evaluation-dataset valid --epochs 2 --output-model my-bot-2",
    ]


def test_preference_rows_get_the_command_for_them():
    (together,) = commands(named("together", {}), {**FILES, "beta": 0.2}, "dpo")
    assert "--training-method dpo" in together
    assert "--dpo-beta 0.2" in together
    assert commands(named("fireworks", {}), FILES, "dpo")[-1].startswith("firectl dpo-job create ")


@pytest.mark.parametrize("destination", OWN, ids=lambda one: one.id)
def test_a_method_without_a_known_command_is_said(destination):
    with pytest.raises(FtlintError, match="reinforcement"):
        commands(destination, FILES, "reinforcement")


@pytest.mark.parametrize("destination", OWN, ids=lambda one: one.id)
@pytest.mark.parametrize(
    "name", ["a b.jsonl", "$(rm -rf ~).jsonl", "it's.jsonl", "-o.jsonl", "`x`;&|.jsonl", "[a].jsonl", "{model}"]
)
def test_a_shell_reads_the_name_of_a_file_as_one_word(destination, name):
    words = [word for line in commands(destination, {**FILES, "train": name}) for word in shlex.split(line)]
    assert (f"./{name}" if name.startswith("-") else name) in words


@pytest.mark.parametrize("destination", OWN, ids=lambda one: one.id)
@pytest.mark.parametrize("name", ["train\n; reboot.jsonl", "\x1b[2J.jsonl", "a\u202eb"])
def test_a_name_that_would_steer_a_terminal_is_refused(destination, name):
    with pytest.raises(FtlintError, match="command line"):
        commands(destination, {**FILES, "train": name})


@pytest.mark.parametrize("destination", OWN, ids=lambda one: one.id)
def test_every_value_of_a_template_is_one_that_can_be_given(destination):
    known = {"train", "validation", "model", "epochs", "suffix", "beta", "train_id", "validation_id", "suffix_id"}
    for templates in destination.commands.values():
        assert {value for template in templates for value in VALUE.findall(template)} <= known
    assert destination.source
    assert destination.checked

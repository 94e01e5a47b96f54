"""`ftlint baseline` of the datasets of a configuration: what `ftlint check` finds then is known."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import make_row

NAME = "ftlint-baseline.json"
LONG = make_row("word " * 5000)
"""Over the limit of the older model, and under that of the newer."""
OTHER = [make_row(f"Other {number}", f"Yes {number}") for number in range(12)]
TWO = b"""
today = 2026-09-01

[[dataset]]
name = "old"
train = ["data/a.jsonl", "data/b.jsonl"]
validation = "data/v.jsonl"
model = "gpt-3.5-turbo-0613"

[[dataset]]
name = "new"
train = ["./data/a.jsonl"]
validation = "data/v.jsonl"
model = "gpt-4o-mini"
"""


@pytest.fixture
def project(shell):
    """Two datasets by different models that share a training file and a validation file, each with findings."""
    rows = [make_row(f"Question {number}", f"Answer {number}") for number in range(12)]
    shell.file("data/a.jsonl", [*rows, LONG, make_row("What?", " ")])
    shell.file("data/b.jsonl", [*OTHER, make_row("Who?", "")])
    shell.file("data/v.jsonl", [*(make_row(f"Held {number}", f"No {number}") for number in range(9)), rows[0], LONG])
    shell.file("ftlint.toml", TWO)
    return shell


def silent(shell, *words):
    done = shell.run("check", *words, "--fail-on", "info", "--fail-on-stale")
    return (done.returncode, done.stdout, done.stderr) == (0, "", "")


def codes(shell, *words):
    """What is found, by dataset and file."""
    found = shell.report(*words)["findings"]
    return {(one["dataset"], one["path"], one["code"]) for one in found}


def entries(shell):
    return json.loads((shell.directory / NAME).read_bytes())["files"]


def test_both_jobs_of_a_shared_file_find_something_of_their_own(project):
    found = codes(project)
    assert {("old", "data/a.jsonl", "FT501"), ("old", "data/a.jsonl", "FT211")} <= found
    assert ("new", "data/a.jsonl", "FT211") in found
    assert ("new", "data/a.jsonl", "FT501") not in found
    assert {("old", "data/v.jsonl", "FT704"), ("new", "data/v.jsonl", "FT704")} <= found


def test_a_file_in_two_datasets_and_a_shared_validation_file_are_known_for_both(project):
    assert project.run("check").returncode == 1
    assert project.run("baseline", "create").returncode == 0
    assert silent(project)
    for words in (("--dataset", "old"), ("--dataset", "new"), ("--project",)):
        assert silent(project, *words)
    assert set(entries(project)) == {"", "data/a.jsonl", "data/b.jsonl", "data/v.jsonl"}


def test_a_budget_of_a_dataset_is_never_known(project):
    project.file("ftlint.toml", TWO + b"[dataset.budget]\nmax-rows = 5\n")
    assert project.run("baseline", "create").returncode == 0
    done = project.run("check", "--output-format", "concise")
    assert (done.returncode, done.stdout.count("FT")) == (1, 1)
    assert "FT508 Rows to train on: 14, the budget is 5" in done.stdout


def test_a_finding_of_both_jobs_is_recorded_once_and_a_second_one_is_news(project):
    project.run("baseline", "create")
    assert [number for key, number in entries(project)["data/a.jsonl"].items() if "FT211" in key] == [1]
    path = project.directory / "data/a.jsonl"
    path.write_bytes(path.read_bytes() + json.dumps(make_row("What?", " ")).encode() + b"\n")
    assert {one for one in codes(project) if one[2] == "FT211"} == {
        ("old", "data/a.jsonl", "FT211"),
        ("new", "data/a.jsonl", "FT211"),
    }


def test_what_another_dataset_knows_of_a_file_is_neither_stale_nor_lost(project):
    project.run("baseline", "create")
    for words in (("update", "--dataset", "new"), ("prune", "--dataset", "new"), ("update", "data/a.jsonl")):
        assert project.run("baseline", *words).returncode == 0
        assert silent(project)
    assert silent(project, "--dataset", "new")


def test_a_directory_and_the_validation_file_of_the_settings_belong_to_datasets_as_well(project):
    project.file("other/c.jsonl", (project.directory / "data/b.jsonl").read_bytes())
    text = TWO.replace(b'validation = "data/v.jsonl"\n', b"").replace(b'["./data/a.jsonl"]', b'"other"')
    text = text.replace(b'"data/b.jsonl"]', b'"other/c.jsonl"]')
    project.file("ftlint.toml", b'validation = "data/v.jsonl"\n' + text)
    project.run("baseline", "create")
    assert silent(project)
    for name in ("old", "new"):
        assert silent(project, "--dataset", name)
    project.file("other/c.jsonl", OTHER)
    assert silent(project, "--dataset", "new") and not silent(project)


def test_what_no_dataset_finds_any_more_is_stale(project):
    project.run("baseline", "create")
    project.file("data/a.jsonl", [make_row(f"Question {number}", f"Answer {number}") for number in range(12)])
    assert not silent(project)
    assert silent(project, "--dataset", "new")  # the other may find it
    assert project.run("baseline", "prune").returncode == 0
    assert silent(project)
    assert not any("FT501" in key for key in entries(project).get("data/a.jsonl", ()))


def test_update_records_datasets_anew(project):
    project.run("baseline", "create")
    project.file("data/b.jsonl", [*OTHER, make_row("Why?", "")])
    assert project.run("check").returncode == 1
    assert project.run("baseline", "update", "--dataset", "old").returncode == 0
    assert silent(project)


def test_named_files_are_known_as_they_were_named(project):
    options = ("--model", "gpt-3.5-turbo-0613", "--validation", "data/v.jsonl")
    paths = ("--train", "data/b.jsonl", "data/a.jsonl")
    assert project.run("check", *paths, *options).returncode == 1
    project.run("baseline", "create", *paths, *options)
    assert silent(project, *paths, *options)


@pytest.mark.parametrize("command", ["create", "update", "prune"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dataset", "none"), 'unknown dataset "none": the configuration has old, new.'),
        (("data/a.jsonl", "--dataset", "old"), "name files or datasets, not both"),
    ],
)
def test_a_call_that_means_nothing_ends_with_one_sentence(project, command, words, said):
    if command != "create":
        project.run("baseline", "create")
    done = project.run("baseline", command, *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"ftlint: error: {said}")


def test_a_dataset_that_cannot_be_checked_leaves_no_half_of_a_baseline(project):
    project.file("ftlint.toml", TWO.replace(b"gpt-4o-mini", b"gpt-4o-mimi"))
    done = project.run("baseline", "create")
    assert done.returncode == 2 and "dataset new: unknown model" in done.stderr
    assert not (project.directory / NAME).exists()

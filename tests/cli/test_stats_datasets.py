"""`ftlint stats` of the datasets of a configuration: each by its own settings, and what each costs together."""

from __future__ import annotations

import json

import pytest

DAY = ("--today", "2026-09-01")
TWO = b"""
[[dataset]]
name = "support"
train = "a.jsonl"
validation = "v.jsonl"
model = "gpt-4o-mini"
epochs = 3

[[dataset]]
name = "both"
train = ["a.jsonl", "b.jsonl"]
model = "gpt-3.5-turbo-0125"
"""


@pytest.fixture
def project(shell, row):
    """Two datasets that share a file, and a validation file, which nobody trains on."""
    for name, rows in {"a": 12, "b": 15, "v": 5, "other": 5}.items():
        shell.file(f"{name}.jsonl", [row(f"{name} {number}") for number in range(rows)])
    shell.file("ftlint.toml", TWO)
    return shell


def of_json(shell, *words):
    done = shell.run("stats", *DAY, "--output-format", "json", *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def counted(report):
    return [(file["dataset"], file["path"], file["targets"][0]["model"]) for file in report["files"]]


SUPPORT = [("support", "a.jsonl", "gpt-4o-mini-2024-07-18")]
BOTH = [("both", "a.jsonl", "gpt-3.5-turbo-0125"), ("both", "b.jsonl", "gpt-3.5-turbo-0125")]


def test_without_paths_the_training_files_of_every_dataset_are_counted_by_its_settings(project):
    report = of_json(project)
    assert counted(report) == SUPPORT + BOTH
    assert [file["targets"][0]["epochs"] for file in report["files"]] == [3, 8, 6]
    assert counted(of_json(project, "--dataset", "both")) == BOTH
    assert [(file["dataset"], file["path"]) for file in of_json(project, "other.jsonl")["files"]] == [
        (None, "other.jsonl")
    ]
    assert of_json(project, "other.jsonl")["datasets"] == []


def test_the_total_of_a_dataset_is_the_sum_of_its_files_and_what_the_budget_is_held_against(project):
    report = of_json(project)
    checked = project.report("--max-cost", "0", "--max-tokens", "0", "--fail-on", "never")
    for dataset, rows, files in zip(report["datasets"], (12, 27), (1, 2), strict=True):
        ours = [file["targets"][0] for file in report["files"] if file["dataset"] == dataset["name"]]
        (target,) = dataset["targets"]
        assert (dataset["rows"], dataset["files"]) == (rows, files)
        assert target["tokens"] == sum(one["tokens"]["total"] for one in ours)
        assert target["cost"] == pytest.approx(sum(one["cost"]["amount"] for one in ours))
        assert target["cost"] in [gate["value"] for gate in checked["gates"] if gate["dataset"] == dataset["name"]]


def test_the_text_names_the_dataset_before_each_file_and_ends_with_the_totals(project):
    lines = project.run("stats", *DAY).stdout.splitlines()
    assert [line for line in lines if "of chat" in line] == [
        "support: a.jsonl: 12 rows of chat, method supervised",
        "both: a.jsonl: 12 rows of chat, method supervised",
        "both: b.jsonl: 15 rows of chat, method supervised",
    ]
    assert [line.strip() for line in lines if "epochs     " in line] == [
        "epochs     3 (as asked)",
        "epochs     8 (automatic for 12 rows)",
        "epochs     6 (automatic for 15 rows)",
    ]
    report = of_json(project)
    support, both = (dataset["targets"][0] for dataset in report["datasets"])
    assert lines[-3:] == [
        "",
        f"support: 12 rows in 1 file, {support['tokens']} tokens, about $0.0016 for gpt-4o-mini-2024-07-18",
        f"both: 27 rows in 2 files, {both['tokens']} tokens, about ${both['cost']:.4f} for gpt-3.5-turbo-0125",
    ]


def test_models_that_were_typed_stand_side_by_side_for_each_dataset(project):
    models = ("--model", "gpt-4o-mini", "--model", "gpt-4-0613")
    report = of_json(project, "--dataset", "both", *models)
    (dataset,) = report["datasets"]
    assert [target["model"] for target in dataset["targets"]] == ["gpt-4o-mini-2024-07-18", "gpt-4-0613"]
    assert dataset["targets"][1]["cost"] is None
    last = project.run("stats", *DAY, "--dataset", "both", *models).stdout.splitlines()[-1]
    assert last.endswith("tokens, cost unknown for gpt-4-0613")


def test_a_dataset_that_cannot_be_counted_is_said_and_the_other_is(project):
    project.file("ftlint.toml", TWO.replace(b"gpt-4o-mini", b"gpt-4o-mimi"))
    (project.directory / "b.jsonl").unlink()
    done = project.run("stats", *DAY)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        'ftlint: error: dataset support: unknown model "gpt-4o-mimi". Did you mean "gpt-4o-mini"? See "ftlint models".',
        "ftlint: error: dataset both: cannot read b.jsonl: no such file or directory",
    ]
    assert "both: a.jsonl: 12 rows" in done.stdout
    assert "both: 12 rows in" not in done.stdout  # half of a sum is none


def test_files_and_datasets_at_once_are_refused(project):
    done = project.run("stats", "a.jsonl", "--dataset", "both")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("ftlint: error: name files or datasets, not both")

"""Datasets of the configuration: which files are checked, by which settings, within which budget."""

from __future__ import annotations

import json

import pytest

from tests.support import alike

TWO = b"""
[[dataset]]
name = "support"
train = "data/a.jsonl"
validation = "data/v.jsonl"
model = "gpt-4o-mini"
epochs = 3

[[dataset]]
name = "both"
train = ["data/a.jsonl", "data/b.jsonl"]
"""


@pytest.fixture
def project(shell, row):
    """Two datasets that share a file of twelve rows, and a file that is in none."""
    for name in ("a", "b", "v", "none"):
        rows = [row(f"{name}{number}", f"It is {name}{number}") for number in range(12)]
        shell.file(f"data/{name}.jsonl", rows)
    shell.file("ftlint.toml", TWO)
    return shell


def files(report):
    return [(file["dataset"], file["path"], file["purpose"], file["model"]) for file in report["files"]]


SUPPORT = [
    ("support", "data/a.jsonl", "training", "gpt-4o-mini-2024-07-18"),
    ("support", "data/v.jsonl", "validation", "gpt-4o-mini-2024-07-18"),
]
BOTH = [("both", f"data/{name}.jsonl", "training", None) for name in "ab"]


def test_without_paths_every_dataset_is_checked_by_its_own_settings(project):
    assert files(project.report()) == SUPPORT + BOTH
    assert project.report()["files"][0]["epochs"] == 3


def test_a_dataset_is_checked_by_its_name_in_the_order_of_the_configuration(project):
    assert files(project.report("--dataset", "support")) == SUPPORT
    assert files(project.report("--dataset", "both", "--dataset", "support")) == SUPPORT + BOTH


def test_paths_mean_the_files_and_the_directory_is_still_there_to_be_named(project):
    assert files(project.report("data/none.jsonl")) == [(None, "data/none.jsonl", "training", None)]
    assert {path for _, path, _, _ in files(project.report("."))} == {
        f"data/{n}.jsonl" for n in ("a", "b", "v", "none")
    }


def test_a_training_file_can_be_named_as_such(project):
    report = project.report("--train", "data/b.jsonl", "--validation", "data/v.jsonl", "data/a.jsonl")
    assert [(path, purpose) for _, path, purpose, _ in files(report)] == [
        ("data/a.jsonl", "training"),
        ("data/b.jsonl", "training"),
        ("data/v.jsonl", "validation"),
    ]


def test_what_was_typed_wins_over_the_dataset(project):
    report = project.report("--dataset", "support", "--model", "gpt-4.1", "--epochs", "2")
    assert (report["files"][0]["model"], report["files"][0]["epochs"]) == ("gpt-4.1-2025-04-14", 2)


def test_the_files_of_a_dataset_count_from_the_configuration(project):
    (project.directory / "deep").mkdir()
    done = project.run("check", cwd="deep")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("data/a.jsonl", "--dataset", "both"), "name files or datasets, not both: --dataset takes no PATHS"),
        (("--train", "data/a.jsonl", "--project"), "name files or datasets, not both: --project takes no PATHS"),
        (("--project", "--dataset", "both"), "--project checks all datasets, --dataset some: use one of them"),
        (
            ("--dataset", "suport"),
            'unknown dataset "suport": the configuration has support, both. Did you mean "support"?',
        ),
        (("--project", "--isolated"), "--project: no dataset is configured; ftlint init writes"),
        (("--dataset", "support", "--isolated"), 'unknown dataset "support": no dataset is configured.'),
    ],
)
def test_a_call_that_means_nothing_ends_with_one_sentence(project, words, said):
    done = project.run("check", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ftlint: error: {said}") and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (b'[[dataset]]\nname = "both"\ntrain = "x"', 'two datasets are called "both" in ftlint.toml'),
        (b'[[dataset]]\nname = "x"\ntrain = []', 'the dataset "x" in ftlint.toml names no training file'),
        (b"[dataset.budget]\nmax-cots = 1", 'unknown key "max-cots" in dataset.1.budget of ftlint.toml.'),
        (b"trian = 1", 'unknown key "trian" in dataset.1 of ftlint.toml. Did you mean "train"?'),
    ],
)
def test_a_configuration_that_means_nothing_ends_with_one_sentence(project, more, said):
    project.file("ftlint.toml", TWO + more)
    done = project.run("check")
    assert done.returncode == 2
    assert said in done.stderr and done.stderr.count("\n") == 1


def test_a_missing_file_is_said_and_the_others_are_checked(project, row):
    (project.directory / "data/v.jsonl").unlink()
    project.file("data/b.jsonl", alike(12, row(answer=" ")))
    done = project.run("check", "--output-format", "json")
    assert done.returncode == 2
    assert done.stderr == "ftlint: error: dataset support: cannot read data/v.jsonl: no such file or directory\n"
    assert {(finding["dataset"], finding["path"]) for finding in json.loads(done.stdout)["findings"]} == {
        ("both", "data/b.jsonl")
    }


def test_a_finding_in_a_shared_file_says_for_which_dataset(project, row):
    project.file("data/a.jsonl", [row(answer=" "), *alike(11, row())])
    lines = project.run("check", "--output-format", "concise").stdout.splitlines()
    assert [line.rpartition(" ")[2] for line in lines if "FT211" in line] == ["[support]", "[both]"]
    github = project.run("check", "--output-format", "github").stdout
    assert "Assistant turn is empty [support]" in github and "Assistant turn is empty [both]" in github


def test_the_suffix_of_a_dataset_is_checked_as_one_that_was_typed(project):
    project.file("ftlint.toml", TWO + b'model = "gpt-4o-mini"\nsuffix = "%s"\n' % (b"x" * 70))
    (finding,) = [one for one in project.report()["findings"] if one["code"] == "FT905"]
    assert finding["dataset"] == "both"


def test_datasets_are_fixed(project):
    path = project.directory / "data/a.jsonl"
    path.write_bytes(path.read_bytes() + b"\n")
    done = project.run("check", "--fix")
    assert done.returncode == 0 and "Fixed 1 finding: FT009 x1." in done.stdout
    assert path.read_bytes().count(b"\n") == 12


def test_the_summary_stands_under_the_name_of_its_dataset(project):
    lines = project.run("check", "--totals").stdout.splitlines()
    assert [line for line in lines if line in ("support", "both")] == ["support", "both"]
    assert lines[1].startswith("  data/a.jsonl: 12 rows")


def test_a_budget_is_for_the_sum_of_the_training_files(project):
    project.file("ftlint.toml", TWO + b"[dataset.budget]\nmax-rows = 24\nmin-rows = 24\nmax-tokens = 1000000\n")
    report = project.report()
    assert [(gate["name"], gate["dataset"], gate["path"], gate["verdict"]) for gate in report["gates"]] == [
        (name, "both", None, "ok") for name in ("max-tokens", "max-rows", "min-rows")
    ]
    assert project.run("check").stdout == ""
    done = project.run("check", "--max-rows", "23")
    assert done.returncode == 1
    assert "FT508 Rows to train on: 24, the budget is 23 (2 training files together) [both]" in done.stdout
    assert done.stdout.endswith("\nboth: max-rows 23: 24, exceeded\n")


def test_a_sum_without_one_of_its_files_is_unknown(project):
    project.file("ftlint.toml", TWO + b"[dataset.budget]\nmax-rows = 24\n")
    (project.directory / "data/b.jsonl").unlink()
    done = project.run("check", "--output-format", "json")
    (gate,) = json.loads(done.stdout)["gates"]
    assert (done.returncode, gate["value"], gate["verdict"]) == (2, None, "unknown")


def test_every_budget_has_a_line_where_totals_are_shown(project):
    words = ("--max-cost", "5", "--max-duplicates", "0", "--max-over-limit", "0")
    done = project.run("check", "--dataset", "support", *words, "--totals")
    assert done.returncode == 0
    assert [line.strip() for line in done.stdout.splitlines() if ": max-" in line] == [
        "data/a.jsonl: max-cost $5.00: $0.0018, ok",
        "data/a.jsonl: max-duplicates 0: 0, ok",
        "data/a.jsonl: max-over-limit 0: 0, ok",
    ]


def test_a_validation_file_that_is_trained_on_as_it_is_is_no_validation(project, row):
    project.file(
        "ftlint.toml", b'[[dataset]]\nname = "a"\ntrain = "data/a.jsonl"\nvalidation = "data/../data/a.jsonl"\n'
    )
    done = project.run("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("ftlint: error: dataset a: ") and "the validation file as well" in done.stderr
    project.file("ftlint.toml", b"")
    done = project.run("check", "--train", "data/a.jsonl", "--validation", "./data/a.jsonl")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    done = project.run("check", "data/a.jsonl", "--validation", "data/a.jsonl")
    assert "without a training file: what both hold is not known" in done.stderr
    assert done.returncode == 0  # as a hook does when the validation file alone has changed


def test_publishing_a_dataset_is_refused_over_its_budget_and_with_several_training_files(project):
    project.file("ftlint.toml", TWO.replace(b"epochs = 3", b"epochs = 3\n[dataset.budget]\nmax-rows = 11\n"))
    done = project.run("publish", "support", "--dry-run", "--today", "2026-09-01")
    assert done.returncode == 1 and "FT508" in done.stdout
    done = project.run("publish", "both", "--model", "gpt-4o-mini", "--dry-run")
    assert done.returncode == 2 and "has 2 training files; a job has exactly one" in done.stderr

"""`ftlint check --base REF` over the datasets of the configuration, in real repositories."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import make_row
from tests.cli.repositories import Repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/report.v1.schema.json").read_text(encoding="utf-8"))
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
"""


def rows(name, number=12):
    return [make_row(f"{name} {n}?", f"{name} says {n}.") for n in range(number)]


def empty(name):
    return make_row(f"{name} what?", " ")


WHO = make_row("Who?", "")


@pytest.fixture
def repository(tmp_path):
    """Two datasets that share a file; one row of the validation file is trained on, and a row of each has no answer."""
    made = Repository(tmp_path / "repository")
    made.directory.mkdir()
    made.git("init", "-q")
    made.file("ftlint.toml", TWO)
    for name in ("a", "b", "v"):
        made.file(f"{name}.jsonl", [*rows(name), empty(name)])
    made.file("v.jsonl", [*rows("v"), rows("a")[3]])
    made.commit()
    return made


def found(report):
    """The dataset, file, rule and row of every finding."""
    return [(one["dataset"], one["path"], one["code"], one["row"]) for one in report["findings"]]


def files(report):
    return [(file["dataset"], file["path"]) for file in report["comparison"]["files"]]


def test_datasets_that_have_not_changed_are_silent(repository):
    assert repository.run("check").returncode == 1
    for words in ((), ("--dataset", "both"), ("--project",)):
        done = repository.run("check", "--base", "HEAD", *words)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_rows_are_news_for_each_dataset_that_holds_them(repository):
    repository.file("a.jsonl", [WHO, empty("a"), *rows("a")])
    report = repository.report("--base", "HEAD")
    Draft202012Validator(SCHEMA).validate(report)
    assert found(report) == [("support", "a.jsonl", "FT211", 1), ("both", "a.jsonl", "FT211", 1)]
    assert files(report) == [
        ("support", "a.jsonl"),
        ("support", "v.jsonl"),
        ("both", "a.jsonl"),
        ("both", "b.jsonl"),
    ]
    costs = {file["dataset"]: file["cost"] for file in report["comparison"]["files"] if file["path"] == "a.jsonl"}
    assert costs["support"]["after"] > costs["support"]["before"] > 0
    assert costs["both"] == {"before": None, "after": None}


def test_a_dataset_and_a_project_can_be_named_and_files_are_files(repository):
    repository.file("a.jsonl", [WHO, *rows("a"), empty("a")])
    report = repository.report("--base", "HEAD", "--dataset", "both")
    assert (found(report), files(report)) == (
        [("both", "a.jsonl", "FT211", 1)],
        [("both", "a.jsonl"), ("both", "b.jsonl")],
    )
    assert files(repository.report("--base", "HEAD", "--project"))[0] == ("support", "a.jsonl")
    assert files(repository.report("--base", "HEAD", "a.jsonl")) == [(None, "a.jsonl")]
    for words in (("--dataset", "suport"), ("a.jsonl", "--dataset", "both"), ("--project", "--isolated")):
        done = repository.run("check", "--base", "HEAD", *words)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr


def test_only_what_leaks_now_and_did_not_is_news(repository):
    repository.file("a.jsonl", [*rows("a"), rows("v")[5], empty("a")])
    report = repository.report("--base", "HEAD", "--dataset", "support")
    assert found(report) == [("support", "v.jsonl", "FT704", 6)]
    assert report["comparison"]["files"][1]["introduced"] == {"FT704": 1}
    repository.file("a.jsonl", [*rows("a")[:3], *rows("a")[4:], empty("a")])
    report = repository.report("--base", "HEAD", "--dataset", "support")
    assert (found(report), report["comparison"]["files"][1]["fixed"]) == ([], {"FT704": 1})


def test_what_leaks_from_one_dataset_is_news_in_another(repository):
    repository.file("ftlint.toml", TWO + b'validation = "v.jsonl"\n[[dataset]]\nname = "b"\ntrain = "b.jsonl"\n')
    repository.file("ftlint.toml", (repository.directory / "ftlint.toml").read_bytes() + b'validation = "v.jsonl"\n')
    repository.file("b.jsonl", [*rows("b"), rows("a")[3], empty("b")])
    report = repository.report("--base", "HEAD", "--select", "FT704")
    assert found(report) == [("b", "v.jsonl", "FT704", 13)]


def test_both_sides_are_checked_by_the_settings_of_today(repository):
    repository.file("ftlint.toml", TWO + b'validation = "v.jsonl"\nmodel = "gpt-4.1"\n')
    done = repository.run("check", "--base", "HEAD")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_file_of_a_dataset_that_was_not_there_is_all_new(repository):
    for name in ("v", "b"):
        repository.git("rm", "-q", f"{name}.jsonl")
    repository.commit()
    repository.file("v.jsonl", [*rows("v"), rows("a")[3], WHO])
    repository.file("b.jsonl", [*rows("b"), empty("b")])
    report = repository.report("--base", "HEAD")
    assert sorted(found(report)) == [
        ("both", "b.jsonl", "FT211", 13),
        ("support", "v.jsonl", "FT211", 14),
        ("support", "v.jsonl", "FT704", 13),
    ]
    before = {file["path"]: file["before_path"] for file in report["comparison"]["files"]}
    assert before == {"a.jsonl": "a.jsonl", "b.jsonl": None, "v.jsonl": None}


def test_a_dataset_of_which_nothing_was_there_is_all_new(repository):
    repository.file("ftlint.toml", TWO + b'[[dataset]]\nname = "more"\ntrain = "new"\nmodel = "gpt-4o-mini"\n')
    repository.file("new/c.jsonl", [*rows("c"), WHO])
    assert found(repository.report("--base", "HEAD", "--select", "FT211")) == [("more", "new/c.jsonl", "FT211", 13)]


def test_a_renamed_file_of_a_dataset_is_compared_with_what_it_was_and_deleted_ones_are_told(repository):
    repository.file("ftlint.toml", b'[[dataset]]\nname = "all"\ntrain = "data"\n')
    for name in ("c", "d"):
        repository.file(f"data/{name}.jsonl", [*rows(name), empty(name)])
    repository.commit()
    repository.git("mv", "data/c.jsonl", "data/e.jsonl")
    (repository.directory / "data/d.jsonl").unlink()
    (repository.directory / "b.jsonl").unlink()
    report = repository.report("--base", "HEAD")
    assert found(report) == []
    assert [file["before_path"] for file in report["comparison"]["files"]] == ["data/c.jsonl"]
    assert report["comparison"]["deleted"] == ["data/d.jsonl"]


def test_a_duplicate_between_files_of_a_dataset_is_news_once(repository):
    repository.file("b.jsonl", [*rows("b"), rows("a")[0], empty("b")])
    repository.commit()
    assert repository.run("check", "--base", "HEAD").returncode == 0
    repository.file("b.jsonl", [*rows("b"), rows("a")[0], rows("a")[1], empty("b")])
    report = repository.report("--base", "HEAD", "--select", "FT701")
    assert found(report) == [("both", "b.jsonl", "FT701", 14)]


def test_a_budget_holds_whether_it_was_kept_before_or_not(repository):
    repository.file("ftlint.toml", TWO + b"[dataset.budget]\nmax-rows = 25\n")
    done = repository.run("check", "--base", "HEAD")
    assert done.returncode == 1
    assert "FT508 Rows to train on: 26, the budget is 25 (2 training files together) [both]" in done.stdout
    assert "both: max-rows 25: 26, exceeded" in done.stdout
    repository.file("ftlint.toml", TWO + b"[dataset.budget]\nmax-rows = 26\n")
    assert repository.run("check", "--base", "HEAD").returncode == 0
    assert [gate["verdict"] for gate in repository.report("--base", "HEAD")["gates"]] == ["ok"]


def test_the_difference_names_the_dataset(repository):
    system = {"role": "system", "content": "Be bold"}
    new = {"messages": [system, *make_row("Who?", "Me.")["messages"]]}
    repository.file("b.jsonl", [new, *rows("b"), empty("b")])
    done = repository.run("check", "--base", "HEAD", "--totals", "--ignore", "FT213,FT707")
    assert done.returncode == 0
    told = done.stdout.split("both: b.jsonl since HEAD: 13 → 14 rows (+1 −0), ")[1]
    assert told.splitlines()[1:] == ['  1 new system prompt: "Be bold"']
    assert " since HEAD" not in done.stdout.replace("both: b.jsonl since HEAD", "")


def test_a_dataset_that_cannot_be_checked_is_said_once_and_the_others_are(repository):
    repository.file("ftlint.toml", TWO + b'model = "gpt-9"\n')
    repository.file("a.jsonl", [WHO, *rows("a"), empty("a")])
    done = repository.run("check", "--base", "HEAD", "--output-format", "concise")
    assert (done.returncode, done.stderr.count("dataset both: ")) == (2, 1)
    assert "a.jsonl:1:" in done.stdout and "[support]" in done.stdout
    repository.file("ftlint.toml", TWO)
    (repository.directory / "b.jsonl").unlink()
    done = repository.run("check", "--base", "HEAD", "--output-format", "concise")
    assert (done.returncode, done.stderr.count("error: ")) == (2, 1)
    assert "dataset both: cannot read b.jsonl: no such file" in done.stderr


def test_the_lock_and_the_baseline_hold_as_they_do_without_it(repository):
    repository.file("a.jsonl", [WHO, *rows("a"), empty("a")])
    repository.run("baseline", "create", "--today", "2026-09-01")
    done = repository.run("check", "--base", "HEAD", "--fail-on-stale")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert repository.run("lock").returncode == 0
    assert repository.run("check", "--base", "HEAD", "--project").returncode == 0
    repository.file("b.jsonl", [*rows("b"), *rows("c"), empty("b")])
    report = repository.report("--base", "HEAD", "--project")
    assert {one[2] for one in found(report)} == {"FT710"}
    assert ("both", "b.jsonl") in files(report) and (None, "ftlint.lock.json") not in files(report)


GRADER = {
    "type": "string_check",
    "name": "g",
    "operation": "eq",
    "input": "{{sample.output_text}}",
    "reference": "{{item.answer}}",
}


MATH = b"""
[[dataset]]
name = "math"
train = "r.jsonl"
validation = "rv.jsonl"
model = "o4-mini"
grader = "grader.json"
"""


def asked(question, answer):
    return {"messages": [{"role": "user", "content": question}], "answer": answer}


@pytest.mark.parametrize(
    ("key", "value", "news"),
    [
        ("reference", "{{item.result}}", {("r.jsonl", "FT612"), ("rv.jsonl", "FT612")}),
        ("operation", "equal", {("grader.json", "FT611")}),
    ],
)
def test_a_grader_that_has_changed_makes_news_of_what_does_not_fit_it_any_more(repository, key, value, news):
    repository.file("r.jsonl", [asked(f"{n}+1?", f"{n + 1}") for n in range(12)])
    repository.file("rv.jsonl", [asked("99+1?", "100")])
    repository.file("grader.json", json.dumps(GRADER).encode())
    repository.file("ftlint.toml", MATH)
    repository.commit()
    assert found(repository.report("--base", "HEAD")) == []
    repository.file("grader.json", json.dumps({**GRADER, key: value}).encode())
    assert {one[1:3] for one in found(repository.report("--base", "HEAD"))} == news
    words = ("r.jsonl", "--validation", "rv.jsonl", "--model", "o4-mini", "--grader", "grader.json")
    assert repository.codes("--base", "HEAD", *words) == {code for _, code in news}
    repository.commit()
    assert found(repository.report("--base", "HEAD")) == []


def test_a_grader_that_is_new_or_lies_elsewhere_is_all_news(repository):
    repository.file("r.jsonl", [asked(f"{n}+1?", f"{n + 1}") for n in range(12)])
    repository.file("rv.jsonl", [asked("99+1?", "100")])
    repository.commit()
    for name in ("grader.json", "../grader.json"):
        repository.file(name, json.dumps({**GRADER, "operation": "equal"}).encode())
        repository.file("ftlint.toml", MATH.replace(b"grader.json", name.encode()))
        news = found(repository.report("--base", "HEAD"))
        assert {(Path(path).name, code) for _, path, code, _ in news} == {("grader.json", "FT611")}


def test_a_terminal_says_what_has_changed_in_datasets(repository):
    repository.file("a.jsonl", rows("a"))
    status, output = repository.on_terminal("check", "--base", "HEAD", NO_COLOR="1")
    assert status == 0
    assert "support: a.jsonl since HEAD: 13 → 12 rows (+0 −1)" in output
    assert "both: a.jsonl since HEAD: 13 → 12 rows (+0 −1)" in output
    assert "b.jsonl since" not in output

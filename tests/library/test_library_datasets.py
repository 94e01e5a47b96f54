"""`from ftlint import check` with datasets and with a commit: the report is that of the command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ftlint import FtlintError, check, fix
from tests.support import chat, dumped

FTLINT = Path(sys.executable).with_name("ftlint")
DAY = date(2026, 9, 1)
ROWS = [chat(f"user: {number}", f"assistant: Answer {number}") for number in range(12)]
EMPTY = chat("user: What?", "assistant: ")
TWO = """
[[dataset]]
name = "support"
train = "a.jsonl"
validation = "v.jsonl"
model = "gpt-4o-mini"
epochs = 3
[dataset.budget]
max-rows = 11

[[dataset]]
name = "both"
train = ["a.jsonl", "b.jsonl"]
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Two datasets that share a file, with a finding, a leak and a budget that does not hold."""
    monkeypatch.chdir(tmp_path)
    for name, rows in {"a": [*ROWS, EMPTY], "b": ROWS, "v": ROWS[:1]}.items():
        Path(f"{name}.jsonl").write_bytes(dumped(rows))
    Path("ftlint.toml").write_text(TWO)
    return tmp_path


def printed(*words):
    command = [FTLINT, "check", "--today", str(DAY), "--output-format", "json", *words]
    return json.loads(subprocess.run(command, capture_output=True, timeout=60).stdout)


def plain(report):
    return json.loads(json.dumps(report.to_dict()))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"dataset": "support"}, ["--dataset", "support"]),
        ({"dataset": ["both"]}, ["--dataset", "both"]),
        ({"dataset": ("both", "support")}, []),
        ({"isolated": False}, []),
        ({"config": "ftlint.toml"}, []),
        ({"dataset": "support", "epochs": 2}, ["--dataset", "support", "--epochs", "2"]),
        ({"dataset": "both", "max_rows": 3}, ["--dataset", "both", "--max-rows", "3"]),
        ({"dataset": "support", "model": "gpt-4.1"}, ["--dataset", "support", "--model", "gpt-4.1"]),
    ],
)
def test_the_report_about_datasets_is_that_of_the_command(project, given, words):
    report = check(today=DAY, **given)
    assert plain(report) == printed(*words)
    assert {file.dataset for file in report.files} <= {"support", "both"}


def test_a_file_is_a_file_and_an_empty_list_is_nothing(project):
    assert [file.dataset for file in check("a.jsonl", isolated=False, today=DAY).files] == [None]
    assert check([], isolated=False).files == check([], isolated=False, base="HEAD").files == []
    assert check().files == []


def test_datasets_are_fixed(project):
    Path("b.jsonl").write_bytes(dumped(ROWS) + b"\n")
    report, files = fix(dataset="both", today=DAY)
    assert [file.path for file in files] == ["b.jsonl"]
    assert {file.dataset for file in report.files} == {"both"}
    assert Path("b.jsonl").read_bytes() == dumped(ROWS)


def test_the_baseline_beside_the_configuration_mutes_what_datasets_have(project):
    assert check(isolated=False, today=DAY).exit_code() == 1
    subprocess.run([FTLINT, "baseline", "create", "--today", str(DAY)], check=True, timeout=60)
    report = check(isolated=False, today=DAY)
    assert ([one.code for one in report.findings], report.summary.stale) == (["FT508"], 0)  # a budget is never known
    assert check(dataset="support", today=DAY).summary.stale == 0


@pytest.mark.parametrize(
    ("paths", "given", "sentence"),
    [
        ((), {"dataset": "suport"}, 'unknown dataset "suport": the configuration has support, both.'),
        ((), {"dataset": "support", "isolated": True}, 'unknown dataset "support": no dataset is configured.'),
        ((), {"dataset": [7]}, "dataset takes names of datasets"),
        (("a.jsonl",), {"dataset": "support"}, "name files or datasets, not both"),
        ((), {"dataset": "suport", "base": "HEAD"}, 'unknown dataset "suport": the configuration has support, both.'),
        (("a.jsonl",), {"dataset": "both", "base": "HEAD"}, "name files or datasets, not both"),
        (("a.jsonl",), {"base": "HEAD"}, ". is in no git work tree, so that nothing can be compared with HEAD"),
    ],
)
def test_a_wrong_call_raises_one_sentence(project, paths, given, sentence):
    with pytest.raises(FtlintError, match=r"^[^\n]+$") as raised:
        check(*paths, **given)
    assert str(raised.value).startswith(sentence)


@pytest.fixture
def committed(project):
    """The same in a repository, in which one file was changed since."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "one")):
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *words]
        subprocess.run(command, check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})
    system = chat("system: You sell bicycles.", "user: Is it red?", "assistant: ")
    Path("a.jsonl").write_bytes(dumped([*ROWS[1:], EMPTY, ROWS[1], system]))
    return project


@pytest.mark.parametrize(
    ("paths", "given", "words"),
    [
        ((), {}, []),
        (("a.jsonl", "b.jsonl"), {"model": "gpt-4o-mini"}, ["a.jsonl", "b.jsonl", "--model", "gpt-4o-mini"]),
        (("b.jsonl",), {"validation": "v.jsonl"}, ["b.jsonl", "--validation", "v.jsonl"]),
        (("a.jsonl",), {"totals": False}, ["a.jsonl", "--no-totals"]),
    ],
)
def test_the_report_since_a_commit_is_that_of_the_command(committed, paths, given, words):
    report = check(*paths, base="HEAD", today=DAY, **given)
    assert plain(report) == printed("--base", "HEAD", "--isolated", *words)
    assert (report.comparison is None) == (given.get("totals") is False)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"isolated": False}, []),
        ({"dataset": "support"}, ["--dataset", "support"]),
        ({"dataset": ["both"], "totals": False}, ["--dataset", "both", "--no-totals"]),
    ],
)
def test_the_report_about_datasets_since_a_commit_is_that_of_the_command(committed, given, words):
    report = check(base="HEAD", today=DAY, **given)
    assert plain(report) == printed("--base", "HEAD", *words)
    assert {file.dataset for file in report.files} <= {"support", "both"}
    assert (report.comparison is None) == (given.get("totals") is False)


def test_what_has_changed_in_datasets_is_told_for_each(committed):
    report = check(base="HEAD", today=DAY, isolated=False)
    changes = {file.key: (file.added, file.removed) for file in report.comparison.files}
    assert changes == {
        ("support", "a.jsonl"): (2, 1),
        ("support", "v.jsonl"): (0, 0),
        ("both", "a.jsonl"): (2, 1),
        ("both", "b.jsonl"): (0, 0),
    }
    assert report.comparison.prompts["both", "a.jsonl"] == ('"You sell bicycles."',)
    leaks = [one for one in report.findings if one.code == "FT704"]
    assert leaks == []
    assert [(gate.dataset, gate.verdict) for gate in report.gates] == [("support", "exceeded")]


def test_what_has_changed_since_a_commit_is_in_the_report(committed):
    report = check(base="HEAD", today=DAY)
    (file,) = report.comparison.files
    assert (file.path, file.rows.before, file.rows.after, file.added, file.removed) == ("a.jsonl", 13, 14, 2, 1)
    assert (file.duplicates.after, file.new_system_prompts, file.introduced["FT211"]) == (1, 1, 1)
    assert report.comparison.prompts == {"a.jsonl": ('"You sell bicycles."',)}
    assert [(one.code, one.row) for one in report.findings if one.code == "FT211"] == [("FT211", 14)]
    assert report.summary.muted == 1

"""`ftlint lock` and `ftlint check --locked`: what changed, in words."""

from __future__ import annotations

import json

import pytest

from ftlint import __version__
from tests.support import alike

LOCK = "ftlint.lock.json"


@pytest.fixture
def project(shell, row):
    """A dataset of two files, and their lock."""
    for name in ("train", "valid"):
        shell.file(f"{name}.jsonl", [row(f"{name} {number}", f"It is {number}") for number in range(12)])
    text = b'[[dataset]]\nname = "all"\ntrain = "train.jsonl"\nvalidation = "valid.jsonl"\nmodel = "gpt-4o-mini"\n'
    shell.file("ftlint.toml", text)
    assert shell.run("lock").stdout == "ftlint.lock.json says what 2 files are\n"
    return shell


def drift(project, *words):
    """Severity, file and message of each difference, and the exit status."""
    done = project.run("check", "--locked", "--select", "FT710", "--output-format", "json", *words)
    found = json.loads(done.stdout)["findings"]
    return [f"{one['severity']} {one['path']} {one['message']}" for one in found], done.returncode


def test_files_that_are_as_they_were_pass_in_silence(project):
    done = project.run("check", "--locked")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert project.run("lock", "--check").returncode == 0


def test_a_lock_is_written_the_same_again_and_holds_nothing_of_the_rows(project):
    text = (project.directory / LOCK).read_text()
    project.run("lock")
    assert (project.directory / LOCK).read_text() == text
    assert "train 3" not in text and text.endswith("}\n")
    value = json.loads(text)
    assert text == json.dumps(value, indent=2, sort_keys=True) + "\n"
    assert (value["version"], value["tool"], list(value["files"])) == (1, __version__, ["train.jsonl", "valid.jsonl"])


def test_order_and_writing_change_the_bytes_only(project):
    path = project.directory / "train.jsonl"
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text("".join(json.dumps(row, separators=(",", ":")) + "\n" for row in reversed(rows)))
    found, status = drift(project)
    said = "Only the bytes differ from the lock (the order of rows or keys, white space): the content is the same"
    assert (found, status) == ([f"error train.jsonl {said}"], 1)
    assert project.run("lock", "--check").returncode == 1


def test_content_is_told_by_rows_and_tokens(project, row):
    path = project.directory / "train.jsonl"
    path.write_bytes(path.read_bytes() + json.dumps(row()).encode() + b"\n")
    ((said,), status) = drift(project)
    assert status == 1
    assert said.startswith("error train.jsonl Content differs from the lock: 12 → 13 rows (+1), ")
    assert said.endswith(" o200k_base tokens (+13)")


def test_rows_that_are_swapped_for_others_are_a_difference_of_content(project, row):
    project.file("train.jsonl", [row(f"other {number}") for number in range(12)])
    ((said,), _) = drift(project)
    assert "12 rows as before" in said


def test_a_row_that_is_doubled_is_a_difference_though_xor_would_not_see_it(project):
    path = project.directory / "train.jsonl"
    first = path.read_bytes().splitlines(keepends=True)[0]
    path.write_bytes(path.read_bytes() + first + first)
    assert "Content differs" in drift(project)[0][0]


def test_a_file_that_is_missing_on_either_side_is_said(project, row):
    lock = json.loads((project.directory / LOCK).read_text())
    lock["files"]["gone.jsonl"] = lock["files"].pop("valid.jsonl")
    project.file(LOCK, json.dumps(lock).encode())
    assert drift(project) == (
        [
            "error valid.jsonl File is not in the lock",
            "error ftlint.lock.json gone.jsonl is in the lock, and not on the disk",
        ],
        1,
    )
    assert drift(project, "train.jsonl", "--model", "gpt-4o-mini") == ([], 0)


def test_another_target_is_a_difference(project):
    ((said,), status) = drift(project, "train.jsonl", "--model", "gpt-4.1")
    assert status == 1
    assert said == (
        "error train.jsonl File is checked for openai/gpt-4.1-2025-04-14 (supervised), "
        "and locked for openai/gpt-4o-mini-2024-07-18 (supervised)"
    )


def test_another_version_and_other_facts_are_notes(project):
    lock = json.loads((project.directory / LOCK).read_text())
    lock["tool"] = "0.0.9"
    lock["facts"] = dict.fromkeys(lock["facts"], "0" * 16)
    project.file(LOCK, json.dumps(lock).encode())
    found, status = drift(project)
    assert status == 0
    assert [one.split()[0] for one in found] == ["info", "info"]
    assert "written by ftlint 0.0.9" in found[0] and "What is known of openai/gpt-4o-mini-2024-07-18" in found[1]


def test_what_is_named_is_put_to_the_rest(project, row):
    project.file("more.jsonl", alike(12, row()))
    assert project.run("lock", "more.jsonl").returncode == 0
    assert list(json.loads((project.directory / LOCK).read_text())["files"]) == [
        "more.jsonl",
        "train.jsonl",
        "valid.jsonl",
    ]


def test_rows_that_do_not_parse_count_by_their_bytes(project):
    project.file("train.jsonl", b'{"broken\n{"also"\n')
    assert project.run("lock").returncode == 0
    assert drift(project)[0] == []
    project.file("train.jsonl", b'{"also"\n{"broken\n')
    assert "Only the bytes differ" in drift(project)[0][0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no ftlint.lock.json; ftlint lock writes it"),
        (b"<<<<<<< HEAD", "ftlint.lock.json is damaged: it holds the marks of a merge conflict; "),
        (b"[]", "ftlint.lock.json is damaged: Input should be an object; "),
        (b'{"version": true}', "ftlint.lock.json is damaged: version: "),
        (b'{"version": 1, "files": []}', "ftlint.lock.json is damaged: "),
        (b'{"version": 2}', "ftlint.lock.json has the version 2, which only a later ftlint than"),
    ],
)
def test_a_lock_that_cannot_be_read_ends_with_one_sentence(project, content, said):
    if content is None:
        (project.directory / LOCK).unlink()
    else:
        project.file(LOCK, content)
    done = project.run("check", "--locked")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ftlint: error: {said}") and done.stderr.count("\n") == 1


def test_a_project_is_held_against_its_lock_where_it_has_one(project):
    project.file("valid.jsonl", b"")
    assert "FT710" in project.run("check", "--project").stdout
    (project.directory / LOCK).unlink()
    assert "FT710" not in project.run("check", "--project").stdout


def test_a_file_that_is_missing_keeps_the_lock_as_it_was(project):
    text = (project.directory / LOCK).read_bytes()
    (project.directory / "valid.jsonl").unlink()
    assert project.run("lock").returncode == 2
    assert (project.directory / LOCK).read_bytes() == text


def test_standard_input_has_no_place_in_a_lock(project):
    done = project.run("lock", "-", stdin=b"{}\n")
    assert (done.returncode, done.stderr) == (
        2,
        "ftlint: error: standard input has no place in a lock; name files\n",
    )

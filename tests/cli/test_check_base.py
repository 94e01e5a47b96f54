"""`ftlint check --base REF`, in real repositories."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ftlint.engine.multiset import Multiset
from tests.cli.conftest import Shell, make_row
from tests.cli.repositories import Repository
from tests.support import alike

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/report.v1.schema.json").read_text(encoding="utf-8"))
EMPTY = make_row("What?", " ")
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path / "repository")
    made.directory.mkdir()
    made.git("init", "-q")
    made.file("train.jsonl", [make_row(f"Q{n}", f"A{n}") for n in range(11)] + [EMPTY])
    made.commit()
    return made


def lines(repository, name="train.jsonl"):
    return (repository.directory / name).read_bytes().splitlines(keepends=True)


def test_a_clean_hook_is_silent_about_rows_that_stood_there_before(repository):
    rows = lines(repository)
    random.Random(1).shuffle(rows)
    repository.file("train.jsonl", b"".join(rows) + json.dumps(make_row("new")).encode() + b"\n")
    for paths in ((), ("train.jsonl",), (".",)):
        done = repository.run("check", "--base", "HEAD", *paths)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_only_what_is_new_is_reported(repository, end):
    new = json.dumps(make_row("Who?", "")).encode()
    again = b'{"messages": [{"content": "What?", "role": "user"},  {"content": " ", "role": "assistant"}]}\n'
    data = new + b"\n" + again + b"".join(lines(repository)[:-1])
    repository.file("train.jsonl", data.replace(b"\n", end))
    report = repository.report("--base", "HEAD")
    Draft202012Validator(SCHEMA).validate(report)
    found = [(one["code"], one["row"]) for one in report["findings"]]
    assert found == [("FT211", 1), *([("FT010", 1)] if end == b"\r\n" else [])]
    (file,) = report["comparison"]["files"]
    assert (file["added"], file["removed"], file["rows"]) == (1, 0, {"before": 12, "after": 13})


def test_a_row_that_is_in_twice_where_it_was_once_is_no_news_of_its_own_and_a_new_duplicate(repository):
    repository.file("train.jsonl", b"".join([*lines(repository), lines(repository)[-1]]))
    report = repository.report("--base", "HEAD")
    assert [one for one in report["findings"] if one["code"] == "FT211"] == []
    assert report["comparison"]["files"][0]["duplicates"] == {"before": 0, "after": 1}


def test_a_new_finding_about_the_file_is_shown_and_an_old_one_is_not(repository):
    repository.file("train.jsonl", b"".join(lines(repository)) + b'{"prompt": "a", "completion": "b"}\n')
    assert {one["code"] for one in repository.report("--base", "HEAD")["findings"]} == {"FT107"}
    repository.commit()
    repository.file("train.jsonl", b'{"prompt": "c", "completion": "d"}\n' + b"".join(lines(repository)))
    assert repository.report("--base", "HEAD")["findings"] == []


def test_a_budget_holds_whether_it_was_kept_before_or_not(repository):
    total = repository.report("train.jsonl")["files"][0]["tokens"]["total"]
    repository.file("train.jsonl", b"".join([*lines(repository), json.dumps(make_row("more")).encode(), b"\n"]))
    for budget, found in ((total, {"FT508"}), (total - 1, {"FT508"}), (2 * total, set())):
        report = repository.report("--base", "HEAD", "--epochs", "1", "--max-tokens", str(budget))
        assert {one["code"] for one in report["findings"]} == found
        assert report["comparison"]["files"][0]["fixed"] == {}


def test_a_pointer_of_git_lfs_that_was_another_before_is_no_clean_file(repository):
    repository.file("train.jsonl", POINTER)
    repository.commit()
    repository.file("train.jsonl", POINTER.replace(b"0" * 64, b"1" * 64))
    assert repository.codes("--base", "HEAD") == {"FT017"}


def test_the_difference_is_printed_where_totals_are(repository):
    system = {"role": "system", "content": "Be \x1b[2J bold"}
    new = {"messages": [system, *make_row("Who?", "")["messages"]]}
    repository.file(
        "train.jsonl", b"".join([*lines(repository)[:-1], lines(repository)[0], json.dumps(new).encode(), b"\n"])
    )
    done = repository.run("check", "--base", "HEAD", "--totals", "--ignore", "FT3,FT213", "--model", "gpt-4o-mini")
    told = done.stdout.split("for gpt-4o-mini", 1)[1].split("\n", 1)[1].splitlines()
    assert told[0].startswith("train.jsonl since HEAD: 12 → 13 rows (+2 −1), ")
    assert " tokens, $0." in told[0]
    assert told[1:] == [
        "  1 new duplicate, 0 → 1 duplicate",
        r'  1 new system prompt: "Be \x1b[2J bold"',
        "  introduced: FT211 x1, FT701 x1",
        "  fixed: FT211 x1",
    ]
    hidden = repository.run("check", "--base", "HEAD", "--totals", "--hide-content").stdout
    assert "bold" not in hidden
    assert "  1 new system prompt\n" in hidden
    assert "bold" not in json.dumps(repository.report("--base", "HEAD")["comparison"])


def test_a_terminal_shows_the_difference(repository):
    repository.file("train.jsonl", b"".join(lines(repository)[:-1]))
    status, output = repository.on_terminal("check", "--base", "HEAD", NO_COLOR="1")
    assert (status, "train.jsonl since HEAD: 12 → 11 rows (+0 −1)" in output) == (0, True)
    repository.git("checkout", "-q", ".")
    assert (
        "no .jsonl or .ndjson file has changed since HEAD"
        in repository.on_terminal("check", "--base", "HEAD", NO_COLOR="1")[1]
    )


def test_a_renamed_file_is_compared_with_what_it_was_and_a_new_one_with_nothing(repository):
    repository.git("mv", "train.jsonl", "other.jsonl")
    repository.file("other.jsonl", b"".join(lines(repository, "other.jsonl")[1:]))
    repository.file("new.jsonl", [*alike(11, make_row()), EMPTY])
    report = repository.report("--base", "HEAD")
    assert [(one["path"], one["code"]) for one in report["findings"] if one["severity"] == "error"] == [
        ("new.jsonl", "FT211")
    ]
    before = {file["path"]: file["before_path"] for file in report["comparison"]["files"]}
    assert before == {"new.jsonl": None, "other.jsonl": "train.jsonl"}


def test_deleted_files_are_told(repository):
    repository.file("more.jsonl", alike(12, make_row()))
    repository.commit()
    (repository.directory / "train.jsonl").unlink()
    assert repository.report("--base", "HEAD")["comparison"]["deleted"] == ["train.jsonl"]
    assert repository.run("check", "--base", "HEAD", ".", "--totals").stdout.endswith(
        "train.jsonl is gone since HEAD\n"
    )


NAMES = ["two words.jsonl", "Größe 你好.jsonl", "-dash.jsonl", "new\nline.jsonl", ":(glob)*.jsonl", '"quoted".jsonl']


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_only_a_name(repository, name):
    repository.git("mv", "train.jsonl", f"./{name}")
    repository.commit()
    repository.file(name, b"".join([json.dumps(make_row("Who?", "")).encode() + b"\n", *lines(repository, name)]))
    report = repository.report("--base", "HEAD")
    assert [(one["path"], one["row"]) for one in report["findings"] if one["code"] == "FT211"] == [(name, 1)]
    assert repository.run("check", "--base", "HEAD~1").returncode == 1
    assert "\x1b" not in repository.run("check", "--base", "HEAD", "--totals").stdout


def test_a_directory_below_and_a_second_work_tree_work(repository):
    repository.file("data/more.jsonl", [*alike(11, make_row()), EMPTY])
    repository.commit()
    repository.file("data/more.jsonl", [*alike(12, make_row()), EMPTY, make_row("Who?", "")])
    for paths in ((), ("more.jsonl",), (".",)):
        done = repository.run("check", "--base", "HEAD", *paths, "--output-format", "concise", cwd="data")
        assert done.returncode == 1, done.stderr
        assert [line[:14] for line in done.stdout.splitlines() if " FT211 " in line] == ["more.jsonl:14:"]
    repository.git("worktree", "add", "-q", "../second", "HEAD")
    second = repository.directory.parent / "second" / "train.jsonl"
    second.write_bytes(second.read_bytes() + json.dumps(make_row("Who?", "")).encode() + b"\n")
    assert repository.run("check", "--base", "HEAD", cwd="../second").returncode == 1


def test_the_variables_of_a_hook_lead_nowhere_else(repository):
    repository.file("data/more.jsonl", alike(12, make_row()))
    repository.commit()
    done = repository.run(
        "check", "--base", "HEAD", "more.jsonl", cwd="data", GIT_DIR=".git", GIT_INDEX_FILE=".git/index"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_shallow_clone_says_how_to_get_the_commit_and_it_works(repository):
    repository.git("branch", "release")
    repository.file("train.jsonl", b"".join([json.dumps(make_row("Who?", "")).encode() + b"\n", *lines(repository)]))
    repository.commit()
    repository.git("clone", "-q", "--depth=1", "--branch=main", f"file://{repository.directory}", "../shallow")
    for ref in ("origin/release", "HEAD~1"):
        done = repository.run("check", "--base", ref, "train.jsonl", cwd="../shallow")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "fetch-depth: 0" in done.stderr
        repository.git(*done.stderr.split("`git ")[1].split("`")[0].split(), cwd="../shallow")
        report = json.loads(
            repository.run("check", "--base", ref, "train.jsonl", "--output-format", "json", cwd="../shallow").stdout
        )
        assert [one["row"] for one in report["findings"] if one["code"] == "FT211"] == [1]


def test_a_shallow_clone_that_has_both_ends_says_how_to_get_what_they_have_in_common(repository):
    repository.git("checkout", "-q", "-b", "feature")
    repository.file("other.jsonl", [EMPTY])
    repository.commit()
    repository.git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repository.directory}", "../shallow")
    done = repository.run("check", "--base", "origin/main...", cwd="../shallow")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    repository.git(*done.stderr.split("`git ")[1].split("`")[0].split(), cwd="../shallow")
    done = repository.run("check", "--base", "origin/main...", "--output-format", "concise", cwd="../shallow")
    assert (done.returncode, "other.jsonl:1:" in done.stdout) == (1, True)


def test_three_dots_compare_with_where_the_branches_part(repository):
    repository.git("checkout", "-q", "-b", "feature")
    repository.file("mine.jsonl", [*alike(11, make_row()), make_row("Who?", "")])
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.file("train.jsonl", alike(12, make_row("Else")))
    repository.commit()
    repository.git("checkout", "-q", "feature")
    assert repository.codes("--base", "main...", "train.jsonl") == set()
    assert "FT211" in repository.codes("--base", "main", "train.jsonl")
    assert repository.report("--base", "main...")["comparison"]["files"][0]["path"] == "mine.jsonl"


@pytest.mark.parametrize("ref", ["nowhere", "-x", "--output=x", "", "HEAD:train.jsonl", "a\nb", "HEAD..HEAD"])
def test_a_commit_that_is_none_is_one_sentence(repository, ref):
    done = repository.run("check", f"--base={ref}")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("ftlint: error: ")


def test_where_there_is_no_repository_no_git_or_no_file_it_is_one_sentence(repository, tmp_path):
    other = Shell(tmp_path)
    name = other.file("train.jsonl", alike(12, make_row()))
    for shell, words, said in (
        (other, (name,), "no git work tree"),
        (other, ("-",), "standard input"),
        (repository, ("train.jsonl", str(tmp_path / name)), "is not in the git work tree"),
    ):
        done = shell.run("check", "--base", "HEAD", *words, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
        assert said in done.stderr
    done = repository.run("check", "--base", "HEAD", PATH="")
    assert (done.returncode, done.stderr) == (
        2,
        "ftlint: error: --base needs git, which is not installed or not on the PATH\n",
    )


def test_a_pointer_of_git_lfs_at_the_commit_is_explained(repository):
    repository.file("train.jsonl", POINTER)
    repository.commit()
    repository.file("train.jsonl", alike(12, make_row()))
    done = repository.run("check", "--base", "HEAD", PATH=_without_lfs())
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "at HEAD it is a Git LFS pointer" in done.stderr
    repository.git("checkout", "-q", ".")
    assert repository.run("check", "--base", "HEAD", "train.jsonl").returncode == 0


def _without_lfs() -> str:
    """A PATH with git alone."""
    git = shutil.which("git")
    return os.pathsep.join([str(Path(git).parent)]) if not shutil.which("git-lfs") else "/usr/bin"


@pytest.mark.parametrize("content", [b"\x00\xff" * 99, b"", b"PK\x03\x04", b"{" * 999, b"\xff\xfe{\x00"])
def test_whatever_the_file_was_the_new_rows_are_checked(repository, content):
    repository.file("train.jsonl", content)
    repository.commit()
    repository.file("train.jsonl", [*alike(11, make_row()), EMPTY])
    report = repository.report("--base", "HEAD")
    assert [one["code"] for one in report["findings"] if one["severity"] == "error"] == ["FT211"]


def test_a_baseline_and_a_commit_mute_together(repository):
    repository.file("more.jsonl", [*alike(11, make_row()), EMPTY])
    repository.run("baseline", "create", "more.jsonl")
    done = repository.run("check", "--base", "HEAD", "--fail-on-stale")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert repository.run("check", "--base", "HEAD", "--no-baseline").returncode == 1


def test_a_validation_file_that_is_new_is_all_new(repository):
    repository.file("valid.jsonl", [*alike(11, make_row()), EMPTY])
    report = repository.report("--base", "HEAD", "train.jsonl", "--validation", "valid.jsonl")
    assert {one["path"] for one in report["findings"] if one["severity"] == "error"} == {"valid.jsonl"}


def test_thousands_of_files_take_no_more_processes_than_one(repository, tmp_path):
    calls = []
    for number in (1, 40):
        for name in range(number):
            repository.file(f"data/{name}.jsonl", [make_row(f"Q{name}"), EMPTY])
        repository.commit()
        for name in range(number):
            repository.file(f"data/{name}.jsonl", [make_row(f"Q{name}"), EMPTY, make_row("Who?", "")])
        trace = tmp_path / f"trace{number}"
        report = repository.report("--base", "HEAD", "data", "--select", "FT211", GIT_TRACE=str(trace))
        assert [one["row"] for one in report["findings"]] == [3] * number
        calls.append(trace.read_text().count("built-in: git"))
    assert calls[0] == calls[1] > 3


def test_content_that_git_does_not_have_is_said_for_its_file_and_the_others_are_compared(repository):
    for name in ("a", "b", "c"):
        repository.file(f"{name}.jsonl", [make_row(name), EMPTY])
    repository.commit()
    for name in ("a", "c"):
        repository.file(f"{name}.jsonl", [make_row(name), EMPTY, make_row(name, "")])
    lost = repository.git("rev-parse", "HEAD:b.jsonl").strip()
    (repository.directory / ".git/objects" / lost[:2] / lost[2:]).unlink()
    done = repository.run("check", "--base", "HEAD", ".", "--select", "FT211", "--output-format", "concise")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == f"ftlint: error: git cannot give what it has at HEAD: {lost} missing"
    found = [line[:10] for line in done.stdout.splitlines() if " FT211 " in line]
    assert found == ["a.jsonl:3:", "b.jsonl:2:", "c.jsonl:3:"]


digests = st.lists(st.integers(0, 30).map(lambda number: bytes([number % 3, number]) * 8), max_size=40)


@settings(max_examples=100)
@given(before=digests, after=digests)
def test_differences_and_repeats_are_those_of_naive_counts(before, after):
    from collections import Counter

    then, now = Multiset(), Multiset()
    for one in before:
        then.add(one)
    for one in after:
        now.add(one)
    naive = Counter(after), Counter(before)
    assert now.since(then) == ((naive[0] - naive[1]).total(), (naive[1] - naive[0]).total())
    assert now.repeats() == len(after) - len(set(after))

"""`ftlint baseline`, and `ftlint check` with what it wrote."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import make_row
from tests.support import alike

EMPTY = make_row("What?", " ")
NAME = "ftlint-baseline.json"
MUTED = "ftlint: note: 1 finding muted: in the baseline ftlint-baseline.json\n"


@pytest.fixture
def train(shell):
    """Twelve rows, one of them wrong."""
    return shell.file("train.jsonl", [*alike(11, make_row()), EMPTY])


@pytest.fixture
def known(shell, train):
    """The same, with a baseline."""
    done = shell.run("baseline", "create", train)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"ftlint: note: 1 finding recorded in {NAME}\n"
    return train


def test_a_clean_hook_is_silent_about_what_is_muted(shell, known):
    done = shell.run("check", known)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_how_many_are_muted_is_said_where_anything_is(shell, known):
    assert shell.run("check", known, "--totals").stderr == MUTED
    status, output = shell.on_terminal("check", known)
    assert (status, MUTED in output) == (0, True)
    shell.file(known, [*alike(11, make_row()), EMPTY, make_row("Who?", "")])
    done = shell.run("check", known)
    assert (done.returncode, done.stderr) == (1, MUTED)
    assert "train.jsonl:13:" in done.stdout
    assert "train.jsonl:12:" not in done.stdout


def test_the_json_report_counts_what_is_muted(shell, known):
    report = shell.report(known)
    assert (report["findings"], report["summary"]["muted"], report["summary"]["stale"]) == ([], 1, 0)


def test_no_baseline_reports_everything_and_another_baseline_is_named(shell, known):
    assert shell.run("check", known, "--no-baseline").returncode == 1
    assert shell.run("check", known, "--isolated").returncode == 1
    (shell.directory / NAME).rename(shell.directory / "other.json")
    assert shell.run("check", known).returncode == 1
    assert shell.run("check", known, "--baseline", "other.json").returncode == 0
    shell.file("ftlint.toml", b'baseline = "other.json"\n')
    assert shell.run("check", known).returncode == 0
    done = shell.run("check", known, "--baseline", "none.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "ftlint: error: cannot read the baseline none.json: no such file; `ftlint baseline create` makes one\n"
    )


def test_it_is_found_beside_the_configuration_from_a_directory_below(shell):
    shell.file("ftlint.toml", b"")
    shell.file("data/train.jsonl", [*alike(11, make_row()), EMPTY])
    shell.run("baseline", "create", "train.jsonl", cwd="data")
    assert list(json.loads((shell.directory / NAME).read_bytes())["files"]) == ["data/train.jsonl"]
    assert shell.run("check", "train.jsonl", cwd="data").returncode == 0
    assert shell.run("check", ".").returncode == 0


def test_create_refuses_to_overwrite_and_names_update(shell, known):
    done = shell.run("baseline", "create", known)
    assert done.returncode == 2
    assert done.stderr == (
        f"ftlint: error: {NAME} is there already; `ftlint baseline update` records what has changed\n"
    )


def test_a_file_that_cannot_be_read_leaves_no_half_of_a_baseline(shell, train):
    done = shell.run("baseline", "create", train, "nowhere.jsonl")
    assert (done.returncode, done.stderr) == (
        2,
        "ftlint: error: cannot read nowhere.jsonl: no such file or directory\n",
    )
    assert not (shell.directory / NAME).exists()


def test_what_is_no_longer_there_is_stale_and_prune_takes_it_out(shell, known):
    shell.file(known, alike(12, make_row()))
    assert shell.run("check", known).stderr == ""
    done = shell.run("check", known, "--fail-on-stale")
    assert done.returncode == 1
    assert done.stderr == (
        "ftlint: note: 1 finding of the baseline is no longer there: FT211 x1 in train.jsonl\n"
        "ftlint: note: `ftlint baseline prune` takes it out\n"
    )
    assert shell.report(known)["summary"]["stale"] == 1
    assert shell.run("baseline", "prune", known).returncode == 0
    assert shell.run("check", known, "--fail-on-stale").returncode == 0
    assert json.loads((shell.directory / NAME).read_bytes())["files"] == {}


def test_what_rules_found_that_there_are_no_longer_is_stale(shell, clean):
    shell.file(NAME, b'{"version": 1, "files": {"train.jsonl": {"FT998": 1}, "gone.jsonl": {"FT999": 2}}}')
    (shell.directory / clean).rename(shell.directory / "train.jsonl")
    assert shell.report("train.jsonl")["summary"]["stale"] == 3
    assert shell.run("baseline", "prune", "train.jsonl").returncode == 0
    assert json.loads((shell.directory / NAME).read_bytes())["files"] == {}


def test_prune_adds_nothing_and_keeps_what_the_rules_that_run_cannot_find(shell, known):
    shell.file(known, [*alike(11, make_row()), EMPTY, make_row("Who?", "")])
    shell.run("baseline", "prune", known)
    assert shell.run("check", known).returncode == 1
    shell.file(known, alike(12, make_row()))
    assert shell.run("check", known, "--select", "FT1", "--fail-on-stale").returncode == 0
    shell.run("baseline", "prune", known, "--select", "FT1")
    assert "FT211" in (shell.directory / NAME).read_text()


def test_update_records_anew_and_keeps_other_files(shell, known):
    shell.file("more.jsonl", [*alike(11, make_row()), make_row("Who?", "")])
    done = shell.run("baseline", "update", "more.jsonl")
    assert (done.returncode, done.stderr) == (0, f"ftlint: note: 2 findings recorded in {NAME}, 1 before\n")
    assert shell.run("check").returncode == 0
    shell.file("more.jsonl", alike(12, make_row()))
    shell.run("baseline", "update", "more.jsonl")
    assert list(json.loads((shell.directory / NAME).read_bytes())["files"]) == [known]


def test_a_renamed_file_keeps_its_baseline(shell, known):
    (shell.directory / known).rename(shell.directory / "renamed.jsonl")
    assert shell.run("check", "renamed.jsonl", "--fail-on-stale").returncode == 0
    shell.run("baseline", "update", "renamed.jsonl")
    assert list(json.loads((shell.directory / NAME).read_bytes())["files"]) == ["renamed.jsonl"]


def test_what_renamed_files_take_over_is_there_once(shell):
    for name in ("a", "b", "c"):
        shell.file(f"data/{name}.jsonl", [*alike(11, make_row()), EMPTY])
    shell.run("baseline", "create", "data")
    for name in ("a", "b", "c"):
        (shell.directory / f"data/{name}.jsonl").rename(shell.directory / f"data/new-{name}.jsonl")
    report = shell.report("data")
    assert (report["findings"], report["summary"]["muted"], report["summary"]["stale"]) == ([], 3, 0)
    shell.file("data/new-d.jsonl", [*alike(11, make_row()), EMPTY])
    report = shell.report("data")
    assert [one["path"] for one in report["findings"]] == ["data/new-d.jsonl"]
    assert report["summary"]["stale"] == 0
    (shell.directory / "data/new-a.jsonl").unlink()
    (shell.directory / "data/new-d.jsonl").unlink()
    assert shell.report("data")["summary"]["stale"] == 1
    assert shell.run("check", "data", "--fix").returncode == 0


def test_a_copy_of_a_file_has_no_baseline(shell, known):
    shell.file("copy.jsonl", (shell.directory / known).read_bytes())
    assert shell.run("check", "copy.jsonl").returncode == 1


def test_what_is_said_of_the_target_once_a_run_is_known_whichever_file_comes_first(shell, clean):
    shell.file("b.jsonl", alike(12, make_row()))
    options = ("--model", "gpt-3.5-turbo-0613")
    assert shell.run("check", clean, "b.jsonl", *options, "--fail-on", "warning").returncode == 1
    shell.run("baseline", "create", "b.jsonl", clean, *options, "--today", "2026-09-01")
    for paths in ((clean, "b.jsonl"), ("b.jsonl", clean), ("b.jsonl",)):
        assert shell.run("check", *paths, *options, "--fail-on", "warning", "--fail-on-stale").returncode == 0


def test_files_that_are_no_json_lines_can_be_known(shell):
    for name, content in {"a.jsonl": b"PK\x03\x04", "b.jsonl": b"", "c.jsonl": b"[1, 2]", "d.jsonl": b"{\n\n"}.items():
        shell.file(name, content)
    assert shell.run("check").returncode == 1
    shell.run("baseline", "create")
    assert shell.run("check", "--fail-on-stale").returncode == 0


def test_a_budget_holds_whatever_the_baseline_says(shell, train):
    shell.run("baseline", "create", train, "--max-rows", "5")
    assert shell.codes(train, "--max-rows", "5") == {"FT508"}
    assert shell.report(train, "--max-rows", "5")["summary"]["stale"] == 0


def test_data_that_was_not_fetched_is_never_known(shell):
    shell.file("train.jsonl", b"version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12\n" % (b"0" * 64))
    shell.run("baseline", "create", "train.jsonl")
    assert shell.codes("train.jsonl") == {"FT017"}


def test_what_is_wrong_with_a_grader_can_be_known(shell):
    shell.file("train.jsonl", [{"messages": [{"role": "user", "content": f"{n}"}]} for n in range(12)])
    shell.file("grader.json", b'{"type": "nothing"}')
    options = ("train.jsonl", "--grader", "grader.json", "--validation", "train.jsonl")
    assert shell.run("check", *options).returncode == 1
    shell.run("baseline", "create", *options)
    assert shell.run("check", *options).returncode == 0


def test_a_fix_leaves_the_rows_whose_findings_are_known(shell):
    name = shell.file("train.jsonl", [make_row(answer=f"A{n}", extra=1) for n in range(12)])
    shell.run("baseline", "create", name)
    shell.file(name, [make_row(answer=f"A{n}", extra=1) for n in range(13)])
    shell.run("check", name, "--fix", "--unsafe-fixes")
    assert [json.loads(line).keys() for line in (shell.directory / name).read_bytes().splitlines()] == [
        *[{"messages", "extra"}] * 12,
        {"messages"},
    ]


def test_show_counts_by_file_and_rule_and_prints_no_row(shell, known):
    assert shell.run("baseline", "show").stdout == (
        "file         rule   name             findings\n"
        "train.jsonl  FT211  empty-assistant         1\n"
        "1 finding in ftlint-baseline.json, recorded by ftlint 0.1.0\n"
    )
    assert json.loads(shell.run("baseline", "show", "--output-format", "json").stdout) == {
        "version": 1,
        "baseline": NAME,
        "tool": "0.1.0",
        "files": [{"path": "train.jsonl", "exists": True, "findings": {"FT211": 1}}],
    }
    assert "What?" not in (shell.directory / NAME).read_text()


def test_a_hostile_path_in_a_baseline_steers_no_terminal(shell):
    shell.file(NAME, json.dumps({"version": 1, "tool": "\x1b[2J", "files": {"\x1b[31m": {"FT211": 1}}}).encode())
    assert "\x1b" not in shell.run("baseline", "show").stdout


@pytest.mark.parametrize("content", [b"{", b'{"version": 99, "tool": "9.9", "files": {}}', b"\n<<<<<<< HEAD\n"])
@pytest.mark.parametrize("words", [("check",), ("baseline", "update"), ("baseline", "prune"), ("baseline", "show")])
def test_a_baseline_that_cannot_be_read_is_one_sentence(shell, clean, content, words):
    shell.file(NAME, content)
    done = shell.run(*words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("ftlint: error: ")


def test_publish_knows_no_baseline(shell, known):
    done = shell.run("publish", known, "--model", "gpt-4o-mini", "--dry-run", OPENAI_API_KEY="none")
    assert done.returncode == 1
    assert "FT211" in done.stdout + done.stderr

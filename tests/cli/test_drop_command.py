"""`ftlint drop`."""

import json

import pytest


@pytest.fixture
def rows(row):
    return [row(str(number)) for number in range(1, 13)]


def test_flagged_lines_are_taken_out_and_kept_beside(shell, rows):
    file = shell.file("train.jsonl", rows)
    done = shell.run("drop", file, "--lines", "Flagged lines: 4, 10-11 ...")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Dropped 3 lines of 12 from train.jsonl; kept in train.dropped.jsonl.\n"
    left = [json.loads(line) for line in (shell.directory / file).read_bytes().splitlines()]
    assert left == [*rows[:3], *rows[4:9], rows[11]]
    kept = [json.loads(line) for line in (shell.directory / "train.dropped.jsonl").read_bytes().splitlines()]
    assert [(one["line"], one["row"]) for one in kept] == [(4, rows[3]), (10, rows[9]), (11, rows[10])]


def test_what_a_report_finds_is_taken_out_and_a_second_time_nothing_is(shell, broken):
    shell.run("check", broken, "--output-format", "json", "--output-file", "report.json")
    done = shell.run("drop", broken, "--from-report", "report.json", "--backup")
    assert done.stdout == f"Dropped 1 line of 12 from {broken}; kept in broken.dropped.jsonl.\n"
    assert shell.run("check", broken, "--ignore", "FT504").returncode == 0
    again = shell.run("drop", broken, "--from-report", "report.json")
    assert again.returncode == 2
    assert "is not the file that report.json speaks of" in again.stderr
    shell.run("check", broken, "--output-format", "json", "--output-file", "report.json", "--ignore", "FT504")
    nothing = shell.run("drop", broken, "--from-report", "report.json")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert nothing.stderr == f"ftlint: note: no row of {broken} is to be dropped\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name the rows either with --lines or with --from-report"),
        (("--lines", "1", "--from-report", "r.json"), "name the rows either with --lines or with --from-report"),
        (("--lines", "1", "--select", "FT2"), "--select chooses findings of a report"),
        (("--lines", "abc"), '"abc" names no lines'),
        (("--lines", "99"), "clean.jsonl has 12 lines, and no line 99"),
        (("--from-report", "none.json"), "cannot read none.json: no such file or directory"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_changes_nothing(shell, clean, words, said):
    before = (shell.directory / clean).read_bytes()
    done = shell.run("drop", clean, *words)
    assert done.returncode == 2
    assert done.stderr.startswith("ftlint: error: ") and said in done.stderr and done.stderr.count("\n") == 1
    assert (shell.directory / clean).read_bytes() == before
    assert sorted(path.name for path in shell.directory.iterdir()) == [clean]

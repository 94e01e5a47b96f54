"""`ftlint split`, `dedupe`, `sample` and `merge`."""

from __future__ import annotations

import json

import pytest

from tests.support import chat


def make_row(question="Hi", answer="Hello"):
    return chat(f"user: {question}", f"assistant: {answer}")


def rows(count, start=0):
    return [make_row(f"What is {number}?", f"It is {number}") for number in range(start, start + count)]


def lines(shell, name):
    return (shell.directory / name).read_bytes().splitlines()


def test_split_writes_two_files_beside_the_input_says_what_it_did_and_what_comes_next(shell):
    shell.file("data/my rows.jsonl", rows(100))
    done = shell.run("split", "data/my rows.jsonl", "--validation", "0.2", "--model", "gpt-4o-mini")
    assert done.returncode == 0
    train, validation = (len(lines(shell, f"data/my rows.{side}.jsonl")) for side in ("train", "validation"))
    assert done.stdout == (
        "data/my rows.jsonl: 100 rows in 100 groups by prompt\n"
        f"  train       {train}   {train}.0%  data/my rows.train.jsonl\n"
        f"  validation  {validation}   {validation}.0%  data/my rows.validation.jsonl\n"
    )
    assert done.stderr == (
        "next: ftlint check 'data/my rows.train.jsonl' --validation 'data/my rows.validation.jsonl' "
        "--model gpt-4o-mini\n"
    )
    assert train + validation == 100


def test_the_next_command_can_be_typed(shell):
    shell.file("train.jsonl", rows(100))
    command = shell.run("split", "train.jsonl", "-o", "out").stderr.removeprefix("next: ftlint ").split()
    assert shell.run(*command).returncode == 0


def test_split_as_json_counts_rows_and_labels(shell):
    shell.file("train.jsonl", [make_row(f"Question {number}", "yes" if number % 4 else "no") for number in range(80)])
    done = shell.run(
        "split",
        "train.jsonl",
        "--validation",
        "0.25",
        "--test",
        "0.25",
        "--stratify",
        "label",
        "--output-format",
        "json",
    )
    told = json.loads(done.stdout)
    assert (told["rows"], told["groups"], told["stratified_by"], done.stderr) == (80, 80, "label", "")
    assert [(side["name"], side["rows"], side["path"]) for side in told["sides"]] == [
        ("train", 40, "train.train.jsonl"),
        ("validation", 20, "train.validation.jsonl"),
        ("test", 20, "train.test.jsonl"),
    ]
    assert told["sides"][1]["labels"] == [{"label": "yes", "rows": 15}, {"label": "no", "rows": 5}]


def test_the_labels_of_the_data_cannot_steer_a_terminal(shell):
    shell.file("train.jsonl", [make_row(f"Question {number}", "\x1b[31mred") for number in range(80)])
    assert "\x1b" not in shell.run("split", "train.jsonl", "--stratify", "label").stdout


def test_nothing_is_overwritten_unasked(shell):
    shell.file("train.jsonl", rows(100))
    shell.file("train.validation.jsonl", b"precious")
    done = shell.run("split", "train.jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ftlint: error: train.validation.jsonl is there already; overwrite it with --force\n"
    assert (shell.directory / "train.validation.jsonl").read_bytes() == b"precious"
    assert not (shell.directory / "train.train.jsonl").exists()
    assert shell.run("split", "train.jsonl", "--force").returncode == 0
    assert (shell.directory / "train.validation.jsonl").read_bytes() != b"precious"


def test_the_test_file_of_an_earlier_split_is_pointed_at(shell):
    shell.file("train.jsonl", rows(100))
    assert shell.run("split", "train.jsonl", "--test", "0.2").returncode == 0
    done = shell.run("split", "train.jsonl", "--force")
    assert "ftlint: note: train.test.jsonl is of an earlier split" in done.stderr


def test_what_is_refused_leaves_no_file(shell):
    shell.file("train.jsonl", rows(50))
    done = shell.run("split", "train.jsonl", "--validation", "0.01", "--model", "gpt-4o-mini")
    assert done.returncode == 2
    assert "gpt-4o-mini-2024-07-18 (supervised) wants at least 10; --validation 0." in done.stderr
    assert [path.name for path in shell.directory.iterdir()] == ["train.jsonl"]


def test_the_limit_of_reinforcement_on_validation_rows_holds(shell):
    shell.file("train.jsonl", [chat(f"user: Question {number}") for number in range(4000)])
    done = shell.run("split", "train.jsonl", "--validation", "0.5", "--method", "reinforcement")
    assert "openai (reinforcement) takes at most 1,000; --validation 0.2" in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("split", "train.jsonl", "--validation", "0.5", "--test", "0.5"), "leave nothing to train on"),
        (("split", "train.jsonl", "--validation", "0"), "invalid value for '--validation'"),
        (("split", "-"), "-o names the files"),
        (("split", "train.jsonl", "--near", "--group", "user"), "give one of them"),
        (("split", "nowhere.jsonl"), "cannot read nowhere.jsonl: no such file"),
        (("split", "."), "it is a directory"),
        (("split", "train.jsonl", "-o", "no/where"), "cannot write no/where.train.jsonl"),
        (("split", "train.jsonl", "--model", "gpt-5000"), 'unknown model "gpt-5000"'),
        (("dedupe", "train.jsonl", "-o", "-"), "-o names a file"),
        (("dedupe", "train.jsonl", "-o", "."), "is a directory"),
        (("dedupe", "train.jsonl", "-o", "train.jsonl"), "train.jsonl is an input; write to another file"),
        (("sample", "train.jsonl", "-n", "51", "-o", "some.jsonl"), "has 50 rows, fewer than the 51"),
        (("merge", "train.jsonl", "--near", "-o", "all.jsonl"), "it goes with --dedupe"),
        (("merge", "train.jsonl", "other.jsonl", "-o", "all.jsonl"), "--mixed merges them all the same"),
        (("merge", "train.jsonl", "broken.jsonl", "-o", "all.jsonl"), "has 1 row that cannot be read, in line 2"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence_and_writes_nothing(shell, words, message):
    shell.file("train.jsonl", rows(50))
    shell.file("other.jsonl", [{"prompt": "a", "completion": "b"}])
    shell.file("broken.jsonl", json.dumps(make_row()).encode() + b"\n{'a'}\n")
    before = sorted(shell.directory.iterdir())
    done = shell.run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.startswith("ftlint: error: ") and done.stderr.count("\n") == 1
    assert sorted(shell.directory.iterdir()) == before


def test_rows_come_from_standard_input_too(shell):
    data = b"".join(json.dumps(row).encode() + b"\n" for row in rows(100))
    assert shell.run("split", "-", "-o", "out", stdin=data).returncode == 0
    assert len(lines(shell, "out.train.jsonl")) + len(lines(shell, "out.validation.jsonl")) == 100
    assert shell.run("dedupe", "-", "-o", "once.jsonl", stdin=data * 2).returncode == 0
    assert (shell.directory / "once.jsonl").read_bytes() == data


def test_dedupe_keeps_the_first_and_writes_the_others_beside_it(shell):
    shell.file("train.jsonl", [*rows(12), *rows(3)])
    done = shell.run("dedupe", "train.jsonl", "-o", "once.jsonl")
    assert done.stdout == (
        "train.jsonl: 12 of 15 rows\n"
        "3 rows removed as duplicates, kept in once.removed.jsonl\n"
        "12 rows written to once.jsonl\n"
    )
    assert done.stderr == "next: ftlint check once.jsonl\n"
    told = [json.loads(line) for line in lines(shell, "once.removed.jsonl")]
    assert told[0] == {
        "file": "train.jsonl",
        "line": 13,
        "kept": {"file": "train.jsonl", "line": 1},
        "row": rows(1)[0],
    }


def test_without_duplicates_there_is_no_second_file_nor_one_of_an_earlier_run(shell):
    shell.file("train.jsonl", rows(12))
    shell.file("once.removed.jsonl", b"{}\n")
    assert shell.run("dedupe", "train.jsonl", "-o", "once.jsonl").returncode == 2
    done = shell.run("dedupe", "train.jsonl", "-o", "once.jsonl", "--force")
    assert done.stdout == "train.jsonl: 12 rows\nno duplicates\n12 rows written to once.jsonl\n"
    assert not (shell.directory / "once.removed.jsonl").exists()


def test_a_file_may_take_its_own_place(shell):
    shell.file("train.jsonl", [*rows(12), *rows(3)])
    assert shell.run("dedupe", "train.jsonl", "-o", "train.jsonl", "--force").returncode == 0
    assert [json.loads(line) for line in lines(shell, "train.jsonl")] == rows(12)


def test_the_file_that_is_read_is_not_where_the_removed_rows_go(shell):
    shell.file("once.removed.jsonl", rows(12))
    done = shell.run("dedupe", "once.removed.jsonl", "-o", "once.jsonl", "--force")
    assert done.returncode == 2
    assert "once.removed.jsonl is read" in done.stderr
    assert len(lines(shell, "once.removed.jsonl")) == 12


def test_sample_says_how_many_rows_of_how_many(shell):
    shell.file("train.jsonl", rows(50))
    done = shell.run("sample", "train.jsonl", "-n", "10", "-o", "some.jsonl")
    assert done.stdout == "train.jsonl: 10 of 50 rows written to some.jsonl\n"
    assert len(lines(shell, "some.jsonl")) == 10
    told = json.loads(
        shell.run("sample", "train.jsonl", "-n", "10", "-o", "some.jsonl", "--force", "--output-format", "json").stdout
    )
    assert (told["rows"], told["of"], told["path"]) == (10, 50, "some.jsonl")


def test_merge_counts_the_rows_of_each_file(shell):
    shell.file("a.jsonl", b"\xef\xbb\xbf" + b"\n".join(json.dumps(row).encode() for row in rows(12)))
    shell.file("b.jsonl", rows(10, start=8))
    done = shell.run("merge", "a.jsonl", "b.jsonl", "-o", "all.jsonl")
    assert done.stdout == "a.jsonl: 12 rows\nb.jsonl: 10 rows\n22 rows written to all.jsonl\n"
    assert len(lines(shell, "all.jsonl")) == 22
    done = shell.run("merge", "a.jsonl", "b.jsonl", "-o", "once.jsonl", "--dedupe")
    assert done.stdout == (
        "a.jsonl: 12 rows\nb.jsonl: 6 of 10 rows\n4 rows removed as duplicates, kept in once.removed.jsonl\n"
        "18 rows written to once.jsonl\n"
    )
    (first, *_) = map(json.loads, lines(shell, "once.removed.jsonl"))
    assert (first["file"], first["line"], first["kept"]) == ("b.jsonl", 1, {"file": "a.jsonl", "line": 9})


def test_blank_lines_are_left_out_and_counted(shell):
    shell.file("a.jsonl", json.dumps(make_row()).encode() + b"\n\n \n")
    done = shell.run("merge", "a.jsonl", "-o", "b.jsonl")
    assert done.stderr.startswith("ftlint: note: 2 blank lines are left out\n")


def test_the_mode_of_files_that_are_replaced_is_kept(shell):
    shell.file("train.jsonl", rows(20))
    (shell.directory / shell.file("some.jsonl", b"")).chmod(0o640)
    assert shell.run("sample", "train.jsonl", "-n", "10", "-o", "some.jsonl", "--force").returncode == 0
    assert (shell.directory / "some.jsonl").stat().st_mode & 0o777 == 0o640

"""`ftlint explain`: an error message, and the file that it is about."""

from __future__ import annotations

import json

import pytest

from tests.support import alike

ROLE = "Invalid file format. Example 3, message 2 Discriminator 'role' is missing in value"
COUNT = "Training file has 3 example(s), but must have at least 10 examples"


@pytest.fixture
def train(shell, row):
    """Twelve rows: an unknown role in the first, a message without a role in the third, a doubled turn in the fifth."""
    rows = [row() for _ in range(12)]
    rows[0]["messages"][0]["role"] = "functionn"
    rows[2]["messages"][1] = {"content": "the content of row three"}
    rows[4]["messages"].append({"role": "assistant", "content": "Again"})
    return shell.file("train.jsonl", rows)


def test_a_message_is_explained(shell):
    done = shell.run("explain", ROLE)
    assert (done.returncode, done.stderr) == (0, "")
    for line in (
        "\"Example 3, message 2 Discriminator 'role' is missing in value\"",
        "  FT101 missing-key (error): A required key is absent.",
        '  where: row 3 (counted from 1), message 2, key "role"',
        "  remedy: add the key that is named; every message has a role",
        "  more: ftlint rule FT101",
    ):
        assert f"{line}\n" in done.stdout


def test_standard_input_is_read_for_a_dash(shell):
    body = json.dumps({"error": {"message": COUNT, "code": "invalid_n_examples", "param": "training_file"}}).encode()
    done = shell.run("explain", "-", stdin=body)
    assert done.returncode == 0
    assert "  FT504 too-few-rows (error): " in done.stdout


def test_the_row_of_the_file_is_shown_with_what_is_wrong_with_it(shell, train):
    done = shell.run("explain", ROLE, "--file", train)
    assert done.returncode == 0
    assert 'train.jsonl:3:50 error FT101 messages[1] has no "role"\n' in done.stdout
    assert "the content of row three" in done.stdout


def test_a_message_that_counts_from_0_means_the_row_before(shell, train):
    text = "Role must be either 'user', 'assistant', or 'system'. Unexpected value encountered on line 0."
    done = shell.run("explain", text, "--file", train)
    assert "  where: row 1 (the message counts from 0, ftlint from 1)\n" in done.stdout
    assert 'train.jsonl:1:24 error FT105 Role "functionn"' in done.stdout


def test_a_message_that_names_no_row_leads_to_the_rows_of_its_rule_even_of_one_that_is_off(shell, train):
    done = shell.run("explain", "contains invalid schema (20)", "--file", train)
    assert "  FT208 consecutive-same-role (off by default): " in done.stdout
    assert "FT208 in train.jsonl: in line 5\n" in done.stdout


def test_a_rule_that_finds_nothing_in_the_file_says_so(shell, clean):
    done = shell.run("explain", "contains invalid schema (20)", "--file", clean)
    assert done.stdout.endswith("clean.jsonl: nothing is found of FT208\n")
    done = shell.run("explain", 'Example 2 contains an extra "id".', "--file", clean)
    assert "clean.jsonl:2: nothing is found in this row\n" in done.stdout


def test_rows_that_the_file_does_not_have_are_said(shell, clean):
    done = shell.run("explain", "Flagged lines: 4, 13", "--file", clean)
    assert "  no rule of ftlint finds this\n  where: rows 4, 13 (counted from 1)\n" in done.stdout
    assert '"content": "3 Hello"' in done.stdout
    assert "clean.jsonl:13: the file has no such row; it has 12\n" in done.stdout


@pytest.mark.parametrize("text", [ROLE, "Flagged lines: 3, 4"])
def test_content_is_hidden_where_the_log_may_be_public(shell, train, text):
    assert "content" not in shell.run("explain", text, "--file", train, CI="true").stdout
    assert "content" in shell.run("explain", text, "--file", train, "--show-content", CI="true").stdout
    assert "content" not in shell.run("explain", text, "--file", train, "--hide-content").stdout
    assert "row three" not in shell.run("explain", text, "--file", train, "--output-format", "json").stdout


def test_the_model_decides_what_is_wrong_with_the_row(shell, row):
    image = [{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}]
    file = shell.file("train.jsonl", [*alike(11, row()), row(image)])
    text = 'Example 12 contains an extra "id".'
    assert "FT451" not in shell.run("explain", text, "--file", file).stdout
    assert "FT451" in shell.run("explain", text, "--file", file, "--model", "gpt-4o-mini").stdout


def test_an_array_is_counted_by_its_rows(shell, row):
    file = shell.file("array.jsonl", json.dumps([row(), row(answer=""), row()], indent=1).encode())
    done = shell.run("explain", "Line 2: Empty content string", "--file", file)
    assert "FT211 Assistant turn is empty" in done.stdout


def test_an_unknown_message_is_said_with_those_near_it(shell):
    done = shell.run("explain", "Training file of mine has eight example rows, but it must have at least ten examples")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("No message in this text is known.\n  near: Training file has 3 example(s), ")


def test_json_holds_the_same(shell, train):
    done = shell.run("explain", ROLE, "--file", train, "--output-format", "json")
    report = json.loads(done.stdout)
    (error,) = report["errors"]
    assert (report["version"], error["rows"], error["rules"][0]["code"]) == (1, [3], "FT101")
    assert error["named"] == {"message": "2", "key": "role"}
    (shown,) = report["file"]["rows"]
    assert (shown["row"], shown["exists"], [item["code"] for item in shown["findings"]]) == (3, True, ["FT101"])
    unknown = shell.run("explain", "x", "--output-format", "json")
    assert (unknown.returncode, json.loads(unknown.stdout)["errors"]) == (1, [])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["FT211"], '"FT211" is a rule; see "ftlint rule FT211"'),
        (["empty-assistant"], '"empty-assistant" is a rule; see "ftlint rule empty-assistant"'),
        ([ROLE, "--file", "nowhere.jsonl"], "cannot read nowhere.jsonl: no such file or directory"),
        ([ROLE, "--file", "."], "cannot read .: "),
        (["-", "--file", "-"], "standard input holds the text; name the file"),
        ([ROLE, "--model", "gpt-4o-mimi"], 'unknown model "gpt-4o-mimi".'),
        ([], "missing argument 'TEXT'"),
    ],
)
def test_a_wrong_call_is_one(shell, words, sentence):
    done = shell.run("explain", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"ftlint: error: {sentence}")


def test_nothing_in_the_text_or_the_file_steers_a_terminal(shell, row):
    text = 'Example 1 contains an extra "\x1b]0;evil\x07\u202e::error::x\u200b".\n##[error]'
    file = shell.file("\u202erows.jsonl", alike(12, row("\x1b[31m\u202e")))
    for words in ((), ("--file", file), ("--file", file, "--output-format", "json")):
        done = shell.run("explain", text, *words)
        assert done.returncode == 0
        for char in "\x1b\x07\u202e\u200b":
            assert char not in done.stdout + done.stderr
        assert "##[" not in done.stdout


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"\x1f\x8b\x08\x00", b"[1, 2", b"\n\n\n", b'{"a": ' * 500, b"version https://git-lfs"],
)
def test_any_file_is_looked_at_without_a_traceback(shell, content):
    file = shell.file("any.jsonl", content)
    done = shell.run("explain", "Example 1 is missing key 'input'. contains invalid schema (20)", "--file", file)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_long_text_is_read_to_a_limit_that_is_named(shell):
    done = shell.run("explain", "-", stdin=COUNT.encode() + b" x" * 100_000)
    assert done.returncode == 0
    assert done.stderr == "ftlint: note: only the first 100,000 characters of the text were read\n"

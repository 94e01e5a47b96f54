"""Rows that repeat an earlier one: FT701 and the budget `max-duplicates` over the training files of a dataset."""

from __future__ import annotations

import json
from collections import Counter
from itertools import permutations

import pytest

from tests.cli.conftest import make_row

NEVER = ("--fail-on", "never")
UNPARSED, REFUSED = b'{"messages": [\n', b'{"messages": [], "tools": 7}\n'


def config(*train, **more):
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"name": "set", "train": train, **more}.items()]
    return "\n".join(["[[dataset]]", *lines, "[dataset.budget]", "max-duplicates = 0", ""]).encode()


def lines_of(numbers):
    return b"".join(json.dumps(make_row(f"Question {number}")).encode() + b"\n" for number in numbers)


FILES = {
    "a.jsonl": lines_of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2]) + UNPARSED + REFUSED,
    "b.jsonl": REFUSED + UNPARSED + lines_of([3, 11, 11, 12, 13, 14, 15, 16, 17, 18, 3]),
    "c.jsonl": lines_of([2, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28]),
}


@pytest.fixture
def three(shell):
    """Three training files that repeat rows of their own and of each other, and hold rows that are no rows."""
    for name, content in FILES.items():
        shell.file(name, content)
    return shell


def naive(*names):
    """Rows that say what an earlier one says, by file and number: an oracle of eight lines."""
    seen, found = {}, {}
    for name in names:
        for number, line in enumerate(FILES[name].splitlines(keepends=True), 1):
            if line in (UNPARSED, REFUSED):
                continue
            if line in seen:
                found[name, number] = seen[line]
            seen.setdefault(line, (name, number))
    return found


def test_each_training_file_of_a_dataset_is_compared_with_those_before_it_in_any_order(three):
    expected = {
        place: f"Row says the same as row {first[1]}" + ("" if place[0] == first[0] else f" of {first[0]}")
        for place, first in naive(*sorted(FILES)).items()
    }
    assert Counter(name for name, _ in expected) == {"a.jsonl": 1, "b.jsonl": 3, "c.jsonl": 1}
    reports = []
    for order in permutations(FILES):
        three.file("ftlint.toml", config(*order))
        report = three.report("--extend-select", "FT701", *NEVER)
        found = [one for one in report["findings"] if one["code"] == "FT701"]
        assert {(one["path"], one["row"]): one["message"] for one in found} == expected
        assert len(found) == len(expected)
        reports.append(report)
    assert all(report == reports[0] for report in reports)


def test_answers_that_conflict_across_training_files_are_reported_once_for_each_prompt_of_a_file(shell):
    answers = {
        "a.jsonl": [("1", "x"), ("2", "x"), ("2", "y"), ("3", " "), ("4", "x")],
        "b.jsonl": [("1", "x"), ("1", "y"), ("1", "z"), ("3", "x"), ("3", "y"), ("5", "x")],
        "c.jsonl": [("2", "x"), ("5", "x"), ("4", "y"), ("3", "x")],
    }
    for name, rows in answers.items():
        shell.file(name, [make_row(f"Question {asked}", said) for asked, said in rows])
    shell.file("ftlint.toml", config(*answers))
    report = shell.report("--select", "FT703", *NEVER)
    assert {
        (one["path"], one["row"], one["message"].split(" and ")[0]) for one in report["findings"] if one["row"]
    } == {
        ("a.jsonl", 3, "Row asks the same as row 2"),
        ("b.jsonl", 2, "Row asks the same as row 1 of a.jsonl"),
        ("b.jsonl", 5, "Row asks the same as row 4"),  # that of a.jsonl has no answer
        ("c.jsonl", 3, "Row asks the same as row 5 of a.jsonl"),
    }
    shell.file("ftlint.toml", config(*reversed(answers)))
    assert shell.report("--select", "FT703", *NEVER)["findings"] == report["findings"]


@pytest.mark.parametrize(
    ("words", "runs"),
    [
        (("--extend-select", "FT701"), True),
        (("--ignore", "FT701"), False),
        (("--select", "FT508"), False),
        (("--ignore", "FT701", "--jobs", "1"), False),
    ],
)
def test_the_budget_counts_the_rows_that_the_rule_reports_whether_or_not_it_runs(three, words, runs):
    three.file("ftlint.toml", config(*FILES))
    report = three.report(*words, *NEVER)
    (gate,) = report["gates"]
    assert (gate["value"], gate["path"], gate["verdict"]) == (len(naive(*sorted(FILES))), None, "exceeded")
    (told,) = [one["message"] for one in report["findings"] if one["code"] == "FT508"]
    assert told == "Rows that repeat an earlier one: 5, the budget is 0 (3 training files together)"
    assert any(one["code"] == "FT701" for one in report["findings"]) == runs


def test_files_that_are_named_are_counted_each_for_itself_and_not_compared(three):
    report = three.report(*FILES, "--extend-select", "FT701", "--max-duplicates", "0", *NEVER)
    found = Counter(one["path"] for one in report["findings"] if one["code"] == "FT701")
    own = {name: len(naive(name)) for name in FILES}
    assert own == {"a.jsonl": 1, "b.jsonl": 2, "c.jsonl": 0}
    assert found == Counter(own)
    assert {gate["path"]: gate["value"] for gate in report["gates"]} == own


def test_rows_past_the_memory_are_counted_all_the_same(three):
    three.file("ftlint.toml", b"max-rows-in-memory = 2\n" + config(*FILES))
    report = three.report("--extend-select", "FT701", *NEVER)
    assert report["gates"][0]["value"] == sum(one["code"] == "FT701" for one in report["findings"]) == 5


def test_the_budget_for_duplicates_counts_no_row_of_the_validation_file(three):
    three.file("ftlint.toml", config("a.jsonl", "b.jsonl", validation="c.jsonl"))
    report = three.report("--extend-select", "FT701", *NEVER)
    assert report["gates"][0]["value"] == len(naive("a.jsonl", "b.jsonl")) == 4
    assert {one["path"] for one in report["findings"] if one["code"] == "FT701"} == {"a.jsonl", "b.jsonl"}
    assert [one["message"] for one in report["findings"] if one["code"] == "FT704"] == [
        "Row is trained on as well: row 2 of a.jsonl"
    ]


def test_a_file_of_no_known_format_makes_the_number_unknown(three):
    three.file("log.jsonl", [{"level": "info"}] * 12)
    three.file("ftlint.toml", config("a.jsonl", "log.jsonl"))
    report = three.report(*NEVER)
    assert (report["gates"][0]["value"], report["gates"][0]["verdict"]) == (None, "unknown")
    assert "the rows of log.jsonl have no known format" in three.run("check").stdout


def test_the_fix_drops_the_row_from_the_later_file(three):
    three.file("ftlint.toml", config("b.jsonl", "a.jsonl"))
    three.run("check", "--select", "FT701", "--fix", "--unsafe-fixes")
    for name in ("a.jsonl", "b.jsonl"):
        kept = FILES[name].splitlines(keepends=True)
        gone = {number for file, number in naive("a.jsonl", "b.jsonl") if file == name}
        assert (three.directory / name).read_bytes() == b"".join(
            line for number, line in enumerate(kept, 1) if number not in gone
        )


def test_a_rule_that_is_ignored_for_the_training_file_still_compares_other_files_with_it(three):
    ignores = b'[per-file-ignores]\n"a.jsonl" = ["FT704", "FT701"]\n'
    three.file("ftlint.toml", ignores + config("a.jsonl", "b.jsonl", validation="c.jsonl"))
    found = {
        (one["path"], one["row"], one["code"])
        for one in three.report("--extend-select", "FT701", *NEVER)["findings"]
        if one["code"] in ("FT701", "FT704")
    }
    assert found == {("c.jsonl", 1, "FT704"), *(("b.jsonl", number, "FT701") for number in (3, 5, 13))}
    three.file("ftlint.toml", ignores.replace(b"a.jsonl", b"c.jsonl") + config("a.jsonl", validation="c.jsonl"))
    assert "FT704" not in three.codes(*NEVER)


def test_a_named_validation_file_is_compared_with_a_training_file_that_ignores_the_rule(three):
    words = ("a.jsonl", "--validation", "c.jsonl", "--per-file-ignores", "a.jsonl:FT704")
    assert "FT704" in three.codes(*words)

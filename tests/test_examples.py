"""The examples are good data, on which every command of the README can be tried; one is broken, and shows how."""

import json
from pathlib import Path

import pytest

from ftlint import check
from tests.support import TODAY

EXAMPLES = Path(__file__).parent.parent / "examples"
JOB = {"grader": EXAMPLES / "grader.json", "validation": EXAMPLES / "reinforcement-validation.jsonl"}
CALLS = {
    "chat.jsonl": ("chat", {}, ["FT708"]),  # some rows with tools and some without are what it shows
    "completion.jsonl": ("completion", {}, ["FT319"]),  # to classify is what it shows
    "tools.jsonl": ("chat", {}, []),
    "preference.jsonl": ("preference", {}, []),
    "reinforcement.jsonl": ("reinforcement", JOB, []),
}
ALONE = {"broken.jsonl", "reinforcement-validation.jsonl", "grader.json"}


@pytest.mark.parametrize("name", CALLS)
def test_nothing_is_wrong_with_the_example(name):
    format, options, codes = CALLS[name]
    report = check(EXAMPLES / name, today=TODAY, totals=True, **options)
    assert report.files[0].format == format
    assert [finding.code for finding in report.findings] == codes


def test_every_example_is_looked_at():
    assert {path.name for path in EXAMPLES.iterdir()} == ALONE | set(CALLS)


def test_rows_of_validation_are_not_rows_of_training():
    def rows(name):
        return {json.dumps(json.loads(line)["messages"]) for line in (EXAMPLES / name).read_bytes().splitlines()}

    assert rows("reinforcement.jsonl") & rows("reinforcement-validation.jsonl") == set()

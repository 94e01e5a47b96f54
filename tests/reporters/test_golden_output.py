"""
What people see of one short broken file, format by format.

After a change that is meant: `FTLINT_GOLDEN=write pytest tests/reporters`, and look at the diff.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

GOLDEN = Path(__file__).with_name("golden")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("full.txt", ["--output-format", "full"]),
        ("concise.txt", ["--output-format", "concise"]),
        ("grouped.txt", ["--output-format", "grouped"]),
        ("github.txt", ["--output-format", "github"]),
        ("colour.txt", ["--output-format", "full", "--color", "always", "--select", "FT105"]),
        ("hidden.txt", ["--hide-content", "--select", "FT1,FT2"]),
        ("statistics.txt", ["--statistics"]),
        ("totals.txt", ["--totals", "--output-format", "concise", "--model", "gpt-4o-mini", "--select", "FT5"]),
    ],
)
def test_the_output_is_the_one_that_was_agreed_on(check, tmp_path, name, options):
    shutil.copy(GOLDEN / "broken.jsonl", tmp_path)
    done = check("broken.jsonl", *options)
    assert done.returncode == 1
    if os.environ.get("FTLINT_GOLDEN") == "write":
        (GOLDEN / name).write_text(done.stdout, encoding="utf-8")
    assert done.stdout == (GOLDEN / name).read_text(encoding="utf-8")

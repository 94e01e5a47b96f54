"""Rules about a dataset: what is remembered, by whom, and where their findings stand."""

import pytest

from ftlint.formats.views import Row
from ftlint.rules.base import DatasetRule
from tests.support import check, codes

ROWS = [{"prompt": f"{index} is it\n\n###\n\n", "completion": f" {index % 3}"} for index in range(30)]
NO_SEPARATOR = [
    {**row, "prompt": f"how many {row['prompt'].strip(chr(10))}{'xyz'[index % 3]}"} for index, row in enumerate(ROWS)
]


class Longest(DatasetRule):
    """Remembers the longest prompt, and nothing of rows without one."""

    def extract(self, row, target):
        return row.value["prompt"] or None

    def combine(self, first, second):
        return max(first, second, key=len)


def test_a_rule_that_only_extracts_and_combines_adds_row_by_row_and_forgets_nothing():
    rule, seen = Longest(), None
    remembered = []
    for prompt in ["", "ab", "", "abcd", "x"]:
        seen = rule.add(seen, Row({"prompt": prompt, "completion": "a"}, "completion"), None)
        remembered.append(seen)
    assert remembered == [None, "ab", "ab", "abcd", "abcd"]


def test_a_finding_without_a_row_is_one_of_the_file_and_counts_like_any_other():
    report = check(ROWS)
    (finding,) = report.findings
    assert (finding.code, finding.row, finding.line, finding.pointer) == ("FT319", None, None, None)
    assert (report.summary.infos, report.exit_code()) == (1, 0)


@pytest.mark.parametrize("code", ["FT308", "FT315", "FT319"])
def test_rules_that_share_a_memory_do_not_need_each_other(code):
    alone = codes(NO_SEPARATOR, select=[code])
    assert alone == {name: count for name, count in codes(NO_SEPARATOR).items() if name == code}
    assert codes(NO_SEPARATOR, ignore=[code])[code] == 0


def test_severities_of_the_file_hold_for_findings_of_the_file_too():
    assert codes(ROWS, ignore=["FT319"]) == {}

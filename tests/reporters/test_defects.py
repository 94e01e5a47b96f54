"""What repeats is one defect: the same message but for its numbers."""

from __future__ import annotations

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ftlint.core.kind import split
from ftlint.engine.finding import Finding
from ftlint.reporters.defects import by_rule, defects, repeated
from tests.support import chat


def finding(message, code="FT102", path="a.jsonl", row=1, severity="error"):
    """A finding of which only these matter."""
    return Finding(
        code=code,
        name="x",
        severity=severity,
        message=message,
        help=None,
        path=path,
        row=row,
        line=row,
        column=None,
        end_column=None,
        pointer=None,
        fix=None,
    )


def of(*messages):
    return [defect.message for defect in defects(enumerate(map(finding, messages)))]


def test_messages_that_differ_in_positions_are_one_defect_without_the_positions():
    assert of('Unknown key "loss" in messages[3]', 'Unknown key "loss" in messages[5]', 'Unknown key "id"') == [
        'Unknown key "loss" in messages[…]',
        'Unknown key "id"',
    ]


def test_a_number_that_is_the_same_everywhere_stays():
    assert of("Row has 5,781 tokens, the limit is 4,096 (29%)", "Row has 5,000 tokens, the limit is 4,096 (18%)") == [
        "Row has … tokens, the limit is 4,096 (…%)"
    ]
    assert of("messages[1].tool_calls[0] has no id", "messages[22].tool_calls[0] has no id") == [
        "messages[…].tool_calls[0] has no id"
    ]


def test_what_is_quoted_from_the_data_makes_defects_of_its_own():
    assert of('Role "bot1" is unknown', 'Role "bot2" is unknown', 'Role "7" is unknown', 'Role "8" is unknown') == [
        'Role "bot1" is unknown',
        'Role "bot2" is unknown',
        'Role "7" is unknown',
        'Role "8" is unknown',
    ]


def test_a_quotation_mark_that_is_never_closed_takes_linear_time_and_nothing_else():
    text = 'a " 1 ' * 100_000 + '"'
    assert len(split(text)[0]) <= 100_001
    assert of('is a " inside, column 7', 'is a " inside, column 8') == ['is a " inside, column …']


messages = st.sampled_from(
    ["Key 1 of 2", "Key 2 of 2", "Key 10 of 3", 'Key "1"', 'Key "2"', "messages[0] is bad", "messages[1] is bad", ""]
) | st.text(alphabet='a"1,.[] …', max_size=12)
findings = st.lists(
    st.builds(
        finding,
        messages,
        st.sampled_from(["FT101", "FT102"]),
        st.sampled_from(["a.jsonl", "b.jsonl"]),
        st.none() | st.integers(1, 9),
        st.sampled_from(["error", "info"]),
    ),
    max_size=30,
)


@given(findings)
def test_defects_hold_every_finding_once_and_each_of_one_rule(found):
    grouped = defects(enumerate(found))
    assert sorted(item for defect in grouped for item in defect.findings) == sorted(enumerate(found))
    for defect in grouped:
        assert len({(item.severity, item.code, split(item.message)[0]) for _, item in defect.findings}) == 1
        assert defect.findings == sorted(defect.findings)
        if len({item.message for _, item in defect.findings}) == 1:
            assert defect.message == defect.first.message
        parts = defect.by_file()
        assert sum(len(part.findings) for part in parts.values()) == len(defect.findings)
        assert sum(part.rows for part in parts.values()) == defect.rows <= len(defect.findings)
    assert [defect.findings[0][0] for defect in grouped] == sorted(defect.findings[0][0] for defect in grouped)


@given(findings)
def test_rules_hold_every_defect_once_the_most_frequent_first(found):
    rules = by_rule(defects(enumerate(found)))
    counted = Counter((item.severity, item.code) for item in found)
    assert {
        (group[0].first.severity, group[0].first.code): sum(len(defect.findings) for defect in group) for group in rules
    } == counted
    for group in rules:
        sizes = [len(defect.findings) for defect in group]
        assert sizes == sorted(sizes, reverse=True)


@given(findings)
def test_only_what_stands_in_more_than_half_of_the_rows_of_a_file_is_repeated(found):
    rows = {"a.jsonl": 9, "b.jsonl": 100}
    for index, defect in repeated(enumerate(found), rows).items():
        assert found[index] in [item for _, item in defect.findings]
        assert {item.path for _, item in defect.findings} == {"a.jsonl"}
        assert defect.rows >= 5


def test_four_rows_are_the_fewest_that_repeat():
    three, four = ([finding("x", row=row) for row in range(1, count + 1)] for count in (3, 4))
    assert repeated(enumerate(three), {"a.jsonl": 3}) == {}
    assert set(repeated(enumerate(four), {"a.jsonl": 7})) == {0, 1, 2, 3}
    assert repeated(enumerate(four), {"a.jsonl": 8}) == {}


# What people see of it


def rows_of(*keys):
    """Rows with unknown keys, one after another; None for a row that is fine."""
    questions = (f"user: {chr(97 + number % 26)}{number // 26 % 10}" for number in range(len(keys)))
    rows = (
        chat(asked, "assistant: Hello", **({key: 1} if key else {})) for asked, key in zip(questions, keys, strict=True)
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


def blocks(done):
    """The lines of a run without excerpts and remedies."""
    return [
        line for line in done.stdout.splitlines() if " | " not in line and "help:" not in line and "words:" not in line
    ]


def test_a_defect_of_most_rows_is_said_once_among_few_findings(check, tmp_path):
    (tmp_path / "a.jsonl").write_text(rows_of(*["id"] * 8, "note", None, None, None))
    assert blocks(check("a.jsonl"))[:-1] == [
        'a.jsonl:1:94 error FT102 Unknown key "id"',
        "      = 8 times in 8 of 12 rows (67%), first at 1:94, 2:94, 3:94",
        'a.jsonl:9:94 error FT102 Unknown key "note"',
    ]
    assert "Found 9 errors in 9 of 12 rows." in check("a.jsonl").stdout
    for shape in ("full", "concise"):
        assert check("a.jsonl", "--output-format", shape).stdout.count("a.jsonl:") == 9
    limited = blocks(check("a.jsonl", "--max-per-rule", "1"))
    assert limited[2] == "… and 1 more finding; --max-per-rule 0 shows all"


def test_a_defect_of_few_rows_is_listed_row_by_row(check, tmp_path):
    (tmp_path / "a.jsonl").write_text(rows_of(*["id"] * 6, *[None] * 6))
    assert check("a.jsonl").stdout.count("a.jsonl:") == 6


def test_the_share_is_that_of_each_file(check, tmp_path):
    (tmp_path / "a.jsonl").write_text(rows_of(*["id"] * 10))
    (tmp_path / "b.jsonl").write_text(rows_of(*["id"] * 5, *[None] * 15))
    few = blocks(check("a.jsonl", "b.jsonl"))
    assert few[:2] == [
        'a.jsonl:1:94 error FT102 Unknown key "id"',
        "      = 10 times in 10 of 10 rows (100%), first at 1:94, 2:94, 3:94",
    ]
    assert [line.split(" ")[0] for line in few[2:7]] == [f"b.jsonl:{row}:94" for row in range(1, 6)]
    assert blocks(check("a.jsonl", "b.jsonl", "--output-format", "grouped"))[:4] == [
        "FT102 unknown-key error: 15 findings in 15 of 30 rows (50%), 2 files",
        '  a.jsonl:1:94 Unknown key "id"',
        "      = a.jsonl: 10 times in 10 of 10 rows (100%), first at 1:94, 2:94, 3:94",
        "      = b.jsonl: 5 times in 5 of 20 rows (25%), first at 1:94, 2:94, 3:94",
    ]


def test_the_defects_of_a_rule_are_listed_by_their_frequency_and_not_all_of_them(check, tmp_path):
    keys = [*[f"k{number}" for number in range(9)], *["often"] * 20, *["id"] * 30]
    (tmp_path / "a.jsonl").write_text(rows_of(*keys))
    assert blocks(check("a.jsonl"))[:-2] == [
        "FT102 unknown-key error: 59 findings in 59 of 59 rows (100%)",
        '  a.jsonl:30:94 Unknown key "id"',
        "      = 30 times in 30 of 59 rows (51%), first at 30:94, 31:94, 32:94",
        '  a.jsonl:10:94 Unknown key "often"',
        "      = 20 times in 20 of 59 rows (34%), first at 10:94, 11:94, 12:94",
        '  a.jsonl:1:94 Unknown key "k0"',
        '  a.jsonl:2:94 Unknown key "k1"',
        '  a.jsonl:3:94 Unknown key "k2"',
        "  … and 6 more kinds (6 findings); --max-per-rule 0 shows all",
    ]
    everything = check("a.jsonl", "--max-per-rule", "0").stdout
    assert everything.count("a.jsonl:") == 59


def test_the_first_places_of_a_late_defect_have_their_columns_too(check, tmp_path):
    (tmp_path / "a.jsonl").write_text(rows_of(*["id"] * 100, *["late"] * 100))
    assert "first at 101:94, 102:94, 103:94\n" in check("a.jsonl").stdout


def test_remedies_that_differ_stand_with_their_defects(check, tmp_path):
    turns = [{"role": "human", "content": "Hi"}, {"role": "gpt", "content": "Hello"}]
    (tmp_path / "a.jsonl").write_text((json.dumps({"messages": turns}) + "\n") * 30)
    lines = check("a.jsonl", "--select", "FT105").stdout.splitlines()
    first, second = (
        next(index for index, line in enumerate(lines) if f'Role "{role}"' in line) for role in ("human", "gpt")
    )
    assert '      = help: did you mean "user"?' in lines[first:second]
    assert '      = help: did you mean "assistant"?' in lines[second:]

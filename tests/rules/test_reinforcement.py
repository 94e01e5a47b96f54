"""Rows held against the grader of the job: FT612, FT614."""

import json

import pytest

from tests.support import chat, check, lint

CHECK = {
    "type": "string_check",
    "input": "{{ sample.output_text }}",
    "reference": "{{ item.answer }}",
    "operation": "eq",
}


@pytest.fixture
def graded(tmp_path):
    """The options for a grader whose reference is a text; validation rows have what it needs."""

    def options(reference="{{ item.answer }}", **keys):
        grader, validation = tmp_path / "grader.json", tmp_path / "valid.jsonl"
        grader.write_text(json.dumps({**CHECK, "reference": reference, **keys}))
        validation.write_text("")
        return {"grader": grader, "validation": validation, "ignore": ["FT020"]}

    return options


def row(**keys):
    return chat("user: 2 + 2", **keys)


def test_a_row_without_the_field_is_flagged_at_the_row(graded):
    assert lint("FT612", [row(answer=4), row(answr=4)], **graded()) == [
        '2: Row has no "answer", which the grader uses as {{ item.answer }} in reference'
    ]


def test_a_field_inside_of_another_is_missed_where_it_should_be(graded):
    rows = [row(key={"city": "Oslo"}), row(key={"town": "Oslo"}), row(key="Oslo"), row(key=None), row()]
    used = "which the grader uses as {{ item.key.city }} in reference"
    assert lint("FT612", rows, **graded("{{ item.key.city }}")) == [
        f'2:/key key has no "city", {used}',
        f'3:/key key has no "city", {used}',
        f'4:/key key has no "city", {used}',
        f'5: Row has no "key", {used}',
    ]


def test_items_of_lists_are_counted_from_zero(graded):
    rows = [row(list=[{"a": 1}]), row(list=[]), row(list={"0": {"a": 1}})]
    assert [found.split()[0] for found in lint("FT612", rows, **graded("{{ item.list[0].a }}"))] == ["2:/list"]
    assert [found.split()[0] for found in lint("FT612", rows, **graded("{{ item.list.0.a }}"))] == ["2:/list"]


def test_a_null_or_empty_field_is_there(graded):
    rows = [row(answer=None), row(answer=""), row(answer=[]), row(answer=False)]
    assert lint("FT612", rows, **graded()) == []


def test_what_is_missing_is_said_once_a_row(graded):
    assert len(lint("FT612", [row()], **graded("{{ item.key.a }} {{ item.key.b }} {{ item.key.a }}"))) == 1
    assert len(lint("FT612", [row()], **graded("{{ item.a }} {{ item.b }}"))) == 2


def test_messages_and_tools_are_fields_too(graded):
    assert lint("FT612", [row()], **graded("{{ item.messages[0].content }}")) == []


def test_rows_for_another_method_are_not_held_against_the_grader(graded):
    rows = [chat("user: Hi", "assistant: Hello")] * 10
    assert check(rows, method="supervised", **graded()).findings == []


def test_every_reference_the_same_is_flagged_once(graded):
    rows = [row(answer="4") for _ in range(10)]
    assert lint("FT614", rows, **graded()) == [
        "1:/answer answer, which the grader compares with in reference, is the same in all 10 rows"
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [row(answer="4")] * 9,
        [row(answer="4")] * 10 + [row(answer="5")],
        [row(answer=1)] * 10 + [row(answer=True)],
        [row(answr="4")] * 10,
    ],
)
def test_few_rows_or_a_different_one_are_fine(graded, rows):
    assert lint("FT614", rows, **graded()) == []


def test_a_constant_field_beside_one_that_differs_is_fine(graded):
    rows = [row(unit="m", answer=number) for number in range(10)]
    assert lint("FT614", rows, **graded("{{ item.unit }}")) != []
    assert lint("FT614", rows, **graded("{{ item.unit }}", input="{{ item.answer }}")) == []
    assert lint("FT614", rows, **graded("{{ item.unit }}: {{ item.answer }}")) == []


@pytest.mark.parametrize("cut", [1, 5, 9])
def test_how_the_file_is_cut_does_not_matter_for_what_is_constant(cut, graded):
    from ftlint.core.types import Place
    from ftlint.rules.reinforcement.constant_reference import ConstantReference, Seen

    rule = ConstantReference()
    seen = [Seen(1, (value,), Place(number, number, 0, 0)) for number, value in enumerate("aaaaabaaaa")]

    def joined(parts):
        whole = parts[0]
        for part in parts[1:]:
            whole = rule.combine(whole, part)
        return whole

    assert rule.combine(joined(seen[:cut]), joined(seen[cut:])) == joined(seen)


@pytest.mark.parametrize(
    "extra",
    [
        {"reference": None},
        {"reference": {"deep": [{"er": [[], {}]}], "null": None}},
        {"weight": 1, "id": "x", "completion": "no", "prompt": [1]},
        {"number": 18446744073709551615},
        {"number": -9.5e300},
        {"item": {"answer": 4}, "sample": "", "": 1},
    ],
    ids=str,
)
def test_any_other_key_may_stand_in_a_row(extra):
    assert check([row(**extra)] * 10, method="reinforcement").findings == []


def test_a_number_that_no_double_holds_is_still_said():
    raw = b'{"messages": [{"role": "user", "content": "Hi"}], "n": 1e999}\n'
    assert lint("FT013", raw, method="reinforcement") != []

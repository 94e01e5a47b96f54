"""FT705, FT706: answers that are the same in nearly all rows, and labels of which one is rare."""

import pytest

import ftlint
from ftlint.rules.dataset import rows_seen
from tests.support import CALL, PAIR, TODAY, chat, check, codes, dumped, lint, small_ranges

ON = {"extend_select": ["FT705", "FT706"]}


def answered(*counts):
    """Rows with so many of each answer, the rarest somewhere in the middle."""
    answers = sorted(
        word for word, count in zip("abcdefghijklmnopqrstuvwxyz", counts, strict=False) for _ in range(count)
    )
    return [chat(f"user: {number}?", f"assistant: {answer}") for number, answer in enumerate(answers)]


def of(report):
    return [(one.code, one.row, one.message) for one in report.findings if one.code in ("FT705", "FT706")]


def told(rows, **options):
    return of(check(rows, **{**ON, **options}))


# FT706


def test_one_answer_in_all_rows_is_told_at_the_first():
    assert told(answered(10)) == [("FT706", 1, "All 10 rows give the same answer as this one")]


@pytest.mark.parametrize("counts", [(9,), (1,), (5, 5), (98, 1), (19, 1)])
def test_nothing_is_constant_in_few_rows_or_where_one_in_a_hundred_is_another(counts):
    assert lint("FT706", answered(*counts), **ON) == []


def test_one_row_again_and_again_is_no_constant_answer():
    row = chat("user: Hi", "assistant: Hello")
    assert told([row] * 200) == []
    assert told([*answered(9), *answered(9)]) == []
    assert len(told([*answered(10), *answered(10)])) == 1


def test_one_row_in_a_hundred_may_say_something_else():
    assert lint("FT706", answered(99, 1), **ON) == ["1: 99 of 100 rows (99.0%) give the same answer as this one"]
    (found,) = lint("FT706", answered(2999, 1), **ON)
    assert found.startswith("1: 2,999 of 3,000 rows (99.9%)")  # never 100


def test_the_first_row_that_gives_it_is_named():
    assert lint("FT706", [*answered(0, 1), *answered(200)], **ON)[0].startswith("2: 200 of 201")


def test_completions_and_calls_are_answers_and_what_is_not_trained_is_none():
    assert lint("FT706", [{"prompt": f"{number}?", "completion": " ok"} for number in range(12)], **ON)
    calls = [chat(f"user: {number}", {"role": "assistant", "tool_calls": [CALL]}) for number in range(12)]
    assert lint("FT706", calls, **ON)
    weight = {"role": "assistant", "content": "Yes", "weight": 0}
    rows = [chat(f"user: {number}", weight, "user: And?", f"assistant: {number}") for number in range(12)]
    assert lint("FT706", rows, **ON) == []


def test_a_conversation_is_constant_when_all_of_its_answers_are():
    rows = [chat("user: Hi", "assistant: Hello", f"user: {n}?", f"assistant: It is {n}") for n in range(12)]
    assert told(rows) == []
    same = [chat("user: Hi", "assistant: Hello", f"user: {n}?", "assistant: It is") for n in range(12)]
    assert [code for code, _, _ in told(same)] == ["FT706"]


def test_rows_of_preference_and_reinforcement_have_no_answer():
    assert told([PAIR] * 12) == []
    rows = [chat(f"user: {number}", answer="4") for number in range(12)]
    assert told(rows, method="reinforcement") == []


# FT705


def test_the_rarest_label_is_told_with_the_counts_of_both_ends():
    assert told(answered(182, 15, 3)) == [
        (
            "FT705",
            198,
            "Of 3 different answers, the most common is in 182 of 200 rows (91%), the rarest, this one, in 3",
        )
    ]


@pytest.mark.parametrize(
    "counts",
    [
        (18, 2),  # nine times as many
        (12, 1),  # too few rows
        (91, *[1] * 10),  # answers, no labels: ten come once
        (200,),
    ],
)
def test_nothing_is_told_of_labels_nearly_as_frequent_or_of_answers_that_are_none(counts):
    assert lint("FT705", answered(*counts), **ON) == []


def test_more_than_a_hundred_answers_are_no_labels():
    def rows(labels):
        return [chat(f"user: {n}?", f"assistant: {n % labels if n < 1998 else 'x'}") for n in range(2000)]

    assert lint("FT705", rows(101), **ON) == []
    assert len(lint("FT705", rows(99), **ON)) == 1


@pytest.mark.parametrize("common", range(10, 130, 7))
@pytest.mark.parametrize("rare", [1, 2, 12])
def test_never_both(common, rare):
    found = codes(answered(common, rare), **ON)
    assert found["FT705"] + found["FT706"] <= 1


def test_it_says_something_else_than_that_it_is_classification():
    rows = [{"prompt": f"{n} ->", "completion": " yes" if n % 30 else " no"} for n in range(1, 61)]
    assert lint("FT319", rows, **ON) == ['Looks like classification: 2 different completions (" yes", " no")']
    assert lint("FT705", rows, **ON) == [
        "30: Of 2 different answers, the most common is in 58 of 60 rows (97%), the rarest, this one, in 2"
    ]


def test_no_answer_stands_in_a_message():
    key = "sk-" + "proj-" + "Zx81" * 10
    rows = [chat(f"user: {n}", f"assistant: {key}") for n in range(12)]
    assert all("Zx81" not in message for _, _, message in told(rows))


def test_on_disk_and_in_several_processes_the_answers_are_counted_alike(tmp_path, monkeypatch):
    path = tmp_path / "train.jsonl"
    for counts in ((300,), (300, 20, 4), (30, 30, 30)):
        path.write_bytes(dumped(answered(*counts)))
        once = told(path.read_bytes())
        assert told(path.read_bytes(), max_rows_in_memory=3) == once
        with small_ranges("fork", 1000):
            assert of(ftlint.check(path, totals=False, today=TODAY, jobs=8, **ON)) == once
        with monkeypatch.context() as patch:
            patch.setattr(rows_seen, "FEW", 5)  # share by share
            assert told(path.read_bytes()) == once

"""Prompts and completions: separators, endings, and what all of them share."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.core.types import Place
from ftlint.formats.views import Row
from ftlint.rules.text.completions import DEPTH, MAX_LABELS, MAX_TAILS, Completions
from tests.support import check, codes, errors, lint, places, told

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NAMES = [f"thing {number}" for number in NUMBERS]
FEW_ROWS = {"FT504"}


def file_of(prompt, completion, names=NAMES):
    """Rows in which `{}` is a name, and in completions the name backwards."""
    return [{"prompt": prompt.format(name), "completion": completion.format(name[::-1])} for name in names]


def changed(rows, index, **keys):
    """The rows with other values in one of them."""
    return [{**row, **keys} if place == index else row for place, row in enumerate(rows)]


GOOD = file_of("{} of the shop\n\n###\n\n", " a {} END")


def test_a_prepared_file_is_silent():
    assert codes(GOOD) == {}


@pytest.mark.parametrize("separator", [" ->", "\n\n===\n\n", "\n\nSummary:\n", "?", "\n", " =>\n"])
def test_whatever_all_prompts_end_with_is_a_separator(separator):
    assert lint("FT308", file_of("{}" + separator, " {} END")) == []


def test_prompts_without_a_separator_are_told_at_the_first_that_ends_in_another_way():
    rows = file_of("about {}", " {} END", ["bone", "cone", "tune", "rest", *NAMES])
    assert lint("FT308", rows) == ["4:/prompt Prompts do not end with a separator that all of them share"]


def test_a_separator_that_also_occurs_inside_prompts_is_told_with_the_number_of_prompts():
    rows = changed(changed(GOOD, 5, prompt="a\n\n###\n\nb\n\n###\n\n"), 8, prompt="\n\n###\n\nb\n\n###\n\n")
    assert lint("FT308", rows) == [r'6:/prompt All prompts end with "\n\n###\n\n", which also occurs inside 2 of them']


def test_a_few_prompts_without_the_separator_of_the_others_are_counted():
    rows = changed(changed(GOOD, 3, prompt="Hi there"), 7, prompt="Hi you?")
    assert lint("FT308", rows) == [r'4:/prompt 2 of 12 prompts do not end with "\n\n###\n\n" as the others']


def test_the_full_stop_of_most_prompts_is_no_separator():
    rows = changed(file_of("{} is here.", " {} END"), 6, prompt="And this?")
    assert lint("FT308", rows) == ["7:/prompt Prompts do not end with a separator that all of them share"]


def test_rows_without_prompts_need_no_separator_and_no_ending():
    assert codes(file_of("", " a {}")) == {}


def test_nothing_is_told_about_a_handful_of_rows():
    assert set(codes(file_of("about {}", "{}", NAMES[:9]))) <= FEW_ROWS


def test_completions_without_an_ending_are_told_at_the_first_that_ends_in_another_way():
    rows = file_of("{} ->", " of {}", ["ab", "ac", "ad", "be", *NAMES])
    assert lint("FT309", rows) == ["4:/completion Completions do not end with a string that all of them share"]


def test_an_ending_that_also_occurs_inside_completions_is_told():
    rows = changed(GOOD, 2, completion=" the END of it END")
    assert lint("FT309", rows) == ['3:/completion All completions end with " END", which also occurs inside 1 of them']


def test_a_completion_without_the_ending_of_the_others_is_told():
    rows = changed(GOOD, 4, completion=" the shop")
    assert lint("FT309", rows) == ['5:/completion 1 of 12 completions does not end with " END" as the others']


def test_classes_need_no_ending_and_are_noted():
    rows = [{"prompt": f"{name} ->", "completion": f" {index % 3}"} for index, name in enumerate(NAMES)]
    assert codes(rows[:9]) == {"FT504": 1}
    rows += [{"prompt": "more ->", "completion": " 1"}]
    assert codes(rows) == {"FT319": 1}
    assert lint("FT319", rows) == ['Looks like classification: 3 different completions (" 1", " 0", " 2")']
    (finding,) = check(rows).findings
    assert (finding.row, finding.line, finding.severity) == (None, None, "info")


def test_completions_that_begin_now_with_a_space_and_now_without_are_told_at_the_first_of_the_minority():
    rows = changed(GOOD, 9, completion="a shop END")
    assert lint("FT310", rows) == ["10:/completion 11 of 12 completions begin with white space, the others do not"]


@pytest.mark.parametrize(
    ("prompt", "completion", "found"),
    [("{} ->", "{} END", 1), ("{}\n\n###\n\n", "{} END", 0), ("{} ->", '{{"a": "{}"}}\n', 0), ("{} ->", "店{}\n", 0)],
)
def test_completions_without_a_space_are_told_where_nothing_parts_them_from_prompts(prompt, completion, found):
    assert len(lint("FT310", file_of(prompt, completion))) == found


def test_what_all_prompts_begin_with_is_told_with_its_length_and_marked():
    rows = file_of("Tell me the price of {} ->", " {} END")
    assert lint("FT315", rows) == [
        '1:/prompt All 12 prompts begin with the same 27 characters, "Tell me the price of thing "'
    ]
    assert places("FT315", rows) == ["1:13-40"]
    assert lint("FT315", file_of("Tell {} ->", " {} END")) == []


def test_prompts_that_are_all_the_same_are_told_once():
    rows = [{"prompt": "Write ->", "completion": row["completion"]} for row in GOOD]
    assert codes(rows) == {"FT315": 1}
    assert lint("FT315", rows) == ["1:/prompt All 12 prompts are the same"]
    assert codes([GOOD[0]] * 12) == {}


def test_what_all_completions_begin_with_is_told():
    rows = file_of("{} ->", " Sure, {} END")
    assert lint("FT316", rows) == ['1:/completion All 12 completions begin with the same 7 characters, " Sure, "']


def test_capitals_are_told_from_half_of_the_texts_on_and_not_for_codes():
    shouted = [{**row, "prompt": row["prompt"].upper()} for row in GOOD]
    assert lint("FT317", shouted) == ["1:/prompt 12 of 12 prompts are written in capitals"]
    assert lint("FT317", [*shouted[:6], *GOOD[6:]]) == []
    assert lint("FT317", file_of("{} ->", " POSITIVE")) == []


def test_an_empty_completion_is_an_error_and_one_of_white_space_is_not():
    rows = changed(changed(GOOD, 3, completion=""), 5, completion=" \n")
    assert errors(rows) == ["FT318 4:/completion Completion is empty"]


def test_chat_files_have_no_findings_about_prompts():
    rows = [{"messages": [{"role": "user", "content": name}, {"role": "assistant", "content": name}]} for name in NAMES]
    assert codes(rows) == {}


def test_an_array_and_many_blocks_say_the_same_as_lines():
    rows = changed(file_of("{} at home", " {}", NAMES), 4, completion=" at a")
    of_lines = {told(item) for item in check(rows).findings if item.code != "FT003"}
    of_array = {told(item) for item in check(json.dumps(rows).encode()).findings if item.code not in ("FT003", "FT011")}
    assert of_lines == of_array
    assert any(line.startswith(("2:", "5:")) for line in of_lines)


def remembered(rows, start=1):
    """What is remembered of rows, whose places are their numbers."""
    whole = Completions()
    for number, (prompt, completion) in enumerate(rows, start):
        place = Place(number, number, 0, 0)
        whole.add(Row({"prompt": prompt, "completion": completion}, "completion", None, lambda place=place: place))
    return whole


texts = st.text("ab \n#>?.A", max_size=24) | st.sampled_from(["x\n\n###\n\n", "y ->", " END", "ab END END", "A A" * 9])
pairs_of_texts = st.lists(st.tuples(texts, texts), max_size=12)


@given(rows=pairs_of_texts, cuts=st.lists(st.integers(0, 12), max_size=3))
def test_what_is_remembered_does_not_depend_on_the_grouping(rows, cuts):
    edges = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    parts = [remembered(rows[low:high], low + 1) for low, high in pairwise(edges)]
    while len(parts) > 1:  # from the right, where scanning goes from the left
        parts[-2].merge(parts.pop())
    assert parts[0] == remembered(rows)


@given(rows=pairs_of_texts)
def test_the_common_ending_and_how_often_it_occurs_inside_are_exact(rows):
    prompts = [prompt for prompt, _ in rows if prompt]
    column = remembered(rows).prompts
    if not prompts:
        return
    sizes = range(1, min(map(len, prompts)) + 1)
    common = [size for size in sizes if len({prompt[-size:] for prompt in prompts}) == 1]
    suffix = prompts[0][-max(common) :] if common else ""
    assert column.suffix == suffix
    if 0 < len(suffix) <= DEPTH:
        spot = column.with_inside(suffix)
        inside = [number for number, (text, _) in enumerate(rows, 1) if text and suffix in text[: -len(suffix)]]
        assert (spot.rows, spot.place.row) == (len(inside), inside[0]) if inside else spot is None


def test_what_is_remembered_is_bounded():
    rows = [
        (f"{number}" * 500 + "#" * (number % 13) + "?" * (number // 13 % 13), f"{number}") for number in range(3000)
    ]
    whole = remembered(rows)
    assert whole.labels is None and whole.prompts.tails is None
    assert len(whole.completions.tails) <= MAX_TAILS and len(whole.prompts.inside) <= DEPTH and MAX_LABELS < 3000

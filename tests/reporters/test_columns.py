"""Text in columns: wide characters take two, marks none."""

from hypothesis import given
from hypothesis import strategies as st

from ftlint.reporters.columns import cut, padded, table, width, wrapped
from ftlint.reporters.paint import plain

texts = st.text(st.sampled_from("ab  日本é\u0301😀-|"), max_size=60)


def test_a_wide_character_takes_two_columns_and_a_mark_none():
    assert width("ab") == 2
    assert width("日本") == 4
    assert width("e\u0301") == 1
    assert width("😀") == 2


@given(texts, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text, columns):
    lines = list(wrapped(text, columns))
    assert lines
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(texts, st.integers(2, 30))
def test_a_cut_text_fits_and_a_padded_one_fills(text, columns):
    assert width(cut(text, columns)) <= columns
    assert width(padded(cut(text, columns), columns)) == columns


def test_a_break_is_made_at_a_space_where_there_is_one():
    assert list(wrapped("one two three", 8)) == ["one two", "three"]
    assert list(wrapped("onetwothree", 8)) == ["onetwoth", "ree"]


def test_columns_of_a_table_stand_below_each_other():
    rows = [("name", "bytes"), ("日本", "12"), ("abc", "3,456")]
    assert list(table(rows, plain, frozenset({1}))) == ["name  bytes", "日本     12", "abc   3,456"]

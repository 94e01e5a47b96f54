"""The located bytes parse to the located value, and lines and columns count as people do."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.core.positions import duplicate_keys, locate, nodes
from ftlint.core.types import render_pointer, spell_pointer
from tests.support import at, chat, check, dumped, lint, pointers_of

strings = st.text(max_size=6) | st.sampled_from(
    ['"', "\\", '\\"', "{", "]", ":", ",", "😀", "\u2028", "\n", "a/b~c", ""]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | strings
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(strings, inner, max_size=4),
    max_leaves=15,
)
STYLES = [
    {},
    {"indent": 2},
    {"indent": "\t", "ensure_ascii": False},
    {"separators": (",", ":")},
    {"separators": (" , ", " :\n"), "ensure_ascii": False},
]


@pytest.mark.parametrize("style", STYLES, ids=str)
@given(value=trees)
def test_the_located_text_of_every_pointer_parses_back_to_its_value(style, value):
    text = json.dumps(value, **style)
    for pointer in pointers_of(value):
        node = locate(text, pointer)
        assert node.pointer == pointer
        assert json.loads(text[node.start : node.end]) == at(value, pointer)
        if pointer and isinstance(pointer[-1], str):
            start, end = node.key
            assert json.loads(text[start:end]) == pointer[-1]
        else:
            assert node.key is None


@given(value=trees)
def test_every_value_is_visited_once(value):
    text = json.dumps(value)
    assert sorted(map(str, (node.pointer for node in nodes(text)))) == sorted(map(str, pointers_of(value)))


@given(value=trees, missing=st.text(min_size=1))
def test_what_is_not_there_is_located_at_the_nearest_container(value, missing):
    text = json.dumps({"a": value})
    node = (
        locate(text, ("a", missing, 0))
        if not isinstance(value, (dict, list))
        else locate(text, ("a", missing + "!", 0))
    )
    assert node.pointer == ("a",)
    assert locate("", ("a",)) is None


pairs = st.recursive(
    st.integers(0, 3).map(str),
    lambda inner: (
        st.lists(st.tuples(st.sampled_from("abc"), inner), max_size=4).map(
            lambda items: "{" + ", ".join(f'"{key}": {value}' for key, value in items) + "}"
        )
        | st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
    ),
    max_leaves=12,
)


@given(pairs)
def test_repeated_keys_are_found_at_every_depth_as_the_standard_library_sees_them(text):
    repeated = []

    def hook(items):
        seen = set()
        for key, _ in items:
            repeated.extend([key] if key in seen else [])
            seen.add(key)
        return items

    json.loads(text, object_pairs_hook=hook)
    found = [node.pointer[-1] for node in duplicate_keys(text)]
    assert sorted(found) == sorted(repeated)
    row = f'{{"x": {text}}}'
    reported = [item for item in check(row.encode() + b"\n").findings if item.code == "FT012"]
    assert [row[item.column - 1 : item.end_column - 1] for item in reported] == [f'"{key}"' for key in found]


def test_keys_that_are_spelt_differently_may_still_be_the_same():
    assert lint("FT012", b'{"a": 1, "\\u0061": 2}\n') == ['1:/a Key "a" stands twice in the row']


def test_thousands_of_repeated_keys_do_not_fill_the_report():
    data = ("{" + ", ".join(['"a": 1'] * 5000) + "}\n").encode()
    found = lint("FT012", data)
    assert len(found) == 101
    assert found[-1] == "1: Row has more than 100 repeated keys; the rest is not listed"


@pytest.mark.parametrize(
    ("before", "escaped"), [("plain", False), ("é", False), ("😀😀", False), ("😀😀", True), ('\t"\\', False)]
)
def test_columns_count_code_points_of_the_line_from_one_and_the_end_is_exclusive(before, escaped):
    line = json.dumps(chat(f"user: {before}", "bot: Hi"), ensure_ascii=escaped)
    (finding,) = [item for item in check(line.encode() + b"\n").findings if item.code == "FT105"]
    assert line[finding.column - 1 : finding.end_column - 1] == '"bot"'
    assert (finding.row, finding.line, finding.pointer) == (1, 1, "/messages/1/role")


def test_lines_count_physical_lines_and_rows_count_rows():
    data = b"\n\n" + dumped(chat("user: Hi", "assistant: Hello")) + b"\n" + dumped(chat("bot: Hi", "assistant: Hello"))
    (finding,) = [item for item in check(data).findings if item.code == "FT105"]
    assert (finding.row, finding.line) == (2, 5)


def test_an_unknown_key_is_marked_at_the_key_and_a_missing_one_at_its_object():
    line = '{"messages": [{"role": "user", "content": "Hi", "mood": 1}, {"content": "Hello"}]}'
    found = {
        item.code: line[item.column - 1 : item.end_column - 1]
        for item in check(line.encode() + b"\n").findings
        if item.row
    }
    assert found == {"FT102": '"mood"', "FT101": '{"content": "Hello"}'}


def test_a_missing_final_newline_is_marked_behind_the_last_row():
    data = dumped([chat("user: Hi", "assistant: Hello")] * 3)[:-1]
    (finding,) = [item for item in check(data).findings if item.code == "FT011"]
    end = len(data.split(b"\n")[-1]) + 1
    assert (finding.row, finding.line, finding.column, finding.end_column) == (3, 3, end, end)


@pytest.mark.parametrize(
    ("pointer", "rendered", "spelt"),
    [
        ((), "", ""),
        (("messages", 0, "content"), "/messages/0/content", "messages[0].content"),
        (("a/b", "c~d"), "/a~1b/c~0d", "a/b.c~d"),
    ],
)
def test_pointers_are_written_for_machines_and_for_people(pointer, rendered, spelt):
    assert render_pointer(pointer) == rendered
    assert spell_pointer(pointer) == spelt


@given(st.text())
def test_text_from_the_data_is_shown_on_one_line_without_anything_that_steers_a_terminal(text):
    from ftlint.core.visible import shorten, visible

    shown = visible(text + "\x1b[31m\u202e\ud800\n")
    assert shown.isprintable() or not any(ord(char) < 32 or ord(char) == 127 for char in shown)
    assert not set("\x1b\n\r\x07\u202e\u200b\u2028\x9b") & set(shown)
    shown.encode()
    assert len(shorten("x" * 500)) == 62

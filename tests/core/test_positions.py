"""The located bytes parse to the located value, and lines and columns count as people do."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.core.positions import duplicate_keys, locate, nodes, part_of
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
    found = locate(text, pointers_of(value))
    for pointer in pointers_of(value):
        node = found[pointer]
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
    pointer = ("a", missing, 0) if not isinstance(value, (dict, list)) else ("a", missing + "!", 0)
    assert locate(text, [pointer])[pointer].pointer == ("a",)
    assert locate("", [("a",)]) == {}


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
        (("a\u200d", 0, "b\n"), "/a\u200d/0/b\n", r"a\u200d[0].b\n"),
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


def escape_all(literal):
    """Every character as an escape, in the upper case that some writers use."""
    units = json.loads(literal).encode("utf-16-be")
    pairs = [units[index : index + 2].hex().upper() for index in range(0, len(units), 2)]
    return '"' + "".join(rf"\u{pair}" for pair in pairs) + '"'


LITERALS = {
    "UTF-8": lambda text: json.dumps(text, ensure_ascii=False),
    "escapes": json.dumps,
    "escapes in upper case": lambda text: re.sub(
        r"\\u[0-9a-f]{4}", lambda found: r"\u" + found[0][2:].upper(), json.dumps(text)
    ),
    "escaped slashes": lambda text: json.dumps(text).replace("/", r"\/"),
    "nothing but escapes": lambda text: escape_all(json.dumps(text)),
}
characters = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\/\n\u0000é\u2028😀\ufffd'), max_size=12
)


@pytest.mark.parametrize("write", LITERALS.values(), ids=list(LITERALS))
@given(text=characters, data=st.data())
def test_the_located_characters_of_a_string_decode_to_the_part(write, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    literal = write(text)
    assert json.loads(literal) == text
    first, last = part_of(literal, (start, end))
    assert json.loads(f'"{literal[first:last]}"') == text[start:end]
    assert json.loads(f'"{literal[1:first]}"') == text[:start]


@pytest.mark.parametrize(
    ("literal", "part", "located"),
    [
        ('"abc"', (1, 2), "b"),
        ('"abc"', (0, 3), "abc"),
        (r'"a\n\"b"', (1, 3), r"\n\""),
        (r'"\\n"', (1, 2), "n"),
        (r'"\\u0041"', (1, 2), "u"),
        (r'"\ud83d\ude00x"', (0, 1), r"\ud83d\ude00"),
        (r'"\uD83D\uDE00x"', (1, 2), "x"),
        (r'"😀\u00e9x"', (1, 2), r"\u00e9"),
        (r'"\ud83dx"', (1, 2), "x"),
        (r'"\ude00\ud83d"', (1, 2), r"\ud83d"),
        ('"abc"', (3, 3), ""),
        ('"abc"', (2, 99), "c"),
        ('"abc"', (50, 99), ""),
        ('""', (0, 1), ""),
    ],
)
def test_a_part_of_a_string_is_marked_by_its_characters_however_they_are_written(literal, part, located):
    start, end = part_of(literal, part)
    assert literal[start:end] == located

"""Edits change the values that they name, and no other byte."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.core.edits import edited
from ftlint.core.positions import locate, nodes
from ftlint.core.types import Edit
from ftlint.sources.parse import parse
from ftlint.transform.splice import spliced
from tests.support import pointers_of, rows_of, values

styles = st.fixed_dictionaries(
    {
        "ensure_ascii": st.booleans(),
        "separators": st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : "), (",  ", ":\r")]),
    }
)
rows = st.one_of(*rows_of.values(), st.dictionaries(st.text(max_size=4), values, min_size=1, max_size=4))


def written(row, style):
    raw = json.dumps(row, **style).encode("utf-8", "surrogatepass")
    try:
        return raw, parse(raw)
    except ValueError:  # half a character, or a number that no parser takes
        return None, None


def is_inside(one, other):
    return one[: len(other)] == other


@st.composite
def edits_of(draw, value, actions):
    """One to three edits at places apart from each other."""
    places = [pointer for pointer in pointers_of(value) if pointer]
    chosen = []
    for pointer in draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True)) if places else ():
        if any(is_inside(pointer, edit.at) or is_inside(edit.at, pointer) for edit in chosen):
            continue
        action = draw(st.sampled_from(actions))
        new = draw(values.filter(lambda value: "Infinity" not in json.dumps(value)))
        key = "renamed" if action == "rename" or draw(st.booleans()) else None
        if isinstance(pointer[-1], int) or any(edit.at[:-1] == pointer[:-1] and edit.key for edit in chosen):
            key = None
        if action == "rename" and key is None:
            action = "replace"
        if action == "drop":
            key = None
        chosen.append(Edit(action, new, pointer, key))
    return chosen


@given(st.data(), rows, styles)
def test_what_results_is_the_old_value_but_for_the_edits(data, row, style):
    raw, value = written(row, style)
    if raw is None:
        return
    edits = data.draw(edits_of(value, ["drop", "replace", "rename"]))
    try:
        new = parse(spliced(raw, value, edits))
    except ValueError:  # the new value is none for JSON, or its key is there already: whoever asks refuses it
        return
    assert json.dumps(new) == json.dumps(edited(value, edits))


@given(st.data(), rows, styles)
def test_no_byte_outside_of_the_values_that_are_replaced_changes(data, row, style):
    raw, value = written(row, style)
    if raw is None:
        return
    edits = [edit._replace(key=None) for edit in data.draw(edits_of(value, ["replace"]))]
    new = spliced(raw, value, edits)
    text = raw.decode()
    found = locate(text, [edit.at for edit in edits])
    kept, position = [], 0
    for start, end in sorted((node.start, node.end) for node in found.values()):
        kept.append(text[position:start])
        position = end
    kept.append(text[position:])
    assert re.fullmatch(".*".join(map(re.escape, kept)), new.decode(), re.DOTALL)


@given(st.data(), rows, styles)
def test_what_is_not_dropped_is_written_as_before(data, row, style):
    raw, value = written(row, style)
    if raw is None:
        return
    edits = data.draw(edits_of(value, ["drop"]))
    new = spliced(raw, value, edits)
    dropped = [edit.at for edit in edits]

    def leaves(text, gone):
        return [
            text[node.start : node.end]
            for node in nodes(text)
            if text[node.start] not in "[{" and not any(is_inside(node.pointer, one) for one in gone)
        ]

    assert leaves(new.decode(), []) == leaves(raw.decode(), dropped)


@given(st.text(), st.text(), st.booleans())
def test_of_a_text_only_what_differs_is_written_anew(old, new, ascii_only):
    raw = json.dumps({"a": old}, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    try:
        value = parse(raw)
        new.encode()
    except ValueError:
        return
    result = spliced(raw, value, [Edit("replace", new, ("a",))])
    assert parse(result) == {"a": new}


def test_escapes_beside_what_changes_stay_as_they_are():
    raw = rb'{"a": "\u0041\u00e9 \/ \t  "}'
    assert spliced(raw, parse(raw), [Edit("replace", "Aé /", ("a",))]) == rb'{"a": "\u0041\u00e9 \/"}'


@pytest.mark.parametrize(
    ("dropped", "left"),
    [
        ([0], b'[ 2 ,3]'),
        ([1], b'[ 1 ,3]'),
        ([2], b'[ 1, 2]'),
        ([0, 1], b'[ 3]'),
        ([1, 2], b'[ 1]'),
        ([0, 2], b'[ 2]'),
        ([0, 1, 2], b'[ ]'),
    ],
)  # fmt: skip
def test_what_is_dropped_takes_one_comma_with_it(dropped, left):
    raw = b'{"a": [ 1, 2 ,3]}'
    edits = [Edit("drop", at=("a", index)) for index in dropped]
    assert spliced(raw, parse(raw), edits) == b'{"a": ' + left + b"}"


def test_what_is_put_in_is_written_as_the_row_is():
    edit = Edit("replace", {"é": [1, 2]}, ("a",))
    assert spliced(b'{"a":1}', {"a": 1}, [edit]) == rb'{"a":{"\u00e9":[1,2]}}'
    assert spliced('{"a": "ö"}'.encode(), {"a": "ö"}, [edit]) == '{"a": {"é": [1, 2]}}'.encode()


def test_a_place_that_is_not_there_is_an_error():
    with pytest.raises(LookupError):
        spliced(b'{"a": 1}', {"a": 1}, [Edit("drop", at=("b",))])
    with pytest.raises(LookupError):
        edited({"a": 1}, [Edit("drop", at=("b",))])

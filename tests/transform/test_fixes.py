"""What each fix makes of what it mends."""

import json

import pytest

from ftlint.core.types import Edit
from ftlint.transform.rows import put_on
from tests.support import CALL, CLOCK, chat, check, dumped, fixed

GOOD = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}'


def refused(fixer):
    return [(one.line, one.code, one.reason) for file in fixer.files for one in file.refused]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\xef\xbb\xbf" + GOOD + b"\n", GOOD + b"\n"),
        (GOOD + b"\r\n" + GOOD + b"\r\n", (GOOD + b"\n") * 2),
        (GOOD + b"\r" + GOOD + b"\r", (GOOD + b"\n") * 2),
        (GOOD + b"\n\n \t\n" + GOOD + b"\n\n", (GOOD + b"\n") * 2),
        (GOOD, GOOD + b"\n"),
        (GOOD + b",\n" + GOOD + b" , \n", GOOD + b"\n" + GOOD + b"  \n"),
        (GOOD + GOOD + b" " + GOOD + b"\n", (GOOD + b"\n") * 3),
        (b"[" + GOOD + b",\n" + GOOD + b"]", (GOOD + b"\n") * 2),
        (b"[" + GOOD + b",\n\n " + GOOD + b",\n]\n", (GOOD + b"\n") * 2),
        (GOOD.decode().encode("utf-16"), GOOD + b"\n"),
        ((GOOD.decode() + "\r\n" + GOOD.decode()).encode("utf-16-le"), (GOOD + b"\n") * 2),
        (json.dumps(json.loads(GOOD), indent=4).encode() * 2, (GOOD + b"\n") * 2),
        (json.dumps([json.loads(GOOD)] * 3, indent=4).replace("\n", "\r\n").encode(), (GOOD + b"\n") * 3),
    ],
    ids=["bom", "crlf", "cr", "blank", "newline", "comma", "several", "array", "array with a comma too many", "utf-16",
         "utf-16 without a mark", "pretty", "pretty array"],
)  # fmt: skip
def test_safe_fixes_put_rows_on_lines(before, after):
    new, fixer, report = fixed(before, unsafe=False)
    assert new == after
    assert refused(fixer) == []
    assert [finding.code for finding in report.findings if finding.fix] == []


def test_a_mark_is_put_in_where_the_target_asks_for_one():
    new, fixer, _ = fixed(GOOD + b"\n", unsafe=False, model="azure")
    assert new == b"\xef\xbb\xbf" + GOOD + b"\n"
    assert fixer.fixed == {"FT006": 1}


@pytest.mark.parametrize(
    "data",
    [
        b"[" + GOOD + b",\n5]\n",
        b"[[" + GOOD + b"],\n[" + GOOD + b"]]\n",
        b"[\n" + GOOD + b",\n" + GOOD[:-9] + b"\n]\n",
        b'[\n{\n// a note\n"messages": []},\n' + GOOD + b"\n]\n",
    ],
    ids=["another value", "lists of lists", "an object that does not close", "a comment"],
)
def test_an_array_that_holds_more_than_rows_is_left_alone_and_not_called_fixable(data):
    report = check(data)
    assert [finding.fix for finding in report.findings if finding.code == "FT003"] == [None]
    assert fixed(data, select=("FT003",))[0] == data


def test_what_stands_between_pretty_printed_rows_is_kept():
    data = b'{\n "prompt": "a",\n "completion": "b"\n},\nnote\n{\n "prompt": "c",\n "completion": "d"\n}'
    assert (
        fixed(data, unsafe=False)[0]
        == b'{"prompt": "a", "completion": "b"}\nnote\n{"prompt": "c", "completion": "d"}\n'
    )


def test_a_row_that_is_cut_off_among_pretty_printed_ones_stays_as_it_is():
    data = b'{\n "prompt": "a",\n "completion": "b"\n}\n{\n "prompt": "c",\n,\n\n{"prompt": "e", "completion": "f"}\n'
    new = fixed(data, unsafe=False)[0]
    assert new.startswith(b'{"prompt": "a", "completion": "b"}\n{\n "prompt": "c",\n,\n')
    assert new.endswith(b'{"prompt": "e", "completion": "f"}\n')


def test_utf_16_that_is_broken_is_left_alone():
    data = GOOD.decode().encode("utf-16") + b"\x00\xd8"
    assert [finding.fix for finding in check(data).findings if finding.code == "FT008"] == [None]
    assert fixed(data)[0] == data


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        (b"{'messages': [{'role': 'user', 'content': None}]}", b'{"messages": [{"role": "user", "content": null}]}'),
        (b"{'prompt': 'it\\'s', 'completion': \"\xc3\xa9\"}", b'{"prompt": "it\'s", "completion": "\xc3\xa9"}'),
        (b'{"prompt": "a,]", "completion": "b",}', b'{"prompt": "a,]", "completion": "b"}'),
        (b'{"prompt": "a", "completion": "b", } ,', b'{"prompt": "a", "completion": "b" } '),
        ("{“prompt”: “a”, “completion”: “b”}".encode(), b'{"prompt": "a", "completion": "b"}'),
        (
            b'{"prompt": "caf\xe9", "completion": "\x93\xc3\xa9\x94"}',
            '{"prompt": "café", "completion": "“é”"}'.encode(),
        ),
    ],
    ids=["python", "python text", "inner comma", "both commas", "smart quotes", "windows-1252"],
)
def test_lines_that_are_no_json_become_rows(line, mended):
    new, fixer, _ = fixed(line + b"\n", select=("FT0",))
    assert new == mended + b"\n"
    assert refused(fixer) == []
    assert fixed(line + b"\n", select=("FT0",), unsafe=False)[0] == line + b"\n"


@pytest.mark.parametrize(
    "line",
    [
        b"{'prompt': 'a', 'completion': 'b', 'prompt': 'c'}",
        b"{'prompt': 'a', 'completion': ('b',)}",
        b"{'prompt': 'a', 'completion': {1, 2}}",
        b"{'prompt': 'a', 1: 'b'}",
        b"{'prompt': b'a', 'completion': 'b'}",
    ],
    ids=["key twice", "tuple", "set", "key that is a number", "bytes"],
)
def test_a_printed_dict_that_json_cannot_say_is_refused_with_the_reason(line):
    new, fixer, _ = fixed(line + b"\n")
    assert new == line + b"\n"
    assert refused(fixer) == [(1, "FT018", "it would not be a row afterwards, or not the same one")]


def rows_after(*turns, **options):
    keys = options.pop("keys", {})
    new, fixer, report = fixed(chat(*turns, **keys), **options)
    return json.loads(new), refused(fixer), {finding.code for finding in report.findings}


def test_a_misspelt_key_is_renamed_and_an_unknown_one_dropped():
    row, _, codes = rows_after("user: Hi", {"role": "assistant", "contnet": "Hello", "score": 3})
    assert row == chat("user: Hi", "assistant: Hello")
    assert "FT102" not in codes


def test_arguments_keep_what_they_say():
    call = {"id": "c", "type": "function", "function": {"name": "clock", "arguments": {"zone": "é", "n": [1.0, 2]}}}
    row, _, _ = rows_after("user: Hi", {"role": "assistant", "tool_calls": [call]}, unsafe=False)
    assert row["messages"][1]["tool_calls"][0]["function"]["arguments"] == '{"zone": "é", "n": [1.0, 2]}'


@pytest.mark.parametrize(
    "twice", [json.dumps(json.dumps({"zone": "UTC"})), json.dumps({"zone": "UTC"}).replace('"', '\\"')]
)
def test_arguments_that_are_encoded_twice_are_decoded_once(twice):
    call = {"id": "c", "type": "function", "function": {"name": "clock", "arguments": twice}}
    row, _, codes = rows_after("user: Hi", {"role": "assistant", "tool_calls": [call]}, keys={"tools": [CLOCK]})
    assert row["messages"][1]["tool_calls"][0]["function"]["arguments"] == '{"zone": "UTC"}'
    assert "FT405" not in codes


def test_messages_of_the_same_role_are_merged_all_of_them():
    row, _, codes = rows_after(
        "user: One", "user: Two", {"role": "user", "content": [{"type": "text", "text": "Three"}]}, "assistant: Hi",
        extend_select=("FT208",),
    )  # fmt: skip
    assert row["messages"][0]["content"] == [{"type": "text", "text": "One\nTwo"}, {"type": "text", "text": "Three"}]
    assert "FT208" not in codes


def test_messages_that_are_not_alike_are_not_merged():
    turns = ["user: Hi", {"role": "user", "content": "Ho", "name": "ada"}, "assistant: Hi"]
    row, refusals, codes = rows_after(*turns, extend_select=("FT208",))
    assert row == chat(*turns)
    assert refusals == [] and "FT208" in codes


LEGACY = [
    "user: Time?",
    {"role": "assistant", "content": None, "function_call": {"name": "clock", "arguments": "{}"}},
    {"role": "function", "name": "clock", "content": "noon"},
    "assistant: Noon.",
]


def test_functions_become_tools():
    row, refusals, codes = rows_after(*LEGACY, keys={"functions": [CLOCK["function"]]})
    call = {"id": "call00001", "type": "function", "function": {"name": "clock", "arguments": "{}"}}
    assert row == chat(
        "user: Time?",
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call00001", "content": "noon"},
        "assistant: Noon.",
        tools=[CLOCK],
    )
    assert refusals == [] and codes == {"FT504"}


@pytest.mark.parametrize(
    "turns",
    [
        ["user: Time?", {"role": "function", "name": "clock", "content": "noon"}, "assistant: Noon."],
        [*LEGACY, {"role": "assistant", "tool_calls": [CALL]}],
    ],
    ids=["a result without a call", "both forms"],
)
def test_functions_that_cannot_become_tools_are_left_with_a_reason(turns):
    row, refusals, _ = rows_after(*turns, select=("FT412",))
    assert row == chat(*turns)
    assert [code for _, code, _ in refusals] == ["FT412"]


def test_a_fix_that_would_make_an_error_is_not_made():
    turns = ["user: Hi", {"role": "assistant", "content": "\u200b"}]
    row, refusals, _ = rows_after(*turns)
    assert row == chat(*turns)
    assert refusals == [(1, "FT305", "the row would have an error that it does not have now (FT211)")]


def test_broken_words_are_decoded_and_others_left():
    row, _, _ = rows_after("user: Hi", "assistant: cafÃ© and â€™tis SÃO »Café« and âœ“")
    assert row["messages"][1]["content"] == "café and ’tis SÃO »Café« and ✓"


def test_rows_that_are_dropped_stand_beside_with_the_reason(tmp_path):
    rows = [chat("user: Hi", f"assistant: {'word ' * size}") for size in (1, 9000, 2, 9000)]
    new, fixer, _ = fixed(rows, directory=tmp_path, model="gpt-3.5-turbo-0613", ignore=("FT302",))
    assert new == dumped([rows[0], rows[2]])
    kept = [json.loads(line) for line in (tmp_path / "train.dropped.jsonl").read_bytes().splitlines()]
    assert [(one["line"], one["row"]) for one in kept] == [(2, rows[1]), (4, rows[3])]
    assert all(one["reason"].startswith("FT501 Row has 9,0") for one in kept)
    assert fixer.files[0].sidecar == str(tmp_path / "train.dropped.jsonl")
    assert fixed([rows[1]], directory=tmp_path, model="gpt-3.5-turbo-0613")[0] == b""
    assert (tmp_path / "train.dropped.jsonl").read_bytes().count(b"\n") == 3


@pytest.mark.parametrize(
    ("text", "put", "after"),
    [
        ("Q", "\n\n###\n\n", "Q\n\n###\n\n"),
        ("Q\n", "\n\n###\n\n", "Q\n\n###\n\n"),
        ("Answer:", ": \n", "Answer: \n"),
        ("Q END", " END", "Q END"),
        ("", " END", ""),
        (None, " END", None),
    ],
)
def test_of_an_ending_only_what_is_missing_is_put_on(text, put, after):
    assert put_on(text, Edit("append", put, ("prompt",))) == after


@pytest.mark.parametrize(("text", "after"), [("a", " a"), (" a", " a"), ("\na", "\na"), ("ก", "ก"), ("$5", " $5")])
def test_a_space_is_put_before_what_begins_with_none(text, after):
    assert put_on(text, Edit("prepend", " ", ("completion",))) == after


def test_the_separator_that_is_put_on_stands_inside_no_prompt():
    rows = [{"prompt": f"word {n}\n\n###\n\n more{'?!.'[n % 3]}", "completion": f" {n} it is END"} for n in range(12)]
    new, _, report = fixed(rows)
    prompts = [json.loads(line)["prompt"] for line in new.splitlines()]
    assert all(prompt.endswith("\n\n### =>\n\n") for prompt in prompts)
    assert [finding.code for finding in report.findings] == []


def test_only_what_is_selected_is_fixed():
    data = GOOD + b",\r\n\n"
    assert fixed(data, select=("FT009",))[0] == GOOD + b",\r\n"


def test_a_line_that_is_too_long_is_kept_as_it_is():
    long = dumped(chat("user: Hi", f"assistant: {'x' * 3_000_000}"))
    new, _, _ = fixed(b"\n" + long + GOOD, max_line_bytes=1000, unsafe=False)
    assert new == long + GOOD + b"\n"


def test_white_space_is_stripped_only_where_most_rows_have_none():
    rows = [chat("user: Hi", f"assistant: Hello{end}") for end in ("", "", " ", " ")]
    assert fixed(rows)[0] == dumped(rows)
    assert fixed([*rows, rows[0]])[0] == dumped([rows[0]] * 5)

"""Why a row does not parse: one finding, of the root cause, at its exact place."""

import json
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ftlint.core.types import Problem
from ftlint.sources.bounds import huge_number, too_deep
from ftlint.sources.explain import explain
from ftlint.sources.loose import spans
from ftlint.sources.parse import parse
from tests.support import check, codes, dumped, lint, rows_of, spoilt

ROW = '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}'
END = len(ROW) + 1


def first(data):
    """The first finding about a row: code, column, end column, and what stands there."""
    found = [item for item in check(data + b"\n").findings if item.row is not None]
    line = data.decode(errors="replace")
    return [(item.code, item.column, line[item.column - 1 : item.end_column - 1]) for item in found]


@pytest.mark.parametrize(
    ("line", "code", "column", "there"),
    [
        ('{"messages": [{"role": "user" "content": "Hi"}]}', "FT001", 31, '"'),
        ('{"messages": [{"role" "user"}]}', "FT001", 23, '"'),
        ('{"messages": nope}', "FT001", 14, "n"),
        ("{messages: []}", "FT001", 2, "m"),
        ('{"messages": [{"role": "us\\er"}]}', "FT001", 27, "\\"),
        ('{"messages": [{"role": "us\\u12"}]}', "FT001", 28, "u"),
        ('{"messages": [{"role": "us\ter"}]}', "FT001", 27, "\t"),
        ('{"messages": [{"role": "user', "FT001", 24, '"'),
        ('{"messages": [{"role": "user"}', "FT001", 30, "}"),
        ('{"messages": []} and more', "FT001", 18, "a"),
        ("nothing", "FT001", 1, "n"),
        ('😀 {"messages": []}', "FT001", 1, "😀"),
        ('{"content": "é😀" "x"}', "FT001", 18, '"'),
        (ROW + ",", "FT019", END, ","),
        (ROW + " ,  ", "FT019", END + 1, ","),
        ('{"messages": [{"role": "user", "content": "Hi"},]}', "FT019", 48, ","),
        ('{"messages": [{"role": "usér", "content": "a,]😀",}]}', "FT019", 49, ","),
        ("{“messages”: []}", "FT021", 2, "“"),
        ('{"messages": [„Hi“]}', "FT021", 15, "„"),
        ("{'messages': []}", "FT018", 1, "{'messages': []}"),
        ('{"messages": None}', "FT018", 1, '{"messages": None}'),
        ('{"messages": NaN}', "FT013", 14, "NaN"),
        ('{"messages": -Infinity}', "FT013", 14, "-Infinity"),
        ('{"a": "NaN é", "messages": [NaN]}', "FT013", 29, "NaN"),
        ('{"messages": ["\\ud800"]}', "FT014", 15, '"\\ud800"'),
        ('{"messages": [{"content": "a\\udc00é"}]}', "FT014", 27, '"a\\udc00é"'),
    ],
)
def test_the_finding_stands_at_the_character_that_is_wrong(line, code, column, there):
    assert first(line.encode()) == [(code, column, there)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"a": "say "hi""}', 'Not JSON: expected "," or a closing bracket; is a " inside a string not escaped?'),
        ('{"a" 1}', 'Not JSON: expected ":" after the key'),
        ("{a: 1}", 'Not JSON: expected a key in double quotes or "}"'),
        ('{"a": }', "Not JSON: expected a value"),
        ('{"a": "b', "Not JSON: a string is not closed"),
        ('{"a": "\x01"}', "Not JSON: a control character stands in a string unescaped"),
        ('{"a": "\\x"}', "Not JSON: unknown escape after \\"),
        ('{"a": "\\u00g0"}', "Not JSON: \\u takes four hexadecimal digits"),
        ('{"a": 1} x', "Not JSON: more text follows after the value"),
        ('{"a": [1, 2', "Not JSON: the line ends inside the object"),
        ('{"a": 1', "Not JSON: the line ends inside the object"),
    ],
)
def test_the_message_says_what_was_expected(line, message):
    assert explain(line.encode()).message == message


@pytest.mark.parametrize(
    ("byte", "meant"),
    [(b"\xe9", "; it is é in Windows-1252"), (b"\x93", "; it is “ in Windows-1252"), (b"\x81", "")],
)
def test_a_byte_that_is_no_utf_8_is_named_with_what_it_is_in_windows_1252(byte, meant):
    problem = explain(b'{"a": "caf' + byte + b'"}')
    assert problem.message == f"Byte 0x{byte.hex()} at byte 11 of the line is not UTF-8{meant}"
    assert (problem.code, problem.span) == ("FT007", (10, 11))
    assert (problem.fix is not None) == bool(meant)


def test_a_byte_that_is_no_utf_8_has_the_column_of_its_character():
    assert first('{"a": "é😀'.encode() + b'\xff"}') == [("FT007", 10, "\ufffd")]


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("9" * 20, "Integer of 20 digits does not fit into 64 bits"),
        ("-9223372036854775809", "Integer of 19 digits does not fit into 64 bits"),
        ("1" * 10_000, "Integer of 10000 digits does not fit into 64 bits"),
        ("1e999", "Number 1e999 is larger than any double"),
        ("-1E+400", "Number -1E+400 is larger than any double"),
        ("1" + "0" * 400 + ".5", "Number 10000000000000000000 is larger than any double"),
    ],
)
@pytest.mark.parametrize("place", ['{"messages": [], "x": %s}', '{"messages": %s}', '{"x": [1, {"y": %s}]}'])
def test_a_number_that_readers_cannot_hold_is_one_finding_wherever_it_stands(number, message, place):
    data = (place % number + "\n").encode()
    (finding,) = [item for item in check(data).findings if item.code == "FT013"]
    assert finding.message == message
    assert (finding.column, finding.end_column) == (place.index("%") + 1, place.index("%") + 1 + len(number))


@pytest.mark.parametrize("number", ["18446744073709551615", "-9223372036854775808", "1e308", "1e-999", "0." + "1" * 50])
def test_a_number_that_fits_is_fine(number):
    data = b'{"messages": [{"role": "user", "content": "Hi"}], "x": ' + number.encode() + b"}\n"
    assert codes(data, method="reinforcement")["FT013"] == 0


def test_digits_inside_a_string_are_no_number():
    assert huge_number(b'{"x": "99999999999999999999 1e999 NaN", "99999999999999999999": 1}') is None


@pytest.mark.parametrize(("depth", "found"), [(100, 0), (101, 1), (150, 1), (250, 1), (2000, 1), (100_000, 1)])
@pytest.mark.parametrize(
    "place", ['{"messages": [{"role": "user", "content": "Hi"}], "x": %s}', '{"x": %s}', '{"messages": %s}']
)
def test_nesting_past_a_hundred_levels_is_one_finding_and_never_an_error_of_ours(depth, found, place):
    inner = depth - 1
    data = (place % ("[" * inner + "]" * inner) + "\n").encode()
    assert codes(data, method="reinforcement")["FT015"] == found
    if found:
        (finding,) = [item for item in check(data).findings if item.code == "FT015"]
        assert finding.column == place.index("%") + 100
        assert finding.message == "Nested deeper than 100 levels"


def test_brackets_inside_strings_are_no_nesting():
    assert too_deep(json.dumps({"x": "[{" * 500}).encode()) is None


TWO = ROW + ROW


@pytest.mark.parametrize("between", ["", " ", ",", ", ", "\t"])
def test_objects_on_one_line_are_one_finding_and_each_is_checked(between):
    data = (ROW + between + '{"messages": []}' + "\n").encode()
    assert lint("FT005", data) == ["1: 2 objects stand on one line"]
    (empty,) = [item for item in check(data).findings if item.code == "FT106"]
    assert (empty.row, empty.line) == (2, 1)
    assert data.decode()[empty.column - 1 : empty.end_column - 1] == "[]"
    assert check(data).files[0].rows == 2


def test_a_broken_object_among_several_is_reported_in_its_own_place():
    data = (ROW + '{"messages": [1 2]}' + "\n").encode()
    found = [(item.code, item.column) for item in check(data).findings if item.row]
    assert found == [("FT005", END), ("FT001", END + 16)]


def test_what_stands_inside_strings_is_no_second_object():
    data = dumped({"messages": [{"role": "user", "content": '{}{} {"a": 1}'}]})[:-3]
    assert codes(data)["FT005"] == 0


@pytest.mark.parametrize(
    "raw",
    [
        b'{}{}"' + b'\\"' * 20_000,
        b'{"a": [1, ], "b": "' + b'\\"' * 20_000,
        b"[" * 101 + b'"' + b'\\"' * 20_000,
        b'{"a": ' + b"1" * 50_000 + b".5}",
        b'{"a": 1,' + b" " * 50_000 + b"x}",
        b'{"a": "' + b'{"' * 20_000,
    ],
    ids=["quotes after objects", "quotes in a string", "quotes in depth", "digits", "blanks", "braces"],
)
def test_no_row_takes_time_that_grows_with_its_square(raw):
    start = time.process_time()
    codes(raw + b"\n")
    assert time.process_time() - start < 2  # 0.02 s; the square takes more than 5 s


fragments = st.lists(
    st.sampled_from(
        [
            "{",
            "}",
            "[",
            "]",
            '"',
            ":",
            ",",
            "'",
            "\\",
            "None",
            "NaN",
            "1e999",
            "9" * 20,
            "a",
            "“",
            "”",
            "\\ud800",
            " ",
            "😀",
        ]
    ),
    max_size=12,
)


@given(st.binary(max_size=60) | fragments.map(lambda parts: "".join(parts).encode()))
@example(b"")
@example(b"\\")
@example(b"{" * 50)
@example(b'{"\xff')
def test_any_bytes_are_explained_at_a_place_inside_them(raw):
    problem = explain(raw)
    assert isinstance(problem, Problem)
    start, end = problem.span or (0, 0)
    assert 0 <= start <= max(len(raw), 1)
    assert start <= end <= len(raw) + 1


@given(st.binary(max_size=60) | fragments.map(lambda parts: "".join(parts).encode()))
def test_objects_in_loose_text_follow_one_another_and_start_with_a_brace(data):
    position = 0
    for start, end, _closed in spans(data):
        assert position <= start < end <= len(data) or (start == end == len(data))
        assert data[start : start + 1] == b"{"
        position = end


@given(fragments.map(lambda parts: "".join(parts)) | spoilt(rows_of["chat"]).map(json.dumps))
@example('{"a": 1, "a": 2}')
@example('{"a": ' + "1" * 5000 + "}")
@example('{"a": "\x7f"}')
def test_a_row_that_strict_json_refuses_is_never_passed_over(line):
    """Nothing is skipped in silence: without a finding, the standard library reads the line, and as an object."""
    data = line.encode("utf-8", "surrogatepass") + b"\n"
    if codes(data, ignore=["FT504"]):
        return
    value = json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} passed"))
    assert isinstance(value, dict)
    assert parse(data) == value


@pytest.mark.parametrize("functions", [True, [None], "text", {"a": 1}, [[]]])
@pytest.mark.parametrize("totals", [True, False])
def test_a_graders_own_key_may_be_called_functions(functions, totals):
    row = {"functions": functions, "messages": [{"role": "user", "content": "Hi"}]}
    assert codes([row], method="reinforcement", totals=totals, model="gpt-3.5-turbo-0613", ignore=["FT9"]) == {}


def test_python_says_nothing_about_the_escapes_of_the_data(recwarn):
    assert explain(b"{'a': 'C:\\data\\}'}").code == "FT018"
    assert not recwarn.list

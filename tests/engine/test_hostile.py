"""What a user may hand over by mistake, or an enemy on purpose."""

import os

import pytest

import ftlint
from tests.support import TODAY, alike, chat, check, codes, dumped, lint

GOOD = dumped(alike(10, chat("user: Hi", "assistant: Hello")))


def test_a_missing_file_is_a_failure_in_one_sentence_and_the_others_are_checked(tmp_path):
    (tmp_path / "good.jsonl").write_bytes(GOOD)
    report = ftlint.check(tmp_path / "none.jsonl", tmp_path / "good.jsonl", totals=False, today=TODAY)
    assert report.failures == [f"cannot read {tmp_path}/none.jsonl: no such file or directory"]
    assert [file.rows for file in report.files] == [10]
    assert report.exit_code() == report.exit_code("never") == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_failure(tmp_path):
    path = tmp_path / "secret.jsonl"
    path.write_bytes(GOOD)
    path.chmod(0)
    assert ftlint.check(path).failures == [f"cannot read {path}: permission denied"]


def test_a_directory_is_searched_and_an_empty_one_holds_no_file(tmp_path):
    assert ftlint.check(tmp_path).files == []
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.jsonl").write_bytes(GOOD)
    assert [file.rows for file in ftlint.check(tmp_path, totals=False).files] == [10]


def test_a_path_with_a_nul_is_a_failure():
    (failure,) = ftlint.check("a\0b").failures
    assert failure.startswith("cannot read ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_once_and_findings_still_have_their_place(tmp_path):
    import threading

    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes(b"\n" + GOOD))
    writer.start()
    report = ftlint.check(path, totals=False, today=TODAY)
    writer.join()
    assert [(item.code, item.line) for item in report.findings] == [("FT009", 1)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", {"FT020"}),
        (b"\x00" * 100, {"FT020"}),
        (bytes(range(256)) * 4, {"FT022"}),
        (bytes(range(100, 256)) + b"\x00\x01" * 16 + bytes(range(256)) * 20, {"FT022"}),
        (b'{"messages": [{"role": "user", "content": "\\ud83d"}]}\n', {"FT014"}),
        (b'{"\\udc00": 1}\n', {"FT014"}),
        (b'{"messages": [{"role": "user", "content": "\xed\xa0\x80"}]}\n', {"FT007"}),
        (b'{"messages": NaN}\n', {"FT013"}),
        (b'{"messages": 1e999}\n', {"FT013"}),
        (b'{"x": ' + b"9" * 10_000 + b"}\n", {"FT013"}),
        (b'{"messages": [], "messages": []}\n', {"FT012"}),
        (b"[" * 100_000 + b"\n", {"FT015"}),
        (b'{"a":' * 100_000 + b"\n", {"FT015"}),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", {"FT015"}),
        (b'{"messages": [' + b"{}," * 50_000 + b"{}]}\n", {"FT101", "FT104"}),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else "",
)
def test_hostile_bytes_are_findings(data, expected):
    beside = {"FT108", "FT504", "FT003", "FT011"}
    assert set(codes(data)) - beside == expected
    assert check(data).exit_code() == 1


def test_deep_nesting_in_the_parameters_of_a_tool_is_found_in_a_row_that_is_fine_otherwise():
    deep: dict = {}
    for _ in range(120):
        deep = {"not": deep}
    row = chat(
        "user: Hi", "assistant: Hello", tools=[{"type": "function", "function": {"name": "f", "parameters": deep}}]
    )
    assert codes([row] * 10) == {"FT015": 10}


@pytest.mark.parametrize("number", ["1e999", "9" * 30, "-1e400"])
def test_a_number_out_of_range_in_the_parameters_of_a_tool_is_found(number):
    data = GOOD[:-2] + b', "tools": [{"type": "function", "function": {"name": "f", "parameters": {"maximum": %s}}}]}\n'
    assert codes(data.replace(b"%s", number.encode())) == {"FT013": 1}
    assert codes(data.replace(b"%s", b"null"), ignore=["FT708"]) == {"FT401": 1}  # null is no maximum either


def test_content_never_reaches_a_message_unescaped():
    rows = [chat("\x1b]0;owned\x07: Hi", "assistant: Hello", **{"\u202eevil\x1b[2J": 1}), {"\x1b[31m": 1}]
    for finding in check(rows).findings:
        assert finding.message.isprintable()


def test_a_key_with_slashes_and_tildes_has_the_pointer_of_the_standard():
    assert lint("FT102", chat("user: Hi", "assistant: Hello", **{"a/b~c": 1})) == ['1:/a~1b~0c Unknown key "a/b~c"']


def test_a_row_of_very_many_messages_is_checked():
    assert codes(alike(10, chat(*["user: Hi", "assistant: Hello"] * 20_000))) == {}


@pytest.mark.parametrize(("byte", "shown"), [(0xA0, "U+00A0"), (0xAD, "U+00AD"), (0xE9, "é")])
def test_a_byte_of_windows_1252_that_shows_nothing_is_named(byte, shown):
    data = b'{"prompt": "%c", "completion": "b"}\n' % byte
    assert lint("FT007", data) == [
        f"1: Byte 0x{byte:02x} at byte 13 of the line is not UTF-8; it is {shown} in Windows-1252"
    ]


def test_columns_count_the_characters_of_the_objects_before_on_the_line():
    one = '{"prompt": "é😀", "completion": " b", "x": 1}'
    before = len(one) + 1
    assert [item.column for item in check((f"{one} " * 3 + "\n").encode()).findings if item.code == "FT102"] == [
        one.index('"x"') + 1 + number * before for number in range(3)
    ]

"""What a file is, by its content."""

import gzip
import io
import json
import zipfile

import pytest

from ftlint.sources.sniff import sniff
from tests.support import TODAY, chat, check, codes, dumped, lint, places

ROWS = [chat("user: Hi", "assistant: Hello") for _ in range(10)]
JSONL = dumped(ROWS)
LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
DVC = b"outs:\n- md5: a304afb96060aad90176268345e10355\n  size: 14445097\n  path: train.jsonl\n"


def zipped():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("train.jsonl", JSONL)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (gzip.compress(JSONL), "FT022 File is gzip-compressed data, not JSON Lines"),
        (zipped(), "FT022 File is a ZIP archive or a spreadsheet (XLSX), not JSON Lines"),
        (b"PAR1\x15\x04\x15", "FT022 File is a Parquet file, not JSON Lines"),
        (b"\x28\xb5\x2f\xfd\x00", "FT022 File is zstandard-compressed data, not JSON Lines"),
        (b"BZh91AY", "FT022 File is bzip2-compressed data, not JSON Lines"),
        (b"\xfd7zXZ\x00\x00", "FT022 File is xz-compressed data, not JSON Lines"),
        (b"ARROW1\x00\x00", "FT022 File is an Arrow file, not JSON Lines"),
        (b"SQLite format 3\x00", "FT022 File is an SQLite database, not JSON Lines"),
        (b"%PDF-1.7\n", "FT022 File is a PDF document, not JSON Lines"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "FT022 File is binary data, not JSON Lines"),
        (LFS, "FT017 File is a Git LFS pointer, not data"),
        (DVC, "FT017 File is a DVC pointer, not data"),
        (b"prompt,completion\nHi,Hello\n", "FT022 File looks like comma-separated values (CSV), not JSON Lines"),
        (b"prompt\tcompletion\nHi\tHello\n", "FT022 File looks like tab-separated values (TSV), not JSON Lines"),
        (b"Hello\nWorld\n", "FT022 File is text, not JSON Lines: no line begins with {"),
        (b"", "FT020 File is empty"),
        (b" \n\t\r\n", "FT020 File holds white space only"),
        (b"\xef\xbb\xbf", "FT020 File holds white space only"),
        (b"\xff\xfe", "FT020 File holds white space only"),
        (b"\xef\xbb\xbf\n\n", "FT020 File holds white space only"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_json_lines_is_named_once_and_no_row_is_read(data, expected):
    report = check(data)
    assert [f"{item.code} {item.message}" for item in report.findings] == [expected]
    assert report.files[0].rows == 0
    assert report.exit_code() == 1


WIDE = [
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
    ("utf-32-le", b"\xff\xfe\x00\x00"),
    ("utf-32-be", b"\x00\x00\xfe\xff"),
    ("utf-16-le", b""),
    ("utf-16-be", b""),
    ("utf-32-le", b""),
    ("utf-32-be", b""),
]
BAD_THIRD = [*ROWS[:2], chat("user: Hi 😀", "asistant: Hello"), *ROWS[3:]]


@pytest.mark.parametrize(("encoding", "bom"), WIDE, ids=lambda value: str(value))
def test_a_wide_file_is_named_and_its_rows_are_linted_at_the_right_place(encoding, bom):
    data = bom + dumped(BAD_THIRD).decode().encode(encoding)
    assert lint("FT008", data) == [f"File is {encoding.upper()}, not UTF-8"]
    assert lint("FT105", data) == lint("FT105", BAD_THIRD)
    assert places("FT105", data) == places("FT105", BAD_THIRD) == ["3:61-71"]
    assert codes(data) == {"FT008": 1, "FT105": 1}


def test_a_utf_16_file_that_breaks_off_inside_a_character_is_read_to_its_end():
    data = b"\xff\xfe" + JSONL.decode().encode("utf-16-le")[:-3]
    assert codes(data)["FT008"] == 1
    assert check(data).files[0].rows == 10


def test_an_array_is_one_finding_and_its_elements_are_rows():
    data = json.dumps(BAD_THIRD).encode()
    assert lint("FT003", data) == ["File is one JSON array of 10 objects, not JSON Lines"]
    assert codes(data) == {"FT003": 1, "FT105": 1}


def test_rows_of_an_array_have_the_lines_and_columns_of_the_file():
    data = json.dumps(BAD_THIRD, indent=2).encode()
    (finding,) = [item for item in check(data).findings if item.code == "FT105"]
    line = data.decode().split("\n")[finding.line - 1]
    assert (finding.row, line[finding.column - 1 : finding.end_column - 1]) == (3, '"asistant"')
    one_line = json.dumps(BAD_THIRD, ensure_ascii=False).encode()
    (finding,) = [item for item in check(one_line).findings if item.code == "FT105"]
    assert one_line.decode()[finding.column - 1 : finding.end_column - 1] == '"asistant"'
    assert (finding.row, finding.line) == (3, 1)


def test_an_array_after_a_byte_order_mark_is_read_at_the_right_place():
    data = b"\xef\xbb\xbf" + json.dumps(BAD_THIRD, indent=1).encode()
    (finding,) = [item for item in check(data).findings if item.code == "FT105"]
    line = data.decode("utf-8-sig").split("\n")[finding.line - 1]
    assert line[finding.column - 1 : finding.end_column - 1] == '"asistant"'
    assert codes(data) == {"FT003": 1, "FT006": 1, "FT105": 1}


def test_pretty_printed_objects_are_one_finding_and_each_is_a_row():
    data = "\n".join(json.dumps(row, indent=2) for row in BAD_THIRD).encode() + b"\n"
    assert lint("FT004", data) == ["1: Object spans several lines (10 times in the file)"]
    assert [item.row for item in check(data).findings if item.code == "FT105"] == [3]
    assert codes(data) == {"FT004": 1, "FT105": 1}


def test_a_pretty_printed_object_longer_than_the_head_is_recognised():
    data = json.dumps(chat("user: Hi", "assistant: " + "Hello " * 30_000), indent=2).encode()
    assert codes(data)["FT004"] == 1


def test_a_broken_pretty_printed_object_does_not_hide_the_rest():
    good = json.dumps(ROWS[0], indent=2)
    bad = json.dumps({"messages": []}, indent=2)
    data = f"{good}\n{good[:40]}\n{bad}\n".encode()
    assert codes(data)["FT001"] == 1
    assert codes(data)["FT106"] == 1


@pytest.mark.parametrize("layout", ["lines", "array", "loose"])
def test_the_layout_is_seen_from_the_head_alone(layout):
    data = {
        "lines": JSONL,
        "array": json.dumps(ROWS, indent=2).encode(),
        "loose": "\n".join(json.dumps(row, indent=2) for row in ROWS).encode(),
    }[layout]
    assert sniff(data, complete=True).layout == layout
    assert sniff(data[: len(data) // 2], complete=False).layout == layout


def test_lines_that_are_arrays_are_rows_of_the_wrong_type_and_not_one_array():
    data = b'[{"role": "user", "content": "Hi"}]\n' * 3
    assert lint("FT002", data) == [f"{row}: Row is a list, expected an object" for row in (1, 2, 3)]


def test_a_first_line_that_is_broken_does_not_make_the_file_something_else():
    data = b"{'role\n" + JSONL
    assert codes(data) == {"FT001": 1}


def test_nul_bytes_far_into_a_file_are_a_broken_row_and_not_a_binary_file():
    data = dumped(ROWS * 10) + b'{"messages": "\x00"}\n'
    assert lint("FT001", data) == ["101: Not JSON: a control character stands in a string unescaped"]


def test_a_byte_order_mark_is_reported_and_moves_no_column():
    data = b"\xef\xbb\xbf" + dumped([BAD_THIRD[2], *ROWS])
    assert lint("FT006", data, today=TODAY) == ["File starts with a UTF-8 byte-order mark"]
    assert places("FT105", data) == ["1:61-71"]

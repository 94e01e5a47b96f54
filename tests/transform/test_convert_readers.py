"""Files of every kind, and what is wrong with them."""

import gzip
import io
import json
import sys
import zlib

import pytest

from ftlint import FtlintError
from ftlint.transform.readers import compressed
from tests.support import chat, dumped
from tests.transform.converting import Converted, spoken

ROWS = [chat("user: Hi", "assistant: Hello"), chat("user: Bye", "assistant: See you 😀")]
QUESTIONS = [("question", "answer"), ("Hi", "Hello, you"), ("Two\nlines", 'A "quote"')]


LAYOUTS = ["lines", "bom", "crlf", "utf16", "array", "pretty-array", "pretty", "one-line"]
LAYOUTS += ["gzip", "gzip-array", "gzip-members", "array-of-arrays"]


def csv_of(separator=",", encoding="utf-8", newline="\r\n"):
    lines = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in QUESTIONS]
    return (newline.join(lines) + newline).encode(encoding)


def workbook(sheets):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def parquet_of(rows):
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    buffer = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


def zstd_of(data):
    zstd = pytest.importorskip("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    return zstd.compress(data)


@pytest.mark.parametrize(
    "content",
    [
        dumped(ROWS),
        b"\xef\xbb\xbf" + dumped(ROWS),
        dumped(ROWS).replace(b"\n", b"\r\n\r\n"),
        dumped(ROWS).decode().encode("utf-16"),
        json.dumps(ROWS).encode(),
        json.dumps(ROWS, indent=2).encode(),
        b"\n".join(json.dumps(row, indent=2).encode() for row in ROWS),
        dumped(ROWS).replace(b"\n", b" "),
        gzip.compress(dumped(ROWS), mtime=0),
        gzip.compress(json.dumps(ROWS, indent=2).encode(), mtime=0),
        gzip.compress(dumped(ROWS[:1]), mtime=0) + gzip.compress(dumped(ROWS[1:]), mtime=0) + b"\0" * 100,
        json.dumps([row["messages"] for row in ROWS], indent=1).encode(),
    ],
    ids=LAYOUTS,
)
def test_rows_are_read_however_they_are_laid_out(content):
    done = Converted(content, "chat")
    assert (done.rows, done.told) == (ROWS, [])


def test_a_file_of_zstandard_is_read():
    assert Converted(zstd_of(dumped(ROWS)), "chat", "rows.jsonl.zst").rows == ROWS


def test_an_array_on_one_line_longer_than_what_is_sniffed_is_read():
    content = json.dumps(ROWS * 2000).encode()
    assert Converted(content, "chat").rows == ROWS * 2000


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (csv_of(), "rows.csv"),
        (b"\xef\xbb\xbf" + csv_of(), "rows.csv"),
        (csv_of(";"), "rows.csv"),
        (csv_of("\t"), "rows.tsv"),
        (csv_of("\t", newline="\n"), "rows.txt.jsonl"),
        (gzip.compress(csv_of(), mtime=0), "rows.csv.gz"),
        (csv_of(encoding="utf-16"), "rows.dat"),
    ],
    ids=["csv", "bom", "semicolon", "tsv", "unnamed", "gzip", "utf16"],
)
def test_tables_are_read(content, name):
    done = Converted(content, "chat", name)
    assert spoken(done.rows[1]) == ["user: Two\nlines", 'assistant: A "quote"']
    assert done.told == []


def test_a_line_with_too_few_columns_is_counted_and_named():
    done = Converted(b"prompt,completion\nHi,Hello\nalone\nBye,See you,later\n\nBye,See you\n", "chat", "rows.csv")
    assert len(done.rows) == 2
    assert done.told == [
        "row: 1 column where the first line has 2 × 1",
        "row: 3 columns where the first line has 2 × 1",
    ]
    assert done.kept[0] == {**done.kept[0], "row": 2, "lost": [{**done.kept[0]["lost"][0], "value": ["alone"]}]}


def test_a_table_in_another_encoding_is_an_error_until_it_is_named():
    content = "prompt,completion\nHi,Grüße\n".encode("cp1252")
    with pytest.raises(FtlintError, match=r"it is not UTF-8: .*--encoding cp1252"):
        Converted(content, "chat", "rows.csv")
    assert spoken(Converted(content, "chat", "rows.csv", encoding="cp1252").row)[1] == "assistant: Grüße"
    with pytest.raises(FtlintError, match='there is no encoding "klingon"'):
        Converted(content, "chat", "rows.csv", encoding="klingon")


def test_a_cell_may_hold_messages_as_json():
    cell = json.dumps(ROWS[0]["messages"]).replace('"', '""')
    assert Converted(f'messages,id\n"{cell}",7\n'.encode(), "chat", "rows.csv").rows == ROWS[:1]


def test_lines_of_text_are_completions_without_prompts():
    done = Converted(b"One line, with a comma\nAnother, too\n", "completion", "rows.txt", separators=False)
    assert done.rows[0] == {"prompt": "", "completion": "One line, with a comma"}
    assert len(Converted(b"Only one", "completion", "rows.txt").rows) == 1


def test_the_first_sheet_is_read_and_the_others_are_named():
    content = workbook({"First": [*QUESTIONS, ("How many?", 3)], "Second": [("prompt", "completion"), ("a", "b")]})
    done = Converted(content, "chat", "rows.xlsx")
    assert spoken(done.rows[-1]) == ["user: How many?", "assistant: 3"]
    assert 'sheet "First" is read, and not "Second"' in done.outcome.inputs[0].notes[0]
    assert spoken(Converted(content, "chat", "rows.xlsx", sheet="Second").row) == ["user: a", "assistant: b"]
    with pytest.raises(FtlintError, match='has no sheet "Secnod"'):
        Converted(content, "chat", "rows.xlsx", sheet="Secnod")


def test_parquet_rows_come_without_the_nulls_of_their_columns():
    call = {"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": "{}"}}
    tool = {"role": "tool", "tool_call_id": "call_1", "content": "12"}
    rows = [
        chat("user: Hi", "assistant: Hello"),
        chat("user: ?", {"role": "assistant", "tool_calls": [call]}, tool, "assistant: 12"),
    ]
    done = Converted(parquet_of(rows), "chat", "rows.parquet")
    assert done.rows[0] == rows[0]
    assert done.rows[1] == rows[1]
    assert done.told == []


BROKEN = {
    b'{"messages": [}\n': "row: ",
    b'{"messages": [], "messages": []}\n': "row: a key stands twice in one object × 1",
    b'{"a": ' + b"[" * 150 + b"]" * 150 + b"}\n": "row: nested deeper than 100 levels × 1",
    b'{"messages": [{"role": "user", "content": 1e999}]}\n': "row: number 1e999 is larger than any double × 1",
    b'{"a": 123456789012345678901234567890}\n': "row: integer of 30 digits does not fit into 64 bits × 1",
    b'{"a": "\xff"}\n': "row: ",
    b'{"a": "\\ud800"}\n': "row: ",
}


@pytest.mark.parametrize("line", BROKEN)
def test_a_line_that_is_no_row_is_counted_and_named(line):
    done = Converted(dumped(ROWS) + line, "chat")
    assert done.rows == ROWS
    assert len(done.told) == 1 and done.told[0].startswith(BROKEN[line])


def test_text_between_the_objects_of_an_array_is_named():
    content = json.dumps(ROWS, indent=1).replace("},\n {", "},\n 7, oops\n {").encode()
    done = Converted(content, "chat")
    assert done.rows == ROWS
    assert done.told == ["row: text that is no object × 1"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "rows.jsonl", "file is empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "rows.jsonl", "Git LFS pointer"),
        (b"%PDF-1.7\n", "rows.jsonl", "a PDF document"),
        (b"PAR1 and nothing", "rows.parquet", "cannot read"),
        (b"PK\x03\x04 and nothing", "rows.xlsx", "begins as a ZIP archive and is none"),
        (gzip.compress(dumped(ROWS), mtime=0)[:-20], "rows.jsonl.gz", "ends in the middle"),
        (b"\x1f\x8b and nothing more than that", "rows.jsonl.gz", "damaged"),
        (b"\x28\xb5\x2f\xfd and nothing", "rows.jsonl.zst", "cannot unpack"),
        (b"a,a\n1,2\n", "rows.csv", 'the column "a" stands twice'),
        (b"a,b\n", "rows.csv", "there are no rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(content, name, sentence):
    with pytest.raises(FtlintError) as caught:
        Converted(content, "chat", name)
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def bomb(megabytes):
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(megabytes)) + packer.flush()


def test_a_gzip_bomb_is_stopped():
    with pytest.raises(FtlintError, match="past the limit of 200 for one"):
        Converted(bomb(80), "chat", "rows.jsonl.gz")


def test_a_zstandard_bomb_is_stopped():
    with pytest.raises(FtlintError, match="past the limit of 200 for one"):
        Converted(zstd_of(b"\0" * (80 << 20)), "chat", "rows.jsonl.zst")


def test_there_is_a_cap_whatever_the_ratio(monkeypatch):
    monkeypatch.setattr(compressed, "MAX_BYTES", 50)
    with pytest.raises(FtlintError, match="unpacks to more than"):
        Converted(gzip.compress(dumped(ROWS), mtime=0), "chat", "rows.jsonl.gz")


def test_a_spreadsheet_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (80 << 20))
    with pytest.raises(FtlintError, match="export it as CSV"):
        Converted(buffer.getvalue(), "chat", "rows.xlsx")


@pytest.mark.parametrize(
    ("module", "content", "name", "what"),
    [
        ("pyarrow", b"PAR1....PAR1", "rows.parquet", "a Parquet file takes pyarrow"),
        ("python_calamine", b"PK\x03\x04", "rows.xlsx", "a spreadsheet takes python-calamine"),
        ("backports", b"\x28\xb5\x2f\xfd", "rows.jsonl.zst", "a zstandard file takes backports.zstd"),
    ],
)
def test_a_missing_package_is_named_with_the_extra(monkeypatch, module, content, name, what):
    if module == "backports" and sys.version_info >= (3, 14):
        pytest.skip("Python has it")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(FtlintError, match=what) as caught:
        Converted(content, "chat", name)
    assert str(caught.value).endswith("which is not installed; pip install 'ftlint[convert]'")

"""What is wrong with the target is said once a run."""

from ftlint import check
from ftlint.engine import run

ROW = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
ROWS = b"".join(ROW.replace(b"Hi", b"%d" % n).replace(b"Hello", b"It is %d" % n) for n in range(10))


def test_the_target_is_checked_with_the_first_file_that_has_rows(tmp_path):
    for name, data in (("a.jsonl", b""), ("b.jsonl", ROWS), ("c.jsonl", ROWS)):
        (tmp_path / name).write_bytes(data)
    report = check(tmp_path, model="gpt-3.5-turbo-0613", totals=False)
    assert [(finding.code, finding.path[-7:]) for finding in report.findings] == [
        ("FT020", "a.jsonl"),
        ("FT902", "b.jsonl"),
    ]


def test_an_array_too_large_to_be_read_whole_is_named_and_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "MAX_LOOSE_BYTES", 100)
    file = tmp_path / "train.jsonl"
    file.write_bytes(b"[" + ROW.strip() + b",\n" + ROW.strip() + b"]")
    report = check(file, totals=False)
    assert [finding.code for finding in report.findings] == ["FT003"]
    assert "too large to check the rows" in report.findings[0].message
    assert report.files[0].rows == 0

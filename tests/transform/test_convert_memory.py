"""Memory does not grow with the file."""

import json
import subprocess
import sys

import pytest

ROW = {"question": "What is it? " * 60, "answer": "It is this. " * 120}
MEASURE = """
import sys
from ftlint.transform.convert import convert
from ftlint.transform.job import Job
with open(sys.argv[2], "wb") as output:
    outcome = convert([sys.argv[1]], Job("chat"), output)
(peak,) = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(outcome.written, peak)
"""


def lines(path, rows):
    with path.open("wb") as file:
        file.writelines(json.dumps(ROW | {"id": number}).encode() + b"\n" for number in range(rows))


def array(path, rows):
    with path.open("wb") as file:
        file.write(b"[\n")
        file.writelines(json.dumps(ROW | {"id": number}).encode() + b",\n" for number in range(rows - 1))
        file.write(json.dumps(ROW).encode() + b"\n]\n")


def table(path, rows):
    with path.open("wb") as file:
        file.write(b"question,answer,id\n")
        file.writelines(f"{ROW['question']},{ROW['answer']},{number}\n".encode() for number in range(rows))


def parquet(path, rows):
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as writer

    columns = {key: [f"{text}{number}" for number in range(rows)] for key, text in ROW.items()}
    writer.write_table(arrow.table(columns), path, compression="none", use_dictionary=False)


def peak(path, target):
    done = subprocess.run([sys.executable, "-c", MEASURE, path, target], capture_output=True, text=True, check=True)
    written, kilobytes = map(int, done.stdout.split())
    return written, kilobytes / 1024


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak is measured as Linux counts it")
@pytest.mark.parametrize(("write", "suffix"), [(lines, "jsonl"), (array, "json"), (table, "csv"), (parquet, "parquet")])
def test_ten_times_the_rows_take_no_more_memory(write, suffix, tmp_path):
    peaks = []
    for rows in (3_000, 30_000):
        path = tmp_path / f"{rows}.{suffix}"
        write(path, rows)
        written, megabytes = peak(path, tmp_path / "out.jsonl")
        assert written == rows
        peaks.append(megabytes)
    small, large = peaks
    assert path.stat().st_size > 60_000_000
    assert large - small < 30, peaks

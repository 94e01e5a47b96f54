"""Several processes find what one finds."""

import json
import os

import pytest

from ftlint import check
from ftlint.engine import processes
from ftlint.engine.result import ChunkResult

pytestmark = pytest.mark.skipif(processes.cores() < 2, reason="needs fork and two cores")

GOOD = {
    "messages": [
        {"role": "system", "content": "S"},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello"},
    ]
}
LACKS_SYSTEM = {"messages": GOOD["messages"][1:]}
EMPTY = {"messages": [*GOOD["messages"][:2], {"role": "assistant", "content": " "}]}
FOREIGN = {"prompt": "a", "completion": "b"}


@pytest.fixture
def small_ranges(monkeypatch):
    monkeypatch.setattr(processes, "WORTHWHILE_BYTES", 100)


def lines(number):
    kinds = [GOOD, GOOD, GOOD, LACKS_SYSTEM, EMPTY, FOREIGN, None, "broken", {"messages": []}]
    for index in range(number):
        kind = kinds[index * 7 % len(kinds)]
        text = "" if kind is None else '{"messages": [' if kind == "broken" else json.dumps(kind)
        yield text + ("\r" if index % 11 == 0 else "")


@pytest.mark.parametrize("final_newline", [True, False])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("jobs", [2, 3, 7])
def test_any_number_of_processes_gives_the_same_report(tmp_path, small_ranges, jobs, bom, final_newline):
    file = tmp_path / "train.jsonl"
    file.write_bytes(bom + "\n".join(lines(400)).encode() + (b"\n" if final_newline else b""))
    options = {"totals": True, "model": "gpt-3.5-turbo-0613"}
    assert check(file, jobs=jobs, **options).to_dict() == check(file, jobs=1, **options).to_dict()


@pytest.mark.parametrize("jobs", [2, 5])
def test_what_all_rows_show_together_is_found_at_the_same_rows_by_several_processes(tmp_path, small_ranges, jobs):
    rows = [{"prompt": f"{index} is it\n\n###\n\n", "completion": f" {index % 3}"} for index in range(300)]
    rows[207]["prompt"] = "7\n\n###\n\nis it\n\n###\n\n"
    rows[250]["completion"] = "2"
    file = tmp_path / "train.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    alone, together = (check(file, jobs=number) for number in (1, jobs))
    assert together.to_dict() == alone.to_dict()
    told = [(item.code, item.line) for item in together.findings]
    assert told == [("FT319", None), ("FT308", 208), ("FT310", 251)]


def test_ranges_cover_the_file_and_are_cut_at_line_ends(tmp_path, small_ranges):
    file = tmp_path / "train.jsonl"
    file.write_bytes("\n".join(lines(300)).encode())
    data = file.read_bytes()
    with file.open("rb") as stream:
        ranges = processes.cut(stream.fileno(), 0, len(data), 5)
    assert len(ranges) == 5
    assert [part.position for part in ranges[1:]] == [part.end for part in ranges[:-1]]
    assert (ranges[0].position, ranges[-1].end) == (0, len(data))
    assert all(data[part.end - 1 : part.end] == b"\n" for part in ranges[:-1])


def test_a_file_of_one_long_line_is_not_cut(tmp_path, small_ranges):
    file = tmp_path / "train.jsonl"
    file.write_bytes(b"x" * 5000)
    with file.open("rb") as stream:
        assert len(processes.cut(stream.fileno(), 0, 5000, 4)) == 1


def test_the_work_of_a_process_that_dies_is_done_again():
    here = os.getpid()

    def scan(part):
        if os.getpid() != here:
            os._exit(9)
        return ChunkResult(rows=part.end - part.position)

    ranges = [processes.Range(-1, 0, 3), processes.Range(-1, 3, 10)]
    assert processes.scan_ranges(ranges, scan, max).rows == 10


def test_no_process_is_left_behind_when_the_first_range_fails():
    here = os.getpid()

    def scan(part):
        if os.getpid() == here:
            raise KeyboardInterrupt
        import time

        time.sleep(60)

    with pytest.raises(KeyboardInterrupt):
        processes.scan_ranges([processes.Range(-1, 0, 1), processes.Range(-1, 1, 2)], scan, max)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)

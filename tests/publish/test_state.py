"""What is written down, and when."""

import json
import os
import stat
import subprocess
import sys

import pytest

from ftlint.core.errors import FtlintError
from ftlint.publish.state import Store
from tests.support import ROOT


def test_a_record_is_kept_and_read_again(tmp_path):
    store = Store(tmp_path)
    with store.record("jobs", "k") as record:
        record.save(intent=1.5)
        record.save(job_id="job-1", intent=None)
    with store.record("jobs", "k") as record:
        assert record.data == {"job_id": "job-1"}
    assert store.values("jobs", "job_id") == {"job-1"}
    assert store.values("files", "file_id") == set()
    assert stat.S_IMODE((tmp_path / "jobs" / "k.json").stat().st_mode) == 0o600
    assert (tmp_path / ".gitignore").read_text() == "*\n"


def test_two_processes_never_have_one_record_open(tmp_path):
    code = (
        "import sys; from pathlib import Path; from ftlint.publish.state import Store\n"
        f"with Store(Path({str(tmp_path)!r})).record('jobs', 'k'): print('open', flush=True); sys.stdin.read()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "open\n"
    with pytest.raises(FtlintError, match="another ftlint is publishing the same"), Store(tmp_path).record("jobs", "k"):
        pass
    with Store(tmp_path).record("jobs", "another"):
        pass
    other.kill()
    other.communicate()
    with Store(tmp_path).record("jobs", "k"):
        pass  # the system took the lock away with the process


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 2}', "[" * 5000, "\x00"])
def test_a_damaged_record_is_said_and_never_taken_for_none(tmp_path, content):
    (tmp_path / "jobs").mkdir()
    (tmp_path / "jobs" / "k.json").write_text(content)
    with pytest.raises(FtlintError, match=r"k\.json is damaged"), Store(tmp_path).record("jobs", "k"):
        pass


def test_a_record_is_on_the_disk_before_save_returns(tmp_path, monkeypatch):
    done = []
    for name in ("fsync", "replace"):
        original = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *given, _name=name, _call=original: (done.append(_name), _call(*given))[1])
    with Store(tmp_path).record("jobs", "k") as record:
        record.save(intent=1)
        assert done == ["fsync", "replace", "fsync"]
        assert json.loads(record.path.read_text())["intent"] == 1


def test_a_directory_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FtlintError, match="cannot use"), Store(tmp_path / "file").record("jobs", "k"):
        pass

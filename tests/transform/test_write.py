"""A file is replaced as a whole, stays what it is in all but its content, and nothing else is written."""

import os
import stat
from pathlib import Path

import pytest

from ftlint import FtlintError
from ftlint.transform.write import beside, is_unchanged, place_of, put_in_place


def replace(path, content, **options):
    with beside(path) as new:
        new.write(content)
        put_in_place(new, path, path.stat(), **options)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_bytes(b"old")
    return path


def test_the_mode_stays(path):
    path.chmod(0o640)
    replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["train.jsonl"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_the_owner_stays(path):
    os.chown(path, 12345, 54321)
    path.chmod(0o600)
    replace(path, b"new", backup=True)
    for one in (path, Path(f"{path}.bak")):
        status = one.stat()
        assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (12345, 54321, 0o600)


def test_a_backup_is_what_the_file_was(path):
    replace(path, b"new", backup=True)
    replace(path, b"newer", backup=True)
    assert path.read_bytes() == b"newer"
    assert Path(f"{path}.bak").read_bytes() == b"new"


def test_what_is_not_put_in_place_is_gone(path):
    with beside(path) as new:
        new.write(b"new")
    with pytest.raises(ZeroDivisionError), beside(path) as new:
        new.write(b"new")
        1 / 0  # noqa: B018
    assert path.read_bytes() == b"old"
    assert [one.name for one in path.parent.iterdir()] == ["train.jsonl"]


def test_a_full_disk_is_one_sentence(path):
    said = r"^cannot write .*train\.jsonl: no space left on device; it is as it was$"
    with pytest.raises(FtlintError, match=said), beside(path):
        raise OSError(28, "No space left on device")
    assert path.read_bytes() == b"old"


def test_a_change_is_noticed(path):
    since = path.stat()
    assert is_unchanged(path, since)
    path.write_bytes(b"other")
    assert not is_unchanged(path, since)


def test_links_are_followed_inside_the_tree_only(tmp_path, monkeypatch):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "train.jsonl").write_bytes(b"old")
    inside = tmp_path / "inside"
    (inside / "data").mkdir(parents=True)
    (inside / "data" / "real.jsonl").write_bytes(b"old")
    (inside / "near.jsonl").symlink_to("data/real.jsonl")
    (inside / "far.jsonl").symlink_to("../outside/train.jsonl")
    (inside / "directory").symlink_to("../outside")
    monkeypatch.chdir(inside)
    assert place_of("near.jsonl") == inside / "data" / "real.jsonl"
    for name in ("far.jsonl", "directory/train.jsonl", str(inside / "far.jsonl")):
        with pytest.raises(FtlintError, match=r"will not write .* outside of"):
            place_of(name)
    assert place_of("../outside/train.jsonl") == tmp_path / "outside" / "train.jsonl"  # named, not linked to
    monkeypatch.chdir(tmp_path / "outside")
    with pytest.raises(FtlintError, match="outside of"):
        place_of("../inside/far.jsonl")
    with pytest.raises(FtlintError, match="outside of"):
        place_of(str(inside / "near.jsonl").replace("near", "far"))


def test_what_is_no_ordinary_file_or_not_there_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name, why in (("pipe", "no ordinary file"), (".", "no ordinary file"), ("none", "no such file")):
        with pytest.raises(FtlintError, match=why):
            place_of(str(tmp_path / name))
    with pytest.raises(FtlintError, match="NUL"):
        place_of("a\0b")

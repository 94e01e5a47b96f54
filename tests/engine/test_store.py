"""What is kept between runs can be damaged, removed, shared and run out of disk, and is none the worse for it."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from ftlint.engine.store import ALLOCATED, NOTES, Store
from tests.support import ROOT

DIGEST = bytes(range(32))
OTHER = bytes(reversed(range(32)))
POSIX = pytest.mark.skipif(os.name != "posix", reason="owners and permissions are those of POSIX")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


def file_of(store):
    (entry,) = store.entries()
    return entry.path


def test_what_is_kept_is_there_for_the_next_run(store, tmp_path):
    store.write(DIGEST, b"data")
    assert Store(tmp_path / "cache").read(DIGEST) == b"data"
    assert store.read(OTHER) is None


@POSIX
def test_only_the_owner_can_read_what_is_kept(store):
    store.write(DIGEST, b"data")
    assert store.directory.stat().st_mode & 0o777 == store.top.stat().st_mode & 0o777 == 0o700
    assert file_of(store).stat().st_mode & 0o777 == 0o600


def test_an_entry_that_is_cut_short_anywhere_is_none_and_is_replaced(store):
    store.write(DIGEST, b"some data")
    path = file_of(store)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        assert store.read(DIGEST) is None
    store.write(DIGEST, b"some data")
    assert store.read(DIGEST) == b"some data"


def test_an_entry_with_any_bit_turned_is_none(store):
    store.write(DIGEST, b"some data")
    path = file_of(store)
    whole = path.read_bytes()
    for bit in range(8 * len(whole)):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        assert store.read(DIGEST) is None


@pytest.mark.parametrize("garbage", [b"", b"\0" * 100, b"{}", os.urandom(500), b"x" * 2_000_000], ids=len)
def test_garbage_under_the_name_of_an_entry_is_none_and_is_replaced(store, garbage):
    store.write(DIGEST, b"data")
    file_of(store).write_bytes(garbage)
    assert store.read(DIGEST) is None
    store.write(DIGEST, b"data")
    assert store.read(DIGEST) == b"data"


def test_an_entry_under_the_name_of_another_is_none(store):
    store.write(DIGEST, b"data")
    path = file_of(store)
    store.write(OTHER, b"other")
    (store.top / OTHER.hex()[0] / OTHER.hex()[1:]).write_bytes(path.read_bytes())
    assert store.read(OTHER) is None


@POSIX
@pytest.mark.parametrize("kind", ["directory", "symbolic link", "pipe"])
def test_what_is_no_file_is_no_entry_and_stops_nobody(store, tmp_path, kind):
    store.write(DIGEST, b"data")
    path = file_of(store)
    kept = tmp_path / "kept"
    path.rename(kept)
    {"directory": path.mkdir, "symbolic link": lambda: path.symlink_to(kept), "pipe": lambda: os.mkfifo(path)}[kind]()
    assert store.read(DIGEST) is None
    store.write(DIGEST, b"data")  # refused, and not worth a word
    assert kept.read_bytes().endswith(b"data")
    assert list(store.entries()) == []


@POSIX
def test_the_directory_of_somebody_else_is_not_used(tmp_path, monkeypatch):
    Store(tmp_path).write(DIGEST, b"data")
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    theirs = Store(tmp_path)
    assert not theirs.is_ours
    assert theirs.read(DIGEST) is None
    theirs.write(OTHER, b"data")
    assert theirs.clean().entries == 0
    monkeypatch.undo()
    assert Store(tmp_path).usage().entries == 1


@POSIX
def test_a_directory_that_others_can_write_to_is_not_used(store):
    store.write(DIGEST, b"data")
    store.top.chmod(0o777)
    assert Store(store.directory).read(DIGEST) is None


@POSIX
def test_a_symbolic_link_in_place_of_the_entries_is_not_followed(store, tmp_path):
    Store(tmp_path / "elsewhere").write(DIGEST, b"data")
    store.directory.mkdir()
    store.top.symlink_to(tmp_path / "elsewhere" / "v1")
    assert Store(store.directory).read(DIGEST) is None


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_said(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "file", tmp_path / "file" / "below", Path("\0")):
        store = Store(place)
        store.write(DIGEST, b"data")
        assert store.read(DIGEST) is None
        assert store.usage().entries == store.clean().entries == 0


FULL = """
import resource, sys
from pathlib import Path
from ftlint.engine.store import Store
store = Store(Path(sys.argv[1]))
store.write(bytes(32), b"data")
resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
store.write(bytes(range(32)), b"data")
print(store.read(bytes(range(32))), store.read(bytes(32)), store.is_writable)
"""


@POSIX
def test_a_disk_that_is_full_is_not_written_to_again(tmp_path):
    run = subprocess.run([sys.executable, "-c", FULL, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "None b'data' False"
    assert run.stderr == ""


def test_what_is_too_large_is_not_kept(store):
    store.write(DIGEST, bytes(2_000_000))
    assert store.usage().entries == 0
    assert not store.directory.exists()


def test_what_was_not_used_for_longest_goes_first_when_there_is_too_much(tmp_path):
    store = Store(tmp_path, limit=100 * ALLOCATED)
    digests = [bytes([index]) * 32 for index in range(150)]
    now = 1_700_000_000
    for index, digest in enumerate(digests):
        Store(tmp_path).write(digest, b"data")
        path = store.top / digest.hex()[0] / digest.hex()[1:]
        os.utime(path, (now + index, now + index))
    assert store.read(digests[0]) == b"data"  # used just now
    store.prune()
    kept = {digest for digest in digests if store.read(digest)}
    assert kept == {digests[0], *digests[-79:]}
    assert store.usage().bytes <= store.limit


def test_the_limit_holds_while_more_and_more_is_written(tmp_path):
    store = Store(tmp_path, limit=200 * ALLOCATED)
    dice = random.Random(7)
    for _ in range(1000):
        store.write(dice.randbytes(32), b"data")
    assert store.usage().bytes <= store.limit * 1.25


def test_cleaning_removes_what_is_ours_and_nothing_else(store):
    store.write(DIGEST, b"data")
    foreign = [store.directory / "notes.txt", store.top / "notes.txt", file_of(store).with_name("notes.txt")]
    for path in foreign:
        path.write_text("mine")
    assert store.clean().entries == 1
    assert [path.read_text() for path in foreign] == ["mine"] * 3
    assert not any((store.directory / name).exists() for name in NOTES)


def test_cleaning_leaves_nothing_behind(store, tmp_path):
    store.write(DIGEST, b"data")
    assert sorted(path.name for path in store.directory.iterdir()) == [".gitignore", "CACHEDIR.TAG", "v1"]
    store.clean()
    assert list(tmp_path.iterdir()) == []


BUSY = """
import random, sys
from pathlib import Path
from ftlint.engine.store import ALLOCATED, Store
seed = int(sys.argv[2])
dice = random.Random(seed)
wrong = hits = 0
for round in range(30):
    store = Store(Path(sys.argv[1]), limit=60 * ALLOCATED)
    for _ in range(40):
        number = dice.randrange(100)
        digest = number.to_bytes(1, "big") * 32
        # As pickles of one result in two processes: equal to whoever reads them, not in their length.
        content = b"%d " % number * (number + 1)
        found = store.read(digest)
        hits += found is not None
        wrong += found not in (None, content + b"x", content + b"yyy")
        store.write(digest, content + (b"x" if seed % 2 else b"yyy"))
    if round % 5 == seed % 5:
        store.clean() if seed == 0 else store.prune()
print(wrong, hits)
"""


def test_processes_that_read_write_prune_and_clean_at_once_see_whole_entries_or_none(tmp_path):
    command = [sys.executable, "-c", BUSY, str(tmp_path)]
    runs = [
        subprocess.Popen([*command, str(seed)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for seed in range(5)
    ]
    for run in runs:
        out, errors = run.communicate(timeout=120)
        assert errors == ""
        wrong, hits = map(int, out.split())
        assert wrong == 0
        assert hits > 0
    Store(tmp_path, limit=60 * ALLOCATED).prune()
    assert Store(tmp_path).usage().bytes <= 60 * ALLOCATED


def test_without_blake3_the_standard_library_hashes_and_what_the_other_kept_is_not_taken(tmp_path, monkeypatch):
    pytest.importorskip("blake3")
    Store(tmp_path).write(DIGEST, b"data")
    monkeypatch.setitem(sys.modules, "blake3", None)
    store = Store(tmp_path)
    assert store.name == "sha256"
    assert store.read(DIGEST) is None
    store.write(DIGEST, b"data")
    assert store.read(DIGEST) == b"data"

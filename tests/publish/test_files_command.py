"""`ftlint files` against a service on this machine."""

import json
import os
import subprocess

import pytest

from tests.publish.conftest import FTLINT
from tests.servers.cutter import BROKEN


@pytest.fixture
def files(desk, service):
    """Runs `ftlint files` against the service."""
    return lambda *words, **environment: desk.run("files", *words, "--base-url", service.base_url, **environment)


@pytest.fixture
def uploaded(service):
    """Files that are at the service, by name."""
    return [service.publish(name, b"x" * 1234) for name in ("a.csv", "b \x1b[2J.csv")]


def on_terminal(desk, words, typed):
    """Run on a terminal and type; gives exit status and all output."""
    ours, theirs = pytest.importorskip("pty").openpty()
    process = subprocess.Popen(
        [FTLINT, *words], cwd=desk.directory, env=desk.environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, typed)
    output = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        output += chunk
    os.close(ours)
    return process.wait(timeout=60), output.decode()


def test_files_are_listed_with_purpose_size_time_status_and_name(files, uploaded):
    header, second, first = files("list").stdout.splitlines()
    assert header.split() == ["file", "purpose", "bytes", "created", "status", "name"]
    assert first.split()[:3] == [uploaded[0], "fine-tune-results", "1,234"]
    assert first.endswith("Z  processed  a.csv")
    assert second.endswith(r"b \x1b[2J.csv")


def test_json_holds_the_service_s_objects(files, service, uploaded):
    found = json.loads(files("list", "--output-format", "json").stdout)["files"]
    assert found == [service.file_of(one) for one in reversed(uploaded)]


def test_a_list_can_be_of_one_purpose(files, service, uploaded):
    done = files("list", "--purpose", "fine-tune")
    assert (done.returncode, done.stdout) == (0, "")
    assert "there are no files" in done.stderr


def test_nothing_is_deleted_where_nobody_can_be_asked(files, service, uploaded):
    done = files("delete", *uploaded)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert list(service.files.all) == uploaded


def test_a_dry_run_shows_names_and_deletes_nothing(files, service, uploaded):
    done = files("delete", uploaded[0], "--dry-run")
    assert "a.csv" in done.stdout
    assert done.returncode == 0
    assert list(service.files.all) == uploaded


def test_files_are_deleted_where_it_is_agreed(files, service, uploaded):
    done = files("delete", *uploaded, uploaded[0], "--yes")
    assert done.stdout == "".join(f"{one} is deleted\n" for one in uploaded)
    assert not service.files.all
    assert len([one for one in service.requests if one.method == "DELETE"]) == 2


@pytest.mark.parametrize(("typed", "left"), [(b"y\n", 1), (b"n\n", 2), (b"\n", 2)])
def test_on_a_terminal_the_user_sees_the_names_and_decides(desk, service, uploaded, typed, left):
    words = ("files", "delete", uploaded[0], "--base-url", service.base_url)
    status, output = on_terminal(desk, words, typed)
    assert "a.csv" in output and "1,234" in output and "Delete this file?" in output
    assert len(service.files.all) == left
    assert status == (0 if left == 1 else 130)


def test_a_file_that_is_not_there_keeps_no_other_from_being_deleted(files, service, uploaded):
    done = files("delete", "file-gone", uploaded[0], "--yes")
    assert done.returncode == 3
    assert done.stdout == f"{uploaded[0]} is deleted\n"
    assert "No such File object: file-gone" in done.stderr


def test_a_deletion_whose_answer_is_lost_is_looked_up(desk, service, cutter, uploaded):
    cutter.add("DELETE", "/files", cut="after")
    done = desk.run("files", "delete", uploaded[0], "--yes", "--base-url", f"{cutter.root}/v1")
    assert (done.returncode, done.stdout) == (0, f"{uploaded[0]} is deleted\n")
    assert len(cutter.journal.of("DELETE", "/files")) == 1


def test_a_deletion_that_did_not_take_place_is_an_unknown_outcome(desk, service, cutter, uploaded):
    cutter.add("DELETE", "/files", answer=BROKEN)
    done = desk.run("files", "delete", uploaded[0], "--yes", "--base-url", f"{cutter.root}/v1")
    assert done.returncode == 4
    assert "is still there" in done.stderr
    assert uploaded[0] in service.files.all


def test_an_id_is_never_another_path(files, service, uploaded):
    assert files("delete", "../fine_tuning/jobs/x", "--yes").returncode == 3
    assert files("delete", uploaded[0], "..", "--yes").returncode == 2
    assert list(service.files.all) == uploaded

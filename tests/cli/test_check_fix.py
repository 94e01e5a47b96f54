"""`ftlint check --fix`, `--unsafe-fixes` and `--diff` as people call them."""

import gzip
import json
import os

import pytest

from tests.cli.conftest import make_row
from tests.support import alike, dumped

GOOD = json.dumps(make_row()).encode() + b"\n"
EXTRA = json.dumps(make_row(source=1)).encode() + b"\n"


def goods(count):
    return dumped(alike(count, make_row()))


def names(shell):
    return sorted(path.name for path in shell.directory.iterdir())


def test_safe_fixes_are_made_counted_by_rule_and_the_rest_is_reported(shell):
    rows = goods(12).replace(b"\n", b"\n\n", 1) + b"\n"
    file = shell.file("train.jsonl", rows + EXTRA.replace(b"\n", b",\n"))
    done = shell.run("check", "--fix", file, "--output-format", "concise")
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == [
        "Fixed 3 findings: FT009 x2, FT019 x1.",
        'train.jsonl:13:94 error FT102 Unknown key "source"',
    ]
    assert done.stderr == ""
    assert (shell.directory / file).read_bytes() == goods(12) + EXTRA
    assert names(shell) == ["train.jsonl"]


def test_unsafe_fixes_are_made_when_asked_for_and_a_clean_result_is_a_success(shell):
    file = shell.file("train.jsonl", goods(12) + EXTRA)
    done = shell.run("check", "--fix", "--unsafe-fixes", file)
    assert (done.returncode, done.stdout) == (0, "Fixed 1 finding: FT102 x1.\n")
    assert (shell.directory / file).read_bytes() == goods(12) + GOOD
    again = shell.run("check", "--fix", "--unsafe-fixes", file)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_unsafe_fixes_alone_change_nothing(shell):
    file = shell.file("train.jsonl", goods(12) + EXTRA)
    assert shell.run("check", "--unsafe-fixes", file).returncode == 1
    assert (shell.directory / file).read_bytes() == goods(12) + EXTRA


def test_what_was_fixed_makes_the_exit_status_one_when_asked_for(shell):
    file = shell.file("train.jsonl", goods(12) + b"\n")
    assert shell.run("check", "--fix", "--exit-non-zero-on-fix", file).returncode == 1
    assert shell.run("check", "--fix", "--exit-non-zero-on-fix", file).returncode == 0


def test_a_file_with_nothing_to_fix_is_not_written(shell, broken):
    path = shell.directory / broken
    before = path.stat()
    assert shell.run("check", "--fix", broken).returncode == 1
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_diff_shows_the_change_in_ci_too_writes_nothing_and_exits_with_one(shell):
    file = shell.file("train.jsonl", goods(12) + EXTRA)
    done = shell.run("check", "--diff", "--unsafe-fixes", file, CI="true")
    assert done.returncode == 1
    context = "".join(f" {line}\n" for line in goods(12).decode().splitlines()[-3:])
    assert done.stdout == (
        f"--- a/train.jsonl\n+++ b/train.jsonl\n@@ -10,4 +10,4 @@\n{context}-{EXTRA.decode()}+{GOOD.decode()}"
    )
    assert done.stderr == "Would fix 1 finding: FT102 x1.\n"
    assert (shell.directory / file).read_bytes() == goods(12) + EXTRA
    assert names(shell) == ["train.jsonl"]


def test_a_diff_of_what_has_nothing_to_fix_is_empty_and_a_success(shell, clean, broken):
    for file in (clean, broken):
        done = shell.run("check", "--diff", file)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_diff_of_a_file_that_is_not_there_fails(shell):
    done = shell.run("check", "--diff", "none.jsonl")
    assert done.returncode == 2
    assert done.stderr.startswith("ftlint: error: cannot read none.jsonl")


def test_a_diff_steers_no_terminal(shell):
    shell.file("train.jsonl", goods(12) + GOOD.replace(b"Hello", b"\xc2\x9b31m")[:-1] + b",\n")
    _, shown = shell.on_terminal("check", "--diff", "train.jsonl")
    assert "\x9b" not in shown and r"\x9b31m" in shown


def test_standard_input_leaves_fixed_by_standard_output_and_the_report_by_standard_error(shell):
    done = shell.run("check", "--fix", "-", "--output-format", "concise", stdin=b"\n" + goods(12) + EXTRA)
    assert done.returncode == 1
    assert done.stdout.encode() == goods(12) + EXTRA
    assert done.stderr.splitlines()[:2] == ["Fixed 1 finding: FT009 x1.", '-:13:94 error FT102 Unknown key "source"']


@pytest.mark.parametrize("data", [goods(12), EXTRA, b"", b"\x1f\x8b\x08", b"a,b\n1,2\n"])
def test_standard_input_with_nothing_to_fix_passes_as_it_is(shell, data):
    import subprocess

    done = subprocess.run(shell.command("check", "--fix", "-"), input=data, capture_output=True, cwd=shell.directory)
    assert done.stdout == data


def test_rows_are_not_dropped_from_standard_input_where_they_could_not_be_kept(shell):
    pair = {
        "input": {"messages": [{"role": "user", "content": "Hi"}]},
        "preferred_output": [{"role": "assistant", "content": "Hello"}],
        "non_preferred_output": [{"role": "assistant", "content": "Hello"}],
    }
    row = json.dumps(pair).encode() + b"\n"
    done = shell.run("check", "--fix", "--unsafe-fixes", "-", stdin=row)
    assert done.stdout.encode() == row
    assert "-:1: FT601 is not fixed: there is no file beside which the row could be kept" in done.stderr
    shell.file("pairs.jsonl", row)
    done = shell.run("check", "--fix", "--unsafe-fixes", "pairs.jsonl", "--ignore", "FT020")
    assert "1 row was taken out of pairs.jsonl and stands in pairs.dropped.jsonl." in done.stdout
    assert names(shell) == ["pairs.dropped.jsonl", "pairs.jsonl"]
    assert shell.run("check").stderr == ""  # nor is the file beside checked
    assert "pairs.dropped" not in shell.run("check", "--output-format", "json").stdout


def test_a_row_is_kept_as_it_was_before_anything_in_it_was_fixed(shell):
    said = [{"role": "assistant", "content": "Hello"}]
    pair = {"input": {"messages": [{"role": "user", "content": "Hi"}]}, "id": 7}
    file = shell.file("pairs.jsonl", [{**pair, "preferred_output": said, "non_preferred_output": said}])
    before = (shell.directory / file).read_bytes()
    shell.run("check", "--fix", "--unsafe-fixes", file)
    assert before.strip() in (shell.directory / "pairs.dropped.jsonl").read_bytes()


def test_a_diff_of_a_pipe_is_shown_and_a_pipe_is_not_written(shell):
    from threading import Thread

    pipe = shell.directory / "pipe.jsonl"
    for words, code in ((("--diff",), 1), (("--fix",), 2)):
        os.mkfifo(pipe)
        Thread(target=pipe.write_bytes, args=(goods(12) + b"\n",), daemon=True).start()
        done = shell.run("check", *words, "pipe.jsonl")
        assert done.returncode == code, done.stderr
        pipe.unlink()
    assert "will not write pipe.jsonl: it is no ordinary file" in done.stderr


def test_a_report_for_programs_stays_one(shell):
    file = shell.file("train.jsonl", goods(12) + b"\n" + EXTRA)
    done = shell.run("check", "--fix", "--output-format", "json", file)
    report = json.loads(done.stdout)
    assert [finding["code"] for finding in report["findings"]] == ["FT102"]
    assert report["files"][0]["bytes"] == len(goods(12) + EXTRA)
    assert done.stderr == "ftlint: note: Fixed 1 finding: FT009 x1.\n"


def test_a_backup_is_kept_when_asked_for(shell):
    file = shell.file("train.jsonl", goods(12) + b"\n")
    shell.run("check", "--fix", "--backup", file)
    assert (shell.directory / "train.jsonl.bak").read_bytes() == goods(12) + b"\n"


def test_several_files_and_directories_are_fixed_at_once(shell):
    shell.file("data/one.jsonl", goods(12) + b"\n")
    shell.file("data/two.jsonl", b"[" + GOOD + b"]")
    done = shell.run("check", "--fix", "data", "--ignore", "FT504")
    assert (done.returncode, done.stdout) == (0, "Fixed 2 findings: FT003 x1, FT009 x1.\n")
    assert (shell.directory / "data/two.jsonl").read_bytes() == GOOD


def test_a_file_that_cannot_be_written_back_is_named_with_the_reason(shell):
    shell.file("train.jsonl", gzip.compress(GOOD, mtime=0))
    done = shell.run("check", "--fix", "train.jsonl")
    assert done.returncode == 1
    assert "train.jsonl is not fixed: File is gzip-compressed data, not JSON Lines" in done.stderr
    assert (shell.directory / "train.jsonl").read_bytes() == gzip.compress(GOOD, mtime=0)


@pytest.mark.skipif(os.name == "nt", reason="links")
def test_a_link_out_of_the_tree_is_not_followed(shell):
    shell.file("outside/train.jsonl", goods(12) + b"\n")
    (shell.directory / "inside").mkdir()
    (shell.directory / "inside" / "train.jsonl").symlink_to("../outside/train.jsonl")
    done = shell.run("check", "--fix", "train.jsonl", cwd="inside")
    assert done.returncode == 2
    assert done.stderr.startswith("ftlint: error: will not write train.jsonl: it leads to ")
    assert (shell.directory / "outside" / "train.jsonl").read_bytes() == goods(12) + b"\n"


def test_a_refused_fix_is_told_with_its_line_and_the_reason(shell):
    rows = [*alike(12, make_row()), make_row(answer="\u200b")]
    file = shell.file("train.jsonl", rows)
    done = shell.run("check", "--fix", "--unsafe-fixes", file)
    assert "train.jsonl:13: FT305 is not fixed: the row would have an error" in done.stderr


def test_on_a_terminal_one_is_told_what_can_be_fixed(shell):
    file = shell.file("train.jsonl", goods(12) + b"\n" + EXTRA)
    _, shown = shell.on_terminal("check", file)
    assert "ftlint: note: 1 fixable with --fix (1 more with --unsafe-fixes)" in shown


def test_a_configuration_says_what_is_fixed(shell):
    file = shell.file("train.jsonl", goods(12) + b"\n\r\n")
    shell.file("ftlint.toml", b'ignore = ["FT010"]\n[per-file-ignores]\n"train.jsonl" = ["FT009"]\n')
    assert shell.run("check", "--fix", file).stdout == ""
    assert (shell.directory / file).read_bytes() == goods(12) + b"\n\r\n"

"""What is remembered between runs: said when asked, removed when asked, and never in the way."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ftlint.cli.cache_directory import user_directory
from ftlint.engine.store import Store
from tests.support import alike, chat, dumped

CLEAN = alike(20, chat("system: Be brief.", "user: Hi", "assistant: Hello."))
TOTALS = ("--totals", "--model", "gpt-4o-mini", "--isolated")


@pytest.fixture
def kept(shell):
    """The directory that a run writes to; another than the suite's."""
    shell.environment["FTLINT_CACHE_DIR"] = str(shell.directory / "kept")
    return shell.directory / "kept"


def test_a_clean_hook_is_silent_and_stays_so_when_it_is_run_again(shell, kept):
    many = [
        chat("system: Be brief.", f"user: {index}", "assistant: " + f"Word {index}. " * 200) for index in range(1000)
    ]
    shell.file("train.jsonl", many)
    for _ in range(3):
        run = shell.run("check", "--isolated", "--force-exclude", "train.jsonl", PRE_COMMIT="1")
        assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert Store(kept).usage().entries > 1


def test_what_is_printed_is_the_same_when_it_is_remembered(shell, kept):
    rows = [chat("user: Hi", f"assistant: {' ' * (index % 3)}") for index in range(300)]
    shell.file("train.jsonl", rows)
    for format in ("full", "grouped", "json"):
        words = ("check", *TOTALS, "--output-format", format, "train.jsonl")
        runs = [shell.run(*words, "--no-cache"), *(shell.run(*words) for _ in range(2))]
        assert len({(run.returncode, run.stdout, run.stderr) for run in runs}) == 1
    assert Store(kept).usage().entries == 1


@pytest.mark.parametrize("option", ["--no-cache", "-n"])
def test_a_run_without_the_cache_leaves_no_trace(shell, kept, option):
    shell.file("train.jsonl", CLEAN)
    shell.run("check", option, *TOTALS, "train.jsonl", "--exit-zero")
    shell.run("stats", option, "--isolated", "train.jsonl")
    assert not kept.exists()
    assert {path.name for path in shell.directory.iterdir()} == {"train.jsonl"}


@pytest.mark.parametrize("content", ["cache = false", 'cache-dir = "named"\ncache = false'])
def test_the_configuration_can_do_without_the_cache(shell, kept, content):
    shell.file("train.jsonl", CLEAN)
    shell.file("ftlint.toml", content.encode())
    shell.run("check", "--totals", "train.jsonl")
    assert not kept.exists()
    assert not (shell.directory / "named").exists()


def test_the_configuration_s_directory_is_beside_it_and_the_call_wins(shell):
    del shell.environment["FTLINT_CACHE_DIR"]
    shell.file("project/below/train.jsonl", CLEAN)
    shell.file("project/ftlint.toml", b'cache-dir = ".kept"')
    shell.run("check", "--totals", "train.jsonl", cwd="project/below")
    assert Store(shell.directory / "project" / ".kept").usage().entries == 1
    shell.run("check", "--totals", "train.jsonl", "--cache-dir", "mine", cwd="project/below")
    assert Store(shell.directory / "project" / "below" / "mine").usage().entries == 1
    assert "project" in shell.run("cache", "info", cwd="project/below").stdout


@pytest.mark.parametrize("how", ["removed", "a file", "not writable", "somebody else's garbage"])
def test_a_cache_that_does_not_work_changes_nothing_and_says_nothing(shell, kept, how):
    shell.file("train.jsonl", [*CLEAN, chat("user: Hi", "assistant: ")])
    expected = shell.run("check", *TOTALS, "-n", "train.jsonl")
    assert expected.returncode == 1
    if how == "a file":
        kept.write_bytes(b"")
    elif how == "not writable":
        shell.environment["FTLINT_CACHE_DIR"] = "/proc/ftlint" if sys.platform == "linux" else "/dev/null/ftlint"
    else:
        shell.run("check", *TOTALS, "train.jsonl")
        for entry in list(Store(kept).entries()):
            entry.path.unlink() if how == "removed" else entry.path.write_bytes(os.urandom(300))
    for _ in range(2):
        run = shell.run("check", *TOTALS, "train.jsonl")
        assert (run.returncode, run.stdout, run.stderr) == (expected.returncode, expected.stdout, expected.stderr)


def test_without_a_home_nothing_is_remembered_and_nothing_said(shell):
    shell.file("train.jsonl", CLEAN)
    del shell.environment["FTLINT_CACHE_DIR"]
    run = shell.run("check", *TOTALS, "--exit-zero", "train.jsonl", HOME="relative", XDG_CACHE_HOME="relative")
    assert (run.returncode, run.stderr) == (0, "")
    assert {path.name for path in shell.directory.iterdir()} == {"train.jsonl"}
    run = shell.run("cache", "info", HOME="relative", XDG_CACHE_HOME="relative")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == (
        "ftlint: error: there is no home directory to keep a cache in; name a directory with --cache-dir\n"
    )


def test_info_says_where_how_much_and_how_old(shell, kept):
    run = shell.run("cache", "info")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"place    {kept}\nresults  0 results of 0.0 MB, at most 500.0 MB\n"
    assert not kept.exists()
    shell.file("train.jsonl", CLEAN)
    shell.run("check", *TOTALS, "train.jsonl")
    lines = shell.run("cache", "info").stdout.splitlines()
    assert lines[1] == "results  1 result of 0.0 MB, at most 500.0 MB"
    assert re.fullmatch(r"used     \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d", lines[2])
    told = json.loads(shell.run("cache", "info", "--output-format", "json").stdout)
    (size,) = (entry.path.stat().st_size for entry in Store(kept).entries())
    assert {key: told[key] for key in ("version", "directory", "entries", "bytes", "limit")} == {
        "version": 1,
        "directory": str(kept),
        "entries": 1,
        "bytes": size,
        "limit": 500_000_000,
    }


def test_the_command_alone_says_what_it_can_do(shell):
    run = shell.run("cache")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("Usage: ftlint cache ")
    assert {"info", "clean"} <= set(run.stderr.split())


def test_clean_removes_what_is_ours(shell, kept):
    shell.file("train.jsonl", CLEAN)
    shell.run("check", *TOTALS, "train.jsonl")
    (kept / "mine.txt").write_text("mine")
    run = shell.run("cache", "clean")
    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr == f"ftlint: note: removed 1 result of 0.0 MB from {kept}\n"
    assert [path.name for path in kept.iterdir()] == ["mine.txt"]
    assert "removed 0 results" in shell.run("cache", "clean").stderr


def test_a_directory_that_is_not_ours_is_named(shell):
    shell.file("file", b"")
    run = shell.run("cache", "info", "--cache-dir", "file")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "ftlint: error: file is not a directory that only you can write to; it is not used\n"


def test_exact_totals_that_are_remembered_load_no_tokenizer(shell, kept):
    shell.file("train.jsonl", CLEAN)
    program = (
        "import sys\n"
        "from ftlint.cli import cli\n"
        "cli(sys.argv[1:], standalone_mode=False)\n"
        "print(not sys.modules.keys().isdisjoint(['tiktoken', 'splintr']), file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", program, "check", *TOTALS, "--exit-zero", "train.jsonl"]
    told = [
        subprocess.run(command, cwd=shell.directory, env=shell.environment, capture_output=True, text=True).stderr
        for _ in range(2)
    ]
    assert [text.splitlines()[-1] for text in told] == ["True", "False"]


def test_a_small_file_without_totals_is_checked_without_the_cache(shell, kept):
    shell.file("train.jsonl", CLEAN)
    program = (
        "import sys\n"
        "from ftlint.cli import cli\n"
        "cli(sys.argv[1:], standalone_mode=False)\n"
        "print([name for name in ('pickle', 'ftlint.engine.cache', 'blake3') if name in sys.modules])\n"
    )
    command = [sys.executable, "-c", program, "check", "--isolated", "train.jsonl"]
    done = subprocess.run(command, cwd=shell.directory, env=shell.environment, capture_output=True, text=True)
    assert done.stdout == "[]\n"
    assert not kept.exists()


def test_stats_and_check_remember_for_each_other(shell, kept):
    shell.file("train.jsonl", CLEAN)
    shell.run("check", "--isolated", "--totals", "train.jsonl")
    first = Store(kept).usage().entries
    shell.run("stats", "--isolated", "train.jsonl")
    assert Store(kept).usage().entries == first == 1


def test_standard_input_is_remembered_by_its_content(shell, kept):
    content = dumped(CLEAN)
    for _ in range(2):
        shell.run("check", *TOTALS, "-", stdin=content)
    shell.file("train.jsonl", content)
    shell.run("check", *TOTALS, "train.jsonl")
    assert Store(kept).usage().entries == 1


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"HOME": "/home/ada"}, "/home/ada/.cache/ftlint"),
        ("linux", {"HOME": "/home/ada", "XDG_CACHE_HOME": "/fast"}, "/fast/ftlint"),
        ("linux", {"HOME": "/home/ada", "XDG_CACHE_HOME": "not/absolute"}, "/home/ada/.cache/ftlint"),
        ("darwin", {"HOME": "/Users/ada", "XDG_CACHE_HOME": "/fast"}, "/Users/ada/Library/Caches/ftlint"),
        ("win32", {"LOCALAPPDATA": "/c/Users/ada/AppData/Local"}, "/c/Users/ada/AppData/Local/ftlint/Cache"),
        ("win32", {"LOCALAPPDATA": ""}, None),
    ],
)
def test_the_cache_is_where_the_platform_wants_it(platform, environment, expected, monkeypatch):
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    found = user_directory()
    assert (found and Path(found).as_posix()) == expected


def test_places_are_those_that_platformdirs_names(monkeypatch, tmp_path):
    platformdirs = pytest.importorskip("platformdirs")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_directory() == platformdirs.user_cache_dir("ftlint", False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "fast"))
    assert user_directory() == platformdirs.user_cache_dir("ftlint", False)

"""Without a network: pre-commit.ci has none when hooks run."""

from __future__ import annotations

import sys
from pathlib import Path

FTLINT = Path(sys.executable).with_name("ftlint")
REACHES_OUT = "import socket; socket.create_connection(('192.0.2.1', 9), timeout=5)"


def test_the_network_is_really_cut_off(machine, offline, tmp_path):
    done = machine.run(*offline, sys.executable, "-c", REACHES_OUT, cwd=tmp_path)
    assert "Network is unreachable" in done.stderr


def test_an_installed_hook_passes_and_fails_offline(machine, project, offline, good, bad):
    repository = project(clean_jsonl=good)
    done = machine.run(*offline, "pre-commit", "run", "--all-files", cwd=repository)
    assert done.returncode == 0, done.stdout + done.stderr
    machine.repository(repository, {"broken.jsonl": bad})
    done = machine.run(*offline, "pre-commit", "run", "--all-files", cwd=repository)
    assert done.returncode == 1
    assert "broken.jsonl:5:83 error FT211" in done.stdout


def test_an_installed_hook_counts_tokens_offline(machine, project, offline, good):
    repository = project(clean_jsonl=good)
    (repository / "ftlint.toml").write_text('model = "gpt-4o-mini"\nmax-tokens = 1\ntoday = 2026-09-01\n')
    done = machine.run(*offline, "pre-commit", "run", "--all-files", cwd=repository)
    assert done.returncode == 1
    assert "FT508" in done.stdout


def test_the_command_counts_tokens_offline_with_an_empty_cache(machine, offline, tmp_path, good):
    machine.repository(tmp_path, {"clean.jsonl": good})
    cache = tmp_path / "cache"
    cache.mkdir()
    options = ("--totals", "--isolated", "--model", "gpt-4o-mini", "--today", "2026-09-01")
    done = machine.run(*offline, FTLINT, "check", *options, "clean.jsonl", cwd=tmp_path, TIKTOKEN_CACHE_DIR=str(cache))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("clean.jsonl: 12 rows, 180 tokens × 8 epochs = 1,440 × $3.00/1M = about $0.0043")
    assert list(cache.iterdir()) == []

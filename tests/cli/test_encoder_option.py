"""`--encoder` and `encoder = "…"`: who counts the tokens, never how many there are."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ftlint.tokens import fast

TEXT = "It's <|endoftext|> ʰ'ſ're'lLK world\n\n  12345 naïve 世界 "


@pytest.fixture
def rows(shell, row):
    """Rows with what encoders are most likely to differ about."""
    return shell.file("train.jsonl", [row(TEXT * (number % 7 + 1), f"Answer {number}") for number in range(50)])


def started_without_splintr(shell, *words: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.modules['splintr'] = None; from ftlint.cli import main; main()"
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, cwd=shell.directory, env=dict(os.environ), capture_output=True, text=True)


@pytest.mark.parametrize("model", ["gpt-4o-mini", "gpt-3.5-turbo"])
@pytest.mark.skipif(not fast.is_installed(), reason="splintr-rs is not installed (pip install 'ftlint[fast]')")
def test_every_encoder_gives_the_same_report(shell, rows, model):
    reports = [shell.report(rows, "--model", model, *words) for words in ((), *FORCED)]
    assert reports[0]["files"][0]["tokens"]["total"] > 1000
    assert reports[0] == reports[1] == reports[2]


FORCED = (("--encoder", "tiktoken"), ("--encoder", "splintr"))


def test_an_encoder_that_is_not_installed_is_one_sentence_with_what_to_install(shell, rows):
    done = started_without_splintr(shell, "check", "--encoder", "splintr", rows)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ftlint: error: the encoder splintr is not installed: pip install 'ftlint[fast]'\n"


def test_without_the_fast_encoder_tiktoken_counts_the_same(shell, rows):
    words = ("check", "--isolated", "--totals", "--model", "gpt-4o-mini", "--today", "2026-09-01", "--exit-zero", rows)
    done = started_without_splintr(shell, *words)
    assert done.returncode == 0, done.stderr
    assert done.stdout == shell.run(*words).stdout
    assert "tokens" in done.stdout


def test_the_configuration_may_name_the_encoder(shell, rows):
    shell.file("ftlint.toml", b'encoder = "splintr"\n')
    assert started_without_splintr(shell, "check", rows).returncode == 2
    assert started_without_splintr(shell, "check", "--exit-zero", "--encoder", "tiktoken", rows).returncode == 0


def test_an_unknown_encoder_is_a_wrong_call(shell, rows):
    done = shell.run("check", "--encoder", "gpt2", rows)
    assert done.returncode == 2
    assert "tiktoken" in done.stderr
    shell.file("ftlint.toml", b'encoder = "gpt2"\n')
    done = shell.run("check", rows)
    assert (done.returncode, done.stdout) == (2, "")
    assert 'wrong value for "encoder" in ftlint.toml' in done.stderr

"""The shipped vocabularies are tiktoken's, byte for byte."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
import tiktoken_ext.openai_public as published

from ftlint.tokens.vocabulary import PACKED, VOCABULARIES, ranks

CHECKOUT = Path(__file__).parents[2]
ENCODINGS = sorted(VOCABULARIES)


def rank_file(encoding: str) -> bytes:
    return b"".join(base64.b64encode(token) + b" %d\n" % rank for token, rank in ranks(encoding).items())


@pytest.fixture
def pinned(monkeypatch):
    """What the installed tiktoken says of an encoding: the hash it pins, instead of the downloaded ranks."""

    def definition(encoding: str) -> dict:
        pins = {}
        monkeypatch.setattr(
            published, "load_tiktoken_bpe", lambda _, expected_hash: pins.setdefault("sha256", expected_hash)
        )
        return {**getattr(published, encoding)(), **pins}

    return definition


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_rebuilt_ranks_have_the_hash_that_tiktoken_pins(encoding, pinned):
    assert hashlib.sha256(rank_file(encoding)).hexdigest() == pinned(encoding)["sha256"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_pattern_and_special_tokens_are_those_of_the_installed_tiktoken(encoding, pinned):
    definition = pinned(encoding)
    assert VOCABULARIES[encoding].pattern == definition["pat_str"]
    assert VOCABULARIES[encoding].special_tokens == definition["special_tokens"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_rank_is_there_once(encoding):
    unpacked = ranks(encoding)
    assert list(unpacked.values()) == list(range(VOCABULARIES[encoding].size))
    assert all(bytes([byte]) in unpacked for byte in range(256))


def test_both_vocabularies_together_are_under_one_and_a_half_megabytes():
    assert sum(file.stat().st_size for file in PACKED.glob("*.bin")) < 1_500_000


def test_the_readme_names_each_file_with_its_hash(pinned):
    readme = (PACKED / "README.md").read_text()
    for encoding in ENCODINGS:
        assert f"`{encoding}.bin`" in readme
        assert pinned(encoding)["sha256"] in readme


def test_the_packing_script_makes_a_file_that_unpacks_to_the_same_ranks(tmp_path, monkeypatch):
    (tmp_path / "cl100k_base.tiktoken").write_bytes(rank_file("cl100k_base"))
    expected = ranks("cl100k_base")
    script = CHECKOUT / "scripts" / "pack_vocabulary.py"
    command = [sys.executable, script, tmp_path / "cl100k_base.tiktoken", tmp_path / "cl100k_base.bin"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert hashlib.sha256(rank_file("cl100k_base")).hexdigest() in printed
    monkeypatch.setattr("ftlint.tokens.vocabulary.PACKED", tmp_path)
    assert ranks("cl100k_base") == expected


def test_the_packing_script_refuses_a_rank_file_with_a_gap(tmp_path):
    ranks_file = tmp_path / "gap.tiktoken"
    ranks_file.write_bytes(b"IQ== 0\nIg== 2\n")
    command = [sys.executable, CHECKOUT / "scripts" / "pack_vocabulary.py", ranks_file, tmp_path / "gap.bin"]
    finished = subprocess.run(command, capture_output=True, text=True)
    assert finished.returncode == 1
    assert "line 2 has rank 2" in finished.stderr
    assert not (tmp_path / "gap.bin").exists()

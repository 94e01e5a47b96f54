"""Counting: exact, offline, never a crash."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tiktoken
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ftlint.core.errors import FtlintError
from ftlint.tokens.encoder import BLOCK, load, pieces
from ftlint.tokens.vocabulary import VOCABULARIES, ranks

CHECKOUT = Path(__file__).parents[2]
ENCODINGS = sorted(VOCABULARIES)
LAW = settings(deadline=None)
TEXTS = st.text(st.characters(exclude_categories=[]), max_size=200)  # lone surrogates too


def run(code: str, **rest) -> str:
    """Run code in a fresh interpreter and return what it printed."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True, **rest).stdout


@pytest.fixture(scope="module")
def encoders():
    return {name: load(name) for name in ENCODINGS}


@pytest.fixture(scope="module")
def reference():
    """Build tiktoken itself, without what ftlint puts around it."""
    return {
        name: tiktoken.Encoding(
            name,
            pat_str=vocabulary.pattern,
            mergeable_ranks=ranks(name),
            special_tokens=vocabulary.special_tokens,
        )
        for name, vocabulary in VOCABULARIES.items()
    }


@pytest.mark.parametrize(
    ("text", "cl100k", "o200k"),
    [
        ("", 0, 0),
        ("hello world", 2, 2),
        ("tiktoken is great!", 6, 6),
        ("antidisestablishmentarianism", 6, 6),
        ("2 + 2 = 4", 7, 7),
        ("お誕生日おめでとう", 9, 8),
    ],
)
def test_published_examples_of_the_cookbook(text, cl100k, o200k):
    assert load("cl100k_base").count(text) == cl100k
    assert load("o200k_base").count(text) == o200k


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_special_token_in_a_text_is_ordinary_text(encoding):
    assert load(encoding).count("<|endoftext|>") == 7


@pytest.mark.parametrize("encoding", ENCODINGS)
@LAW
@given(text=TEXTS)
@example(text="\ud800")
@example(text="a\udc00\ud800b")
def test_counts_are_those_of_tiktoken(encoders, reference, encoding, text):
    assert encoders[encoding].count(text) == len(reference[encoding].encode_ordinary(text))


@pytest.mark.parametrize("encoding", ENCODINGS)
@LAW
@given(text=TEXTS)
def test_a_text_has_at_most_as_many_tokens_as_bytes(encoders, encoding, text):
    assert encoders[encoding].count(text) <= len(text.encode(errors="surrogatepass"))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("size", [2_048, 2_049, 99_999, 100_000, 262_144, 300_000])
def test_long_texts_count_as_in_tiktoken_and_the_same_a_second_time(reference, encoding, size):
    text = ("The quick brown fox, 1234 times.\n" * (size // 33 + 1))[:size]
    expected = len(reference[encoding].encode_ordinary(text))
    assert [load(encoding).count(text), load(encoding).count(text)] == [expected, expected]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("space", [" ", "\t", "\u00a0", "\u3000"])
def test_a_million_white_space_characters_do_not_panic(encoding, space, capfd):
    count = load(encoding).count("a" + space * 1_100_000 + "b")
    assert 2 < count <= 1_100_002 * len(space.encode())
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("unit", [" ", "\t", "\n", "\r\n", "\u00a0", " \n\t", "  \n    \n"])
def test_a_run_of_white_space_in_pieces_counts_at_most_two_tokens_more_a_piece(reference, encoding, unit):
    text = "a" + (unit * 450_000)[:450_000] + "b"
    exact = len(reference[encoding].encode_ordinary(text))
    assert exact <= load(encoding).count(text) <= exact + 2 * 4


@LAW
@given(st.lists(st.tuples(st.sampled_from([" ", "\n", "x"]), st.integers(0, 3 * BLOCK)), max_size=6))
def test_pieces_are_the_text_and_hold_no_run_of_twice_a_block(runs):
    text = "".join(character * length for character, length in runs)
    cut = list(pieces(text))
    assert "".join(cut) == text
    assert not any(" " * 2 * BLOCK in piece or "\n" * 2 * BLOCK in piece for piece in cut)


def test_runs_shorter_than_a_block_are_never_cut():
    text = ("x" + " " * (BLOCK - 1)) * 4
    assert list(pieces(text)) == [text]


def test_an_encoder_is_built_once():
    assert load("cl100k_base") is load("cl100k_base")


def test_an_unknown_encoding_is_refused_with_the_likely_one():
    with pytest.raises(FtlintError, match=r'unknown encoding "o200k_bse".* Did you mean "o200k_base"\?'):
        load("o200k_bse")


def test_what_is_kept_of_counted_texts_is_bounded():
    encoder = load("cl100k_base")
    for number in range(5_000):
        encoder.count(f"short text {number}")
    for number in range(40):
        encoder.count(f"{number} " * 1_500)
    encoder.count("far too long to keep " * 20_000)
    assert encoder._short.cache_info().currsize <= 2_048
    assert encoder._long.cache_info().currsize <= 16


def test_counting_needs_no_network_and_no_cache_of_tiktoken(tmp_path):
    code = (
        "import socket; socket.socket.connect = socket.create_connection = None\n"
        "from ftlint.tokens.encoder import load\n"
        "print(load('cl100k_base').count('hello'), load('o200k_base').count('hello'))"
    )
    environment = {**os.environ, "TIKTOKEN_CACHE_DIR": str(tmp_path)}
    assert run(code, env=environment) == "1 1\n"
    assert list(tmp_path.iterdir()) == []


def test_importing_any_module_of_tokens_loads_no_tokenizer():
    names = sorted(file.stem for file in (CHECKOUT / "ftlint" / "tokens").glob("*.py"))
    modules = ", ".join(f"ftlint.tokens.{name}" for name in names if name != "__init__")
    code = f"import sys, {modules}\nprint(sorted({{'tiktoken', 'regex', 'requests'}} & set(sys.modules)))"
    assert run(code) == "[]\n"

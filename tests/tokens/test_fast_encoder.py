"""Every encoder counts as tiktoken does, on text made to tell them apart (`tests/tokens/differential.py`)."""

from __future__ import annotations

import sys
from functools import cache
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ftlint.core.errors import FtlintError
from ftlint.tokens import fast
from ftlint.tokens import reference as module
from ftlint.tokens.encoder import FAST_BYTES, chosen, load
from ftlint.tokens.reference import reference
from ftlint.tokens.vocabulary import PROBE, VOCABULARIES
from tests.support import shared_data
from tests.tokens import differential

ENCODINGS = sorted(VOCABULARIES)
LONG_RUN = 20_000
MANY = 300


def encoder(name):
    """An encoder to test; the test is skipped where it is not installed."""
    if name == "toktok" and not fast.is_installed():
        pytest.skip("toktok-rs is not installed (pip install 'ftlint[fast]')")
    return name


@pytest.fixture(scope="module", params=[(encoding, name) for encoding in ENCODINGS for name in ("tiktoken", "toktok")])
def pair(request):
    """What tiktoken says, and what one of our ways says."""
    encoding, name = request.param
    count = fast.fast(encoding) if encoder(name) == "toktok" else reference(encoding)
    return SimpleNamespace(encoding=encoding, right=differential.published(encoding), count=count)


def differing(pair, texts):
    """The first texts that are counted otherwise; most often there is none, so all are counted before any is shown."""
    return [text for text in texts if pair.count(text) != pair.right(text)][:5]


@cache
def right_about_code_points(encoding):
    """Counted once for all encoders: it takes seconds."""
    right = differential.published(encoding)
    return [(text, right(text)) for text in differential.code_points()]


def test_the_probe_has_the_tokens_that_the_vocabulary_says(pair):
    assert pair.right(PROBE) == pair.count(PROBE) == VOCABULARIES[pair.encoding].probe


def test_every_code_point_counts_as_in_tiktoken_wherever_it_stands(pair):
    right = right_about_code_points(pair.encoding)
    assert [text for text, tokens in right if pair.count(text) != tokens][:5] == []


def test_runs_of_one_character_count_as_in_tiktoken(pair):
    assert differing(pair, differential.runs(LONG_RUN)) == []


@pytest.mark.parametrize("unit", [*"a=0日\n", "ab", "'s"])
def test_a_million_characters_of_one_kind_count_as_in_tiktoken(pair, unit):
    assert differing(pair, [unit * (1_000_000 // len(unit))]) == []


@pytest.mark.parametrize("kind", differential.KINDS, ids=lambda kind: kind.__name__)
def test_made_texts_count_as_in_tiktoken(pair, kind):
    random, tokens = Random(0), differential.tokens_of(pair.encoding)
    assert differing(pair, [kind(random, tokens) for _ in range(MANY)]) == []


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(differential.EDGES), max_size=200))
@example("'Ve'ſ'd'LLa٣'s")
@example("ʰ'ſ're'lLK")
@example("a'ſ")
def test_any_text_counts_as_in_tiktoken(pair, text):
    assert differing(pair, [text]) == []


def test_all_texts_of_real_files_count_as_in_tiktoken(pair):
    texts = (text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in strings())
    assert differing(pair, texts) == []


def strings():
    return differential.texts_of(shared_data())


def test_toktok_alone_is_wrong_about_the_long_s():
    """Once this fails, toktok has learnt it, and nothing need be handed to tiktoken."""
    encoder("toktok")
    import toktok

    right = differential.published("o200k_base")("ʰ'ſ're'lLK")
    assert toktok.batch_count(["ʰ'ſ're'lLK"], "o200k_base", threads=1) != [right]
    assert fast.fast("o200k_base")("ʰ'ſ're'lLK") == right


@pytest.mark.parametrize("name", ["tiktoken", "toktok"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", ["\ud800", "a\udc00\ud800b", "\ud83d\ude00", "ſ\ud800", "\ufeff\udfff"])
def test_lone_surrogates_count_as_in_tiktoken(name, encoding, text):
    assert load(encoding, encoder(name)).count(text) == differential.published(encoding)(text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("unit", [" ", "\t", "\n", "\u00a0", " \n"])
def test_long_runs_of_white_space_count_alike_by_every_encoder(encoding, unit, capfd):
    text = "a" + unit * (1_200_000 // len(unit)) + "b"
    assert load(encoding, encoder("toktok")).count(text) == load(encoding, "tiktoken").count(text)
    assert capfd.readouterr().err == ""


def test_small_files_are_counted_by_tiktoken_and_large_ones_by_the_fast_encoder():
    assert chosen(None, FAST_BYTES - 1) == "tiktoken"
    assert chosen(None, FAST_BYTES) is None
    assert [chosen("toktok", 1), chosen("tiktoken", FAST_BYTES)] == ["toktok", "tiktoken"]


@pytest.fixture
def fresh():
    """No encoder is kept from before, and none for later."""
    load.cache_clear()
    yield
    load.cache_clear()


class Changed:
    """A toktok whose counts are not tiktoken's."""

    def __init__(self, encoding):
        self.encoding = encoding

    def count(self, text):
        return len(text)


@pytest.mark.parametrize(
    "module",
    [SimpleNamespace(), SimpleNamespace(_encoding=Changed), SimpleNamespace(_encoding=lambda: None)],
    ids=["without the call", "with other counts", "with another call"],
)
def test_a_toktok_that_has_changed_is_left_alone_and_refused_when_asked_for(monkeypatch, fresh, module):
    monkeypatch.setitem(sys.modules, "toktok", module)
    monkeypatch.setattr(fast, "is_installed", lambda: True)
    assert load("cl100k_base").count("hello world") == 2
    with pytest.raises(FtlintError, match="does not count as ftlint expects: pip install --upgrade"):
        load("cl100k_base", "toktok")


def test_without_toktok_tiktoken_counts(monkeypatch, fresh):
    monkeypatch.setattr(fast, "is_installed", lambda: False)
    assert load("cl100k_base").count("hello world") == 2
    with pytest.raises(FtlintError, match=r"toktok is not installed: pip install 'ftlint\[fast\]'"):
        load("cl100k_base", "toktok")


def test_a_tiktoken_without_the_call_that_fills_a_buffer_counts_all_the_same(monkeypatch):
    def without(_):
        raise AttributeError("encode_to_tiktoken_buffer")

    monkeypatch.setattr(module, "_in_buffer", without)
    assert module.reference("cl100k_base")(PROBE) == VOCABULARIES["cl100k_base"].probe
    monkeypatch.setattr(module, "_in_buffer", lambda _: len)
    assert module.reference("cl100k_base")(PROBE) == VOCABULARIES["cl100k_base"].probe

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
from ftlint.tokens.encoder import load
from ftlint.tokens.reference import reference
from ftlint.tokens.vocabulary import PROBE, VOCABULARIES
from tests.support import shared_data
from tests.tokens import differential

ENCODINGS = sorted(VOCABULARIES)
LONG_RUN = 20_000
MANY = 300


LONG_S = "ʰ'ſ're'lLK"


@pytest.fixture
def fresh():
    """No encoder is kept from before, and none for later."""
    load.cache_clear()
    yield
    load.cache_clear()


def encoder(name):
    """An encoder to test; the test is skipped where it is not installed."""
    if name == "splintr" and not fast.is_installed():
        pytest.skip("splintr-rs is not installed (pip install 'ftlint[fast]')")
    return name


@pytest.fixture(scope="module", params=[(encoding, name) for encoding in ENCODINGS for name in ("tiktoken", "splintr")])
def pair(request):
    """What tiktoken says, and what one of our ways says."""
    encoding, name = request.param
    count = fast.fast(encoding) if encoder(name) == "splintr" else reference(encoding)
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


def test_every_token_of_the_vocabulary_counts_as_in_tiktoken(pair):
    assert differing(pair, differential.tokens_of(pair.encoding)) == []


@pytest.mark.parametrize("kind", differential.KINDS, ids=lambda kind: kind.__name__)
def test_made_texts_count_as_in_tiktoken(pair, kind):
    random, tokens = Random(0), differential.tokens_of(pair.encoding)
    assert differing(pair, [kind(random, tokens) for _ in range(MANY)]) == []


@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(differential.EDGES), max_size=200))
@example("'Ve'ſ'd'LLa٣'s")
@example(LONG_S)
@example("a'ſ")
def test_any_text_counts_as_in_tiktoken(pair, text):
    assert differing(pair, [text]) == []


def test_all_texts_of_real_files_count_as_in_tiktoken(pair):
    texts = (text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in strings())
    assert differing(pair, texts) == []


def strings():
    return differential.texts_of(shared_data())


def test_splintr_alone_is_wrong_about_the_long_s():
    """Once this fails, splintr has learnt it, and nothing need be handed to tiktoken."""
    encoder("splintr")
    import splintr

    right = differential.published("o200k_base")(LONG_S)
    assert len(splintr.Tokenizer.from_pretrained("o200k_base").encode_ordinary(LONG_S)) != right
    assert fast.fast("o200k_base")(LONG_S) == right


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_tiktoken_is_loaded_for_the_texts_that_splintr_gets_wrong_and_for_no_other(encoding, monkeypatch, fresh):
    encoder("splintr")
    loaded = []
    monkeypatch.setattr(fast, "reference", lambda name: loaded.append(name) or reference(name))
    count = load(encoding).count
    count("s Σ K 世界 \ud800 " + PROBE)
    assert loaded == []
    count(LONG_S)
    count(LONG_S * 2)
    assert loaded == [encoding]


@pytest.mark.parametrize("name", ["tiktoken", "splintr"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", ["\ud800", "a\udc00\ud800b", "\ud83d\ude00", "ſ\ud800", "\ufeff\udfff"])
def test_lone_surrogates_count_as_in_tiktoken(name, encoding, text):
    assert load(encoding, encoder(name)).count(text) == differential.published(encoding)(text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("unit", [*differential.SPACES, " \n", "\r\n"])
def test_long_runs_of_white_space_count_alike_by_every_encoder(encoding, unit, capfd):
    text = "a" + unit * (1_200_000 // len(unit)) + "b"
    assert load(encoding, encoder("splintr")).count(text) == load(encoding, "tiktoken").count(text)
    assert capfd.readouterr().err == ""


def test_what_splintr_remembers_is_bounded_by_its_size_and_not_by_the_number_of_words(monkeypatch):
    """By itself it remembers so many words of any length: of a file of long words, three times the file."""
    encoder("splintr")
    from splintr import Tokenizer

    tokenizer = Tokenizer.from_pretrained("cl100k_base")
    monkeypatch.setattr("splintr.Tokenizer", SimpleNamespace(from_pretrained=lambda _: tokenizer))
    monkeypatch.setattr(fast, "KEPT", 10_000)
    right, count = differential.published("cl100k_base"), fast.fast("cl100k_base")
    random, most = Random(0), 0
    for _ in range(300):
        word = "".join(random.choices("abcdefgh", k=1_000))
        assert count(word) == right(word)
        most = max(most, tokenizer.cache_len)
    assert 1 < most <= 10


def changed(**calls):
    """A splintr whose tokenizers have these calls and no others."""
    return SimpleNamespace(Tokenizer=SimpleNamespace(from_pretrained=lambda _: SimpleNamespace(**calls)))


@pytest.mark.parametrize(
    "module",
    [
        SimpleNamespace(),
        changed(clear_cache=int),
        changed(encode_ordinary=list),
        changed(encode_ordinary=list, clear_cache=int),
        changed(encode_ordinary=object, clear_cache=int),
    ],
    ids=["without tokenizers", "that cannot count", "that cannot forget", "with other counts", "with another call"],
)
def test_a_splintr_that_has_changed_is_left_alone_and_refused_when_asked_for(monkeypatch, fresh, module):
    monkeypatch.setitem(sys.modules, "splintr", module)
    monkeypatch.setattr(fast, "is_installed", lambda: True)
    assert load("cl100k_base").count("hello world") == 2
    with pytest.raises(FtlintError, match="does not count as ftlint expects: pip install --upgrade"):
        load("cl100k_base", "splintr")


def test_without_splintr_tiktoken_counts(monkeypatch, fresh):
    monkeypatch.setattr(fast, "is_installed", lambda: False)
    assert load("cl100k_base").count("hello world") == 2
    with pytest.raises(FtlintError, match=r"splintr is not installed: pip install 'ftlint\[fast\]'"):
        load("cl100k_base", "splintr")


def test_a_tiktoken_without_the_call_that_fills_a_buffer_counts_all_the_same(monkeypatch):
    def without(_):
        raise AttributeError("encode_to_tiktoken_buffer")

    monkeypatch.setattr(module, "_in_buffer", without)
    assert module.reference("cl100k_base")(PROBE) == VOCABULARIES["cl100k_base"].probe
    monkeypatch.setattr(module, "_in_buffer", lambda _: len)
    assert module.reference("cl100k_base")(PROBE) == VOCABULARIES["cl100k_base"].probe

"""A trigger matches wherever its rule could report, however the row is written, and whichever engine asks."""

import contextlib
import json
import re
import sys
import time
from types import SimpleNamespace

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ftlint.engine import triggers
from ftlint.formats.strings import strings
from ftlint.formats.views import Row
from ftlint.profiles.catalog import resolve
from ftlint.rules.base import StringRule, TextRule
from ftlint.rules.registry import RULES
from tests.fakes import fake_card, fake_iban, fake_keys

TEXT_RULES = [rule() for rule in RULES if issubclass(rule, (TextRule, StringRule))]
TARGET = SimpleNamespace(profile=resolve(None))
TOKENS = TARGET.profile.special_tokens

SPACE = ["", " ", "\n", "\t", "\r\n", "\f", "\v", "\xa0"]
BROKEN = [
    "’",
    "é",
    "ç",
    "É",
    "à ",
    "°",
    "привет",
    "Ελλάδα",
    "שלום",
    "سلام",
    "你好",
    "日本語",
    "😀",
    "ł",
    "€",
    "✓",
    "…",
    "→",
]
SUBJECTS = {
    "FT301": st.sampled_from(TOKENS),
    "FT302": st.sampled_from(["x ", " x", "\nx", "x\n", "\tx\r", "x\f", "\vx", "x\v", '"x" ', '\n"x"']),
    "FT303": st.sampled_from(BROKEN).flatmap(
        lambda text: st.sampled_from(["cp1252", "latin-1"]).map(lambda wrong: broken(text, wrong))
    ),
    "FT304": st.just("\ufffd"),
    "FT305": st.sampled_from(
        "\0\x01\b\f\v\x1b\x1f\x7f\x80\x85\x9f\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066"
        "\u206f\ufeff\ufff9\ufffb\U000e0001\U000e0041\U000e007f"
    ),
    "FT306": st.sampled_from(
        [
            "TODO",
            "FIXME",
            "TBD",
            "TODO: write it",
            "FIXME(ada) later",
            "TBD - ask",
            "NoInput",
            "nooutput",
            "<noinput>",
            "<no output>",
            "placeholder",
            "[Placeholder text]",
            "[answer]",
            "[your response]",
            "Your answer here",
            "<insert text here>",
            "[Write your answer here].",
            "(enter a prompt goes here)",
            "Lorem ipsum dolor",
            "I am {{name}}.",
            "I am {{ first_name }}!",
            "On [insert date] we",
            "[INSERT name]",
        ]
    ),
    "FT307": st.sampled_from(
        [
            "As an AI language model, I",
            "as a large language model I think",
            "As a language model, it is",
            "As an artificial intelligence, I don't",
            "As an AI, I can’t",
            "as an AI assistant, I'm not",
            "As an AI chatbot I do not",
            "I'm sorry, but I can't help",
            "I’m sorry, I cannot assist",
            "Sorry, but I’m unable to comply",
            "I am sorry, but I am not able to help",
            "I'm sorry, but I'm just an AI language model",
            "Sorry, I am a large language model",
        ]
    ),
    "FT311": st.sampled_from(["<think>", "</think>", "<thinking>", "</thinking>"]),
    "FT801": st.sampled_from([text for text, _ in fake_keys(2).values()]).flatmap(
        lambda text: st.sampled_from([text, json.dumps({"a": text}), json.dumps({"a": json.dumps(text)}), f"\\n{text}"])
    ),
    "FT802": st.sampled_from(
        [
            "card " + fake_card(1),
            *("-".join(fake_card(seed)[at : at + 4] for at in range(0, 16, 4)) for seed in range(9)),
            "{0[0]} {0[1]} {0[2]}".format([(amex := fake_card(2, "37", 15))[:4], amex[4:10], amex[10:]]),
        ]
    ),
    "FT803": st.builds(fake_iban, st.integers(0, 99)),
    "FT804": st.sampled_from(["ada@engine-works.co.uk", "a@b.de", "x+y.z@web.info"]),
    "FT805": st.sampled_from(["+49 30 2309 5417", "+12127365000", "(212) 736-5000", "1-212-736-5000", "212.736.5000"]),
    "FT806": st.sampled_from(
        ["512-34-7801", "529.982.247-25", "CPF 52998224725", "11.222.333/0001-81", "12.ABC.345/01DE-35"]
    ),
    "FT807": st.sampled_from(["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "2606:4700::1111"]),
    "FT312": st.sampled_from(["```", "```python\nprint(", "````\n```", "- ```js\n"]),
}


def broken(text, wrong):
    """The text after a program took its UTF-8 for another encoding; five bytes are nothing in cp1252."""
    shown = []
    for byte in text.encode():
        try:
            shown.append(bytes([byte]).decode(wrong))
        except UnicodeDecodeError:
            shown.append(chr(byte))
    return "".join(shown)


def rows(text):
    """The text in every place that a row has for one."""
    user, answer = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}
    call = {"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": text}}
    parts = [{"type": "text", "text": text}]
    for message in (
        {"role": "user", "content": text},
        {"role": "system", "content": parts},
        {"role": "assistant", "content": text},
        {"content": parts, "role": "assistant"},
        {"role": "assistant", "content": [{"type": "refusal", "refusal": text}]},
        {"role": "assistant", "refusal": text},
        {"role": "assistant", "tool_calls": [call]},
        {"role": "assistant", "function_call": {"arguments": text, "name": "clock"}},
        {"role": "tool", "content": text, "tool_call_id": "call_1"},
    ):
        yield Row({"messages": [user, message]}, "chat")
    yield Row({"prompt": text, "completion": "x"}, "completion")
    yield Row({"prompt": "x", "completion": text}, "completion")
    for side in ("preferred_output", "non_preferred_output"):
        other = {"preferred_output": [answer], "non_preferred_output": [answer], "input": {"messages": [user]}}
        yield Row({**other, side: [{"role": "assistant", "content": text}]}, "preference")


def upper(written):
    return re.sub(r"\\u[0-9a-f]{4}", lambda found: r"\u" + found[0][2:].upper(), written)


def mixed(written):
    return re.sub(r"\\u[0-9a-f]{4}", lambda found: r"\u" + found[0][2:].title().swapcase(), written)


def html_safe(written):
    """As Go and Rails write JSON."""
    return written.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


WRITERS = {
    "UTF-8": lambda value: json.dumps(value, ensure_ascii=False),
    "escapes": json.dumps,
    "upper-case escapes": lambda value: upper(json.dumps(value)),
    "escapes of both cases": lambda value: mixed(json.dumps(value)),
    "escaped slashes": lambda value: json.dumps(value, ensure_ascii=False).replace("/", r"\/"),
    "escapes and escaped slashes": lambda value: json.dumps(value).replace("/", r"\/"),
    "escaped brackets": lambda value: html_safe(json.dumps(value)),
    "escaped apostrophes": lambda value: json.dumps(value, ensure_ascii=False).replace("'", r"\u0027"),
    "compact": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
    "spaced": lambda value: json.dumps(value, separators=(" ,\t", " :  ")),
    "several lines": lambda value: json.dumps(value, ensure_ascii=False, indent="\t"),
}


def reports(rule, row):
    found = []
    if isinstance(rule, StringRule):
        for string in strings(row.value):
            rule.check(string, lambda message, **place: found.append(message))
        return found
    for text in row.texts():
        rule.check(text, TARGET, lambda message, **place: found.append(message))
    return found


around = st.sampled_from(["", " ", "\n", "a", "\\", '"', "/", "é", "Â", "😀", "\\n", "x\n", "a/b "]) | st.text(
    max_size=5
)


@st.composite
def texts_about(draw, code):
    parts = [draw(around), draw(SUBJECTS[code]), draw(around)]
    return "".join(parts)


def test_every_rule_about_texts_is_held_against_its_trigger_here():
    assert {rule.code for rule in TEXT_RULES} <= set(SUBJECTS)


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.code)
@given(data=st.data())
def test_whatever_a_rule_reports_its_trigger_sees_however_the_row_is_written(rule, data):
    text = data.draw(texts_about(rule.code))
    try:
        text.encode()
    except UnicodeEncodeError:
        assume(False)
    trigger, escaped = re.compile(rule.trigger), re.compile(triggers.ESCAPED_ASCII)
    for row in rows(text):
        if reports(rule, row):
            for name, write in WRITERS.items():
                raw = write(row.value).encode()
                assert json.loads(raw) == row.value
                assert trigger.search(raw) or escaped.search(raw), (name, raw)


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.code)
def test_a_rule_reports_its_subjects_so_that_the_property_above_says_something(rule):
    found = 0

    @settings(max_examples=300, derandomize=True)
    @given(texts_about(rule.code))
    def count(text):
        nonlocal found
        found += any(reports(rule, row) for row in rows(text))

    count()
    assert found >= 10


def test_the_trigger_for_special_tokens_matches_those_of_all_profiles():
    from ftlint.profiles.catalog import all_profiles

    (rule,) = [rule for rule in TEXT_RULES if rule.code == "FT301"]
    tokens = {token for profile in all_profiles() for token in profile.special_tokens}
    assert "<|fim_suffix|>" in tokens
    assert [token for token in tokens if not re.search(rule.trigger, token.encode())] == []


pieces = st.one_of(
    *[texts_about(code) for code in SUBJECTS if any(rule.code == code for rule in TEXT_RULES)],
    st.text(max_size=8),
    st.binary(max_size=8).map(lambda data: data.decode("latin-1")),
)


@given(st.lists(pieces, max_size=4), st.sampled_from(list(WRITERS)), st.booleans())
@example(["x "], "UTF-8", False)
def test_every_engine_finds_the_same_rules_worth_a_row(parts, writer, as_bytes):
    raw = WRITERS[writer]({"messages": [{"role": "user", "content": "".join(parts)}]}).encode("utf-8", "replace")
    if as_bytes:
        raw = "".join(parts).encode("latin-1", "replace")
    worth = {name: codes(raw) for name, codes in ENGINES.items()}
    assert len(set(map(tuple, worth.values()))) == 1, worth


def codes_worth(engine):
    matcher = engine(TEXT_RULES)
    return lambda raw: [rule.code for rule in matcher(raw).worth]


ENGINES = {"rust": codes_worth(triggers.with_rust), "re": codes_worth(triggers.with_re)}
with contextlib.suppress(ImportError):  # no wheel for this Python or this system
    ENGINES["re2"] = codes_worth(triggers.with_re2)


@pytest.mark.parametrize("worth", ENGINES.values(), ids=ENGINES)
def test_a_row_that_escapes_plain_ascii_is_worth_every_rule(worth):
    raw = rb'{"messages": [{"role": "user", "content": "\u003cb\u003e"}]}'
    assert worth(raw) == [rule.code for rule in TEXT_RULES]
    assert worth(b"{}") == []


@pytest.mark.parametrize("worth", ENGINES.values(), ids=ENGINES)
def test_a_row_that_speaks_of_escapes_is_not_worth_every_rule(worth):
    assert worth(rb'{"messages": [{"role": "user", "content": "Write \\u003c for it."}]}') == []


@pytest.mark.parametrize(
    ("missing", "asked"), [(["re2"], "with_rust"), (["re2", "jsonschema_rs"], "with_re")], ids=["re2", "both"]
)
def test_without_the_fastest_engine_the_next_one_asks_the_same(monkeypatch, missing, asked):
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    engine, calls = getattr(triggers, asked), []
    monkeypatch.setattr(triggers, asked, lambda rules: calls.append(asked) or engine(rules))
    matcher = triggers.matcher(TEXT_RULES)
    assert calls == [asked]
    assert [rule.code for rule in matcher(rb'"\uFFFD"').worth] == ["FT304"]


def test_a_pattern_with_a_look_around_is_an_error_and_not_a_rule_that_never_runs():
    rule = SimpleNamespace(code="FT000", trigger=rb"(?<=a)b")
    with pytest.raises(ValueError, match=r"is not a .regex."):
        triggers.with_rust([rule])


SIZE = 1 << 18
HOSTILE = [
    " ", "\n", "\t x", "`", "```", "```\n", "~~~\n", "<", "<think>", "</think>", "`</think>", "<|", "<|a", "<|a_",
    "<|endoftext|", "{{", "{{ ", "{{a", "{{ a }", "[insert ", "[insert a", "[", "TODO", "as an AI ", "sorry, ",
    "as an ", "sorry, I", "I'm sorry, but I ", "language model ",
    "\\", "\\\\b", '"', "â", "Ã", "Â", "â€", "ä½", "Ð¿", "Ä–", "Ã\xa0",
    "ð", "ðŸ", "é\xa0", "ãã", "é…", "\u200b", "\u200d", "\u202e", "\u05d0\u200f", "\0", "\x80", "\xad", "\ufffd",
    "sk-proj-", "sk-", "sk-A", "eyJ", "eyJ.", "eyJ_-", "eyJhbGciOiJIUzI1NiJ9.", "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN ", "PRIVATE KEY", "redis://", "redis://a:", "redis://a:b1c2d3@", "glpat-", "xoxb-", "AccountKey=",
    "account_key = ", "aws secret ", "secret access key: ", "AKIA", "SG.", "1:AA", "hooks.slack.com/services/", "\\/",
    "\\n", "\\\"", "4242 ", "4242-", "4", "card 4", "DE89 ", "DE", "a@", "@", "a.", "a@b.", "+1 ", "+1(",
    "212-", "(212) ",
    "cpf ", "cpf 1", "1.1.1.", "1.", "2001:", "2001::", "a:", ":",
    "\U0001f3f4\U000e0041", "\U000e0041", "- ", "> ", "1) ", "1", "a", "👩\u200d", "placeholder", "lorem ipsum ",
]  # fmt: skip


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.code)
def test_a_long_text_of_anything_is_read_in_linear_time(rule):
    trigger = re.compile(rule.trigger)
    for piece in HOSTILE:
        text = (piece * (SIZE // len(piece)))[:SIZE]
        row = Row({"messages": [{"role": "assistant", "content": "x" + text + "x"}]}, "chat")
        raw = json.dumps(row.value, ensure_ascii=False).encode()
        start = time.perf_counter()
        trigger.search(raw)
        reports(rule, row)
        assert time.perf_counter() - start < 1, piece

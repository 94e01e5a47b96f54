"""Characters that were damaged on the way, or that nobody sees (FT303, FT304, FT305)."""

import json

import pytest

from tests.support import PAIR, chat, check, lint, places

MENDED = {
    "Itâ€™s": "It’s",
    "â€œHelloâ€\x9d": "“Hello”",
    "cafÃ©": "café",
    "FranÃ§oise": "Françoise",
    "coÃ»te": "coûte",
    "nÃºmero": "número",
    "aÃ±o": "año",
    "MÃ¼ller": "Müller",
    "Ã\x89poque": "Époque",
    "Ã‰poque": "Époque",
    "Ã–sterreich": "Österreich",
    "STRAÃŸE": "STRAßE",
    "voilÃ\xa0": "voilà",
    "20Â°C": "20°C",
    "Â£5": "£5",
    "alienâ\x80\x94it": "alien—it",
    "5â‚¬": "5€",
    "aâ†’b": "a→b",
    "âœ“": "✓",
    "âœ…": "✅",
    "Acmeâ„¢": "Acme™",
    "1â€“2": "1–2",
    "Ð¿Ñ€Ð¸Ð²ÐµÑ‚": "привет",
    "Î•Î»Î»Î¬Î´Î±": "Ελλάδα",
    "×©×œ×•×\x9d": "שלום",
    "Ø³Ù„Ø§Ù…": "سلام",
    "ä½\xa0å¥½": "你好",
    "æ—¥æœ¬èªž": "日本語",
    "à¤¹à¤¿": "हि",
    "ðŸ˜€": "😀",
    "ðŸŽ“": "🎓",
    "ðŸ“–": "📖",
    "ÅŸey": "şey",
    "deÄŸil": "değil",
    "baÅŸka": "başka",
    "Ãšltimo": "Último",
    "ÄeÅ¡tina": "ÄeÅ¡tina".replace("Å¡", "š"),
    "wiÄ™c": "więc",
    "Å‚adny": "ładny",
    "sÄ…siad": "sąsiad",
    "Itâ€™s cafÃ©": "It’s",
    "Ã¢â‚¬â„¢": "’",
    "fianceÃƒÂ©": "fianceé",
}

FINE = [
    "SÃO PAULO",
    "NÃO",
    "IRMÃ",
    "“AMANHÔ",
    "AMANHÃ…",
    "MANHÃ – TARDE",
    "IRMÃ\xa0»",
    "ĐÃ",
    "Café\xa0»",
    "«\xa0Noé\xa0»",
    "Noé\xa0?",
    "“café”",
    "é…”",
    "“Estoy aquí”。",
    "CAFÉ®",
    "À Â Ã Ä Å",
    "«\xa0Â\xa0»",
    "“”",
    "Äšk fôř ä çôłûmñ",
    r"çäpš:\n\nÄšk\nÃ…",
    "ÇŠÉŽÏž",
    "âšž",
    "pâté",
    "Être là\xa0: ça ira",
    "à ±5",
    "à\xa0±5",
    "à\xa0€5",
    "payé\xa0€",
    "3×½",
    "2×£5",
    "1×¼",
    "Ø±5",
    "Ä–Ö–Ü",
    "stráž”.",
    "káže…",
    "tíž”",
    "ROMÂNIA",
    "Việt Nam đã là một nước",
    "Chữ “â” và chữ “ã”",
    "Å – øl",
    "GRÜSSE",
    "ÄÖÜäöüß",
    "ñandú",
    "â€",
    "½ cup of crème fraîche",
    "naïve…",
    "¿Qué?",
    "5°C",
]


@pytest.mark.parametrize(("text", "mended"), MENDED.items())
def test_mojibake_is_flagged_with_what_it_was(text, mended):
    (found,) = lint("FT303", chat("user: Hi", f"assistant: Well, {text} then"))
    assert found.endswith(f' for "{mended}"')
    assert found.startswith("1:/messages/1/content Text looks like UTF-8 read as cp1252: ")


@pytest.mark.parametrize("text", FINE)
def test_what_people_write_in_any_language_is_no_mojibake(text):
    assert lint("FT303", chat("user: Hi", f"assistant: {text}", f"user: Well, {text} then.")) == []


def test_mojibake_is_reported_once_a_text_and_the_word_is_marked():
    row = chat("user: a cafÃ© and a pÃ¢tÃ©", "assistant: Itâ€™s")
    assert lint("FT303", row) == [
        '1:/messages/0/content Text looks like UTF-8 read as cp1252: "cafÃ©" for "café"',
        '1:/messages/1/content Text looks like UTF-8 read as cp1252: "Itâ€™s" for "It’s"',
    ]
    line = json.dumps(row, ensure_ascii=False)
    first, second = (place.split(":")[1].split("-") for place in places("FT303", row))
    assert line[int(first[0]) - 1 : int(first[1]) - 1] == "cafÃ©"
    assert line[int(second[0]) - 1 : int(second[1]) - 1] == "Itâ€™s"


def test_control_characters_of_mojibake_are_not_reported_again():
    row = chat("user: an alienâ\x80\x94it, Ã\x89poque, sÃ\xad", "assistant: Hello")
    assert [item.code for item in check(row).findings if item.row] == ["FT303"]


def test_a_lost_character_is_reported_once_a_text_with_how_many_there_are():
    row = chat("user: caf\ufffd", "assistant: \ufffd\ufffd and \ufffd")
    assert lint("FT304", row) == [
        "1:/messages/0/content Text contains U+FFFD (replacement character)",
        "1:/messages/1/content Text contains U+FFFD (replacement character) 3 times",
    ]
    escaped = json.dumps(row).encode()
    first = places("FT304", escaped + b"\n")[0]
    start, end = map(int, first.split(":")[1].split("-"))
    assert escaped[start - 1 : end - 1] == rb"\ufffd"


INVISIBLE = {
    "a\0b": "U+0000 (NUL)",
    "\x01": "U+0001 (control character)",
    "\\(\x0crac{1}{2}\\)": "U+000C (form feed)",
    "\x08egin": "U+0008 (backspace)",
    "\x1b[31mred": "U+001B (escape)",
    "a\x7f": "U+007F (delete)",
    "it\x92s": "U+0092 (control character)",
    "a\xadb": "U+00AD (soft hyphen)",
    "a\u200bb": "U+200B (zero width space)",
    "a\u200cb": "U+200C (zero width non-joiner)",
    "a\u200db": "U+200D (zero width joiner)",
    "a\u200e": "U+200E (left-to-right mark)",
    "a\u2060b": "U+2060 (word joiner)",
    "if \u202eelse": "U+202E (right-to-left override)",
    "\u2066x\u2069": "U+2066 (left-to-right isolate), and 1 more",
    "\ufeffHi": "U+FEFF (byte-order mark)",
    "x \ufeff / \ufeff": "U+FEFF (byte-order mark), and 1 more",
    "Hi\U000e0048\U000e0049": "U+E0048 (tag latin capital letter h)",
    "שלום \u202eabc": "U+202E (right-to-left override)",
}

NEEDED = {
    "tab, newline, carriage return": "a\tb\nc\r\nd",
    "emoji sequences": "👩‍🚀 👨‍👩‍👧 🏋️‍♀️ 🏴‍☠️ ❤️‍🔥 👩🏽‍💻",
    "variation selectors": "☺️ ☺︎ 1️⃣",
    "the flag of England": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "Persian": "می‌خوام بگم",
    "Hindi and Sinhala": "क्‍ष ක්‍ෂ ശ്രീ‌",
    "marks in Hebrew text": "שלום\u200f (Hello)\u200e, \u202babc\u202c",
    "marks in Arabic text": "مرحبا\u200f \u061c12",
    "word breaks in Thai and Khmer": "สวัสดี\u200bครับ សួស្តី\u200bអ្នក",
    "word breaks beside signs in Khmer": "«\u200bសូម\u200b» អាន\u200b %s",
    "a no-break space": "5\xa0km",
    "typographic spaces": "a\u2009b\u202fc",
    "formulas with backslashes": r"\frac{1}{2} \begin{x} C:\bin",
}


@pytest.mark.parametrize(("text", "named"), INVISIBLE.items())
def test_what_nobody_sees_is_named(text, named):
    (found,) = lint("FT305", chat("user: Hi", f"assistant: {text}"))
    assert found.startswith(f"1:/messages/1/content Text contains {named}")


@pytest.mark.parametrize("text", NEEDED.values(), ids=list(NEEDED))
def test_what_scripts_and_emoji_need_is_left_alone(text):
    assert lint("FT305", chat(f"user: {text}", f"assistant: {text}")) == []


def test_every_text_of_a_row_is_looked_at():
    call = {"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": '{"zone": "caf\ufffd"}'}}
    row = chat(
        "system: \ufffd",
        {"role": "user", "content": [{"type": "text", "text": "x"}, {"type": "text", "text": "\ufffd"}]},
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "content": "\ufffd", "tool_call_id": "call_1"},
        {"role": "assistant", "refusal": "\ufffd"},
        tools=[{"type": "function", "function": {"name": "clock"}}],
    )
    assert [found.split()[0] for found in lint("FT304", row)] == [
        "1:/messages/0/content",
        "1:/messages/1/content/1/text",
        "1:/messages/2/tool_calls/0/function/arguments",
        "1:/messages/3/content",
        "1:/messages/4/refusal",
    ]
    pair = {**PAIR, "non_preferred_output": [{"role": "assistant", "content": "\ufffd"}]}
    assert [found.split()[0] for found in lint("FT304", pair)] == ["1:/non_preferred_output/0/content"]
    assert len(lint("FT304", {"prompt": "\ufffd", "completion": "\ufffd"})) == 2

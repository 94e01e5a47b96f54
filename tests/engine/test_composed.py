"""What the bytes of a row prove about its texts: that they are in NFC, whatever stands beside whatever."""

import json
import re
from unicodedata import combining, decomposition, is_normalized

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ftlint.engine.composed import PERHAPS_NOT_COMPOSED
from ftlint.engine.triggers import with_re2
from ftlint.formats.asked import digests
from ftlint.formats.views import Row
from tests.support import CALL, CLOCK, chat

CHARACTERS = [chr(point) for point in range(0x80, 0x110000) if not 0xD800 <= point < 0xE000]
SUSPECT = re.compile(PERHAPS_NOT_COMPOSED).search


def joining():
    """The characters that the one before may take in: the second ones of canonical pairs, and parts of syllables."""
    pairs = [decomposition(character).split() for character in CHARACTERS]
    seconds = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and not pair[0].startswith("<")}
    return seconds | set(map(chr, [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]))


def written(character):
    """A character as UTF-8, and as an escape in both cases."""
    escaped = json.dumps(character)[1:-1]
    return character.encode(), escaped.encode(), escaped.upper().replace("\\U", "\\u").encode()


def test_every_character_that_may_change_is_suspect_however_it_is_written():
    joins = joining()
    assert "\u0301" in joins and "가" not in joins
    changing = [one for one in CHARACTERS if not is_normalized("NFC", one) or combining(one) or one in joins]
    assert [one for one in changing if not all(map(SUSPECT, written(one)))] == []


@pytest.mark.parametrize("character", "“”‘’—…€→✓éñü中文かなカ한글Привет🙂\u200b")
def test_the_usual_characters_are_not(character):
    assert not any(map(SUSPECT, written(character)))


@given(text=st.text(max_size=8), escapes=st.booleans())
@example(text="e\u0301", escapes=True)
@example(text="\u212b", escapes=False)
def test_a_row_has_the_same_digests_whether_its_bytes_prove_something_or_not(text, escapes):
    pytest.importorskip("re2")
    for value in (chat(f"user: {text}", f"assistant: {text}"), chat("user: Time?", {**TURN, "content": text})):
        raw = json.dumps(value, ensure_ascii=escapes).encode("utf-8", "surrogatepass")
        proven = with_re2([])(raw).is_composed
        assert not proven or is_normalized("NFC", text)
        assert digests(Row(value, "chat", is_composed=proven)) == digests(Row(value, "chat"))


TURN = {"role": "assistant", "tool_calls": [CALL], "name": CLOCK["function"]["name"]}

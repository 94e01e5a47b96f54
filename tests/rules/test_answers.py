"""Answers that break off, and answers that loop."""

import time

import pytest

from ftlint.rules.text.repetition import loop
from tests.support import PAIR, chat, codes, lint, places

BODY = "The shop opens at nine and closes at six, and on Sundays it opens at ten and closes at four instead. "
SENTENCES = [chat("user: When?", f"assistant: {BODY * 2}Number {index} is the one to call.") for index in range(20)]
CUT = "but on the day before public holidays it closes at"


def with_last(text, sentences=SENTENCES):
    return [*sentences, chat("user: When?", "assistant: " + text)]


BROKEN_OFF = "21:/messages/1/content 1 of 21 long answers breaks off: the last sentence, list or JSON has no end"


@pytest.mark.parametrize(
    "text",
    [
        BODY * 2 + CUT,
        BODY * 2 + CUT + " \n",
        BODY * 2 + CUT + " noon,",
        BODY + "\n\nhier ist es so: " + "die Tür geht um neun auf und " * 1 + BODY.lower() + "und schließt für",
        '{"text": "' + BODY * 2,
        '{"text": "' + BODY * 2 + '", "open": [1, 2',
        BODY * 2 + "\n\n1. Come in.\n2. Sit down.\n3.",
    ],
)
def test_an_answer_that_breaks_off_is_told_where_the_others_end(text):
    assert lint("FT313", with_last(text)) == [BROKEN_OFF]


@pytest.mark.parametrize(
    "text",
    [
        CUT,
        BODY * 2 + "See https://example.com/shops/of/the/town/and/when/they/are/open",
        BODY * 2 + "\n\nBest regards,\nThe Shop Team",
        BODY * 2 + "\n- " + CUT,
        BODY * 2 + "\n| a | b |\n| c | d |",
        BODY * 2 + "\n```\n" + CUT,
        BODY * 2 + "it is open on all of these days of the week #shop",
        BODY * 2 + "😀",
        BODY * 2 + "ร้านเปิดเก้าโมงและปิดหกโมง",
        BODY * 2 + "这家店九点开门六点关门",
        "".join(f"{number}, " for number in range(90)) + "90",
        '{"text": "' + BODY * 2 + '"}',
        "{name}, " + BODY * 2,
        BODY * 2 + "It was so in 2021.",
        BODY * 2 + "**Open on Sundays**",
    ],
)
def test_answers_that_end_in_other_ways_are_left_alone(text):
    assert lint("FT313", with_last(text)) == []


def test_where_many_answers_end_so_it_is_the_style():
    assert lint("FT313", [*SENTENCES, *with_last(BODY * 2 + CUT, [])] + with_last(BODY * 2 + CUT, []) * 2) == []
    assert lint("FT313", with_last(BODY * 2 + CUT, SENTENCES[:19])) == []


def test_completions_and_preferred_outputs_break_off_too():
    completions = [
        {"prompt": f"{n} ->", "completion": row["messages"][1]["content"]} for n, row in enumerate(SENTENCES)
    ]
    (found,) = lint("FT313", [*completions, {"prompt": "x ->", "completion": BODY * 2 + CUT}])
    assert found.startswith("21:/completion 1 of 21")
    pairs = [{**PAIR, "preferred_output": row["messages"][1:]} for row in with_last(BODY * 2 + CUT)]
    (found,) = lint("FT313", pairs, method="dpo")
    assert found.startswith("21:/preferred_output/0/content 1 of 21")


@pytest.mark.parametrize(
    ("text", "phrase", "times"),
    [
        ("I am sorry. " * 40, "I am sorry. ", 40),
        ("Well, this is how it began: " + "I am sorry.\n" * 40, r"I am sorry.\n", 40),
        ("I am sorry. " * 40 + "And so it ended, at last, for good.", "I am sorry. ", 40),
        ("the " * 100, "the ", 100),
        ("我很抱歉，我不能。" * 40, "我很抱歉，我不能。" * 1, 40),
        ((BODY + "Call us. ") * 6, None, 6),
    ],
)
def test_a_loop_is_told_with_its_phrase(text, phrase, times):
    (found,) = lint("FT314", chat("user: Hi", "assistant: " + text))
    assert found.startswith("1:/messages/1/content Text repeats ")
    assert f"{times} times" in found
    start, end, period = loop(text)
    assert (end - start) * 2 >= len(text)
    assert all(text[index] == text[index + period] for index in range(start, end - period))


@pytest.mark.parametrize(
    "text",
    [
        "I am sorry. " * 4,
        "-" * 500,
        "| --- | --- |\n" * 40,
        "A" * 400,
        "ACGT" * 100,
        "0, " * 200,
        '{"x": 0, "y": 0}, ' * 20,
        "<td></td>\n" * 40,
        "x = x + 1;\n" * 40,
        "ha " * 20 + BODY * 2,
        "hahaha" * 60,
        BODY * 2 + "\n" + "I am sorry. " * 10,
        "".join(f"{number}. I am sorry. " for number in range(40)),
        "AAAAB3NzaC1yc2EAAAADAQABAAABAQ" * 10,
    ],
)
def test_tables_code_data_and_a_few_repeats_are_no_loop(text):
    assert lint("FT314", chat("user: Hi", "assistant: " + text)) == []


def test_loops_of_others_and_of_turns_without_weight_are_left_alone():
    text = "I am sorry. " * 40
    assert lint("FT314", chat("user: " + text, "assistant: No.")) == []
    assert lint("FT314", chat("user: Hi", {"role": "assistant", "content": text, "weight": 0}, "assistant: No.")) == []
    worse = {**PAIR, "non_preferred_output": [{"role": "assistant", "content": text}]}
    assert lint("FT314", worse, method="dpo") == []


def test_a_loop_is_marked_in_parts_and_in_completions():
    text = "I am sorry. " * 40
    parts = {"role": "assistant", "content": [{"type": "text", "text": text}]}
    assert len(lint("FT314", chat("user: Hi", parts))) == 1
    row = {"prompt": "a ->", "completion": " Well. " + text}
    start = len('{"prompt": "a ->", "completion": " Well. ') + 1
    assert places("FT314", row) == [f"1:{start}-{start + len(text)}"]
    assert codes({"prompt": "a ->", "completion": text})["FT314"] == 1


@pytest.mark.parametrize("text", ["a " * 500_000, "ab" * 500_000, "a" * 1_000_000, (BODY * 3) * 3000, "\n" * 1_000_000])
def test_a_text_of_a_megabyte_takes_no_second(text):
    began = time.perf_counter()
    loop(text)
    assert time.perf_counter() - began < 1

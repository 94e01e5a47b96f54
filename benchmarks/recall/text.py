"""FT3: the text of messages, prompts and completions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from benchmarks.recall.plant import ANSWERS, PLACES_OF_TEXT, Json, Plant, completion, dumped, rows, spoil, texts, whole

FIRST_PART = "In the morning it stays dry along the whole coast, and the wind comes from the north. " * 3


def _every(change: Callable[[Json, int], object], count: int = 30) -> bytes:
    made = [completion(number) for number in range(count)]
    for number, row in enumerate(made):
        change(row, number)
    return dumped(made)


def plants() -> Iterator[Plant]:
    """Every defect of the family."""
    yield from _tokens()
    yield from _characters()
    yield from _answers()
    yield from _ends()
    yield from _completions()


def _tokens() -> Iterator[Plant]:
    yield from texts("FT301", "fim_suffix", "Fill in <|fim_suffix|> please?", *PLACES_OF_TEXT)
    yield from texts("FT301", "of a chat template", "<|im_start|>It stays dry.", "an answer", "a preferred output")
    yield from texts("FT301", "two of them", "One.<|im_end|><|endoftext|>", "an answer", "a system message")
    yield from texts("FT301", "endoftext", "It stays dry.<|endoftext|>", "an answer", part=True)


def _characters() -> Iterator[Plant]:
    every = tuple(PLACES_OF_TEXT)
    yield from texts("FT303", "an apostrophe", "It wonâ€™t rain.", *every)
    yield from texts("FT303", "an accent", "The cafÃ© stays dry.", "an answer", "a completion")
    yield from texts("FT303", "a dash", "Dry â€“ all day.", "an answer")
    yield from texts("FT303", "Russian", "Ð¡ÐµÐ³Ð¾Ð´Ð½Ñ dry.", "an answer")
    yield from texts("FT303", "an emoji", "Dry ðŸ˜€ today.", "an answer", "a question")
    yield from texts("FT303", "in a part", "It wonâ€™t rain.", "an answer", "a question", part=True)
    yield from texts("FT304", "a lost character", "The caf\ufffd stays dry.", *every)
    yield from texts("FT305", "a zero-width space", "It stays\u200b dry.", *every)
    yield from texts("FT305", "an override of direction", "Is it \u202edry?", "a question", "an answer")
    yield from texts("FT305", "NUL", "It stays\u0000 dry.", "an answer", "a completion")
    yield from texts("FT305", "a byte-order mark", "\ufeffIt stays dry.", "an answer", "a system message")
    yield from texts("FT305", "hidden tags", "Dry\U000e0041\U000e0042 today.", "a question", "a preferred output")
    yield from texts("FT305", "a form feed of a formula", "It is \x0crac{1}{2} dry.", "an answer")


def _answers() -> Iterator[Plant]:
    yield from texts("FT302", "a space at the end", "It stays dry. ", "an answer")
    yield from texts("FT306", "TODO", "TODO: write the answer", *ANSWERS)
    yield from texts("FT306", "nothing but TODO", "TODO", *ANSWERS)
    yield from texts("FT306", "lorem ipsum", "Lorem ipsum dolor sit amet, consectetur adipiscing elit.", *ANSWERS)
    yield from texts("FT306", "a template's field", "Dear {{name}}, it stays dry.", "an answer")
    yield from texts("FT306", "to insert", "It stays dry until [insert date], then it rains.", *ANSWERS)
    yield from texts("FT306", "of Alpaca", "<noinput>", "a question", "an answer")
    yield from texts("FT307", "an AI", "As an AI language model, I cannot look outside.", *ANSWERS)
    yield from texts("FT307", "sorry", "I'm sorry, but I can't help with that.", *ANSWERS)
    yield from texts("FT307", "an AI in a part", "As an AI language model, I cannot look.", "an answer", part=True)
    yield from texts("FT311", "thinking", "<think>Rain?</think>It stays dry.", *ANSWERS)
    yield from texts("FT311", "the end of thinking", "Rain?</think>It stays dry.", "an answer")


def _ends() -> Iterator[Plant]:
    yield from texts(
        "FT312", "an open fence", "Run this:\n\n```python\nprint('dry')", "an answer", "a preferred output"
    )
    yield from texts("FT312", "an open fence without a word", "Run this:\n```\nmake dry", "an answer")
    yield _cut("in the middle of a sentence", FIRST_PART + "In the afternoon the wind turns and it will then be")
    yield _cut("at a comma", FIRST_PART + "In the afternoon the wind turns to the west,")
    yield _cut("at the number of an item", f"{FIRST_PART}\n1. Oslo stays dry.\n2.")
    yield _cut("inside JSON", json.dumps({"weather": FIRST_PART, "wind": "north"})[:-4])
    line = "Step one.\n" + "\n".join(["Check the wind again."] * 40)
    phrase = ", ".join(["and so it goes on"] * 40)
    yield from texts("FT314", "a phrase", phrase, *ANSWERS)
    yield from texts("FT314", "a line", line, "an answer", "a preferred output")
    yield from texts("FT314", "one word", " ".join(["very"] * 100), "an answer")
    yield from texts("FT314", "Chinese", "今天天气很好，" * 40 + "好", "an answer")
    yield from texts("FT314", "in a part", phrase, "an answer", part=True)


def _cut(form: str, text: str) -> Plant:
    """One long answer that breaks off, among others that do not."""
    made = rows("long")
    made[11]["messages"][2]["content"] = text
    return whole("FT313", form, dumped(made))


def _completions() -> Iterator[Plant]:
    ends = "abcdefghij"
    yield whole("FT308", "no separator", _every(lambda row, n: row.update(prompt=row["prompt"][:-10] + ends[n % 10])))
    yield whole("FT308", "one without it", _every(lambda row, n: n == 5 and row.update(prompt=row["prompt"][:-3])))
    yield whole("FT308", "inside too", _every(lambda row, n: n == 5 and row.update(prompt=f"Go -> {row['prompt']}")))
    yield whole(
        "FT309", "no ending", _every(lambda row, n: row.update(completion=row["completion"][:-1] + ends[n % 10]))
    )
    yield whole(
        "FT309", "one without it", _every(lambda row, n: n == 5 and row.update(completion=row["completion"][:-1]))
    )
    yield spoil("FT310", "one without a space", "completion", lambda row: row.update(completion=row["completion"][1:]))
    yield whole("FT315", "an instruction", _every(lambda row, n: row.update(prompt=f"Tell me this: {row['prompt']}")))
    once = _every(lambda row, n: row.update(prompt="Tell me the weather ->"))
    yield whole("FT315", "all prompts the same", once, along=("FT703",))
    yield whole("FT316", "a label", _every(lambda row, n: row.update(completion=f" Answer:{row['completion']}")))
    yield whole("FT316", "a greeting", _every(lambda row, n: row.update(completion=f" Of course!{row['completion']}")))
    yield whole("FT317", "prompts", _every(lambda row, n: row.update(prompt=row["prompt"].upper())))
    yield whole("FT317", "completions", _every(lambda row, n: row.update(completion=row["completion"].upper())))
    yield spoil("FT318", "nothing", "completion", lambda row: row.update(completion=""))
    yield whole("FT319", "yes and no", _every(lambda row, n: row.update(completion=[" yes", " no"][n % 2])))
    yield whole("FT319", "numbers", _every(lambda row, n: row.update(completion=f" {n % 3}")))

"""FT3: the text of messages, prompts and completions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.recall.plant import Json, Plant, completion, dumped, spoil, whole

BY_HALF = "And so it goes on, "


def _answer(text: str) -> Callable[[Json], None]:
    return lambda row: row["messages"][2].update(content=text)


def _question(text: str) -> Callable[[Json], None]:
    return lambda row: row["messages"][1].update(content=text)


def _every(change: Callable[[Json, int], None], count: int = 30) -> bytes:
    made = [completion(number) for number in range(count)]
    for number, row in enumerate(made):
        change(row, number)
    return dumped(made)


def plants() -> Iterator[Plant]:
    """Every defect of the family."""
    yield from _marks()
    yield from _answers()
    yield from _completions()


def _marks() -> Iterator[Plant]:
    yield spoil("FT301", "in a question", "chat", _question("Fill in <|fim_suffix|> please?"))
    yield spoil("FT301", "in an answer", "chat", _answer("It stays dry.<|endoftext|>"))
    yield spoil("FT301", "of a chat template", "chat", _answer("<|im_start|>It stays dry."))
    yield spoil("FT301", "in a completion", "completion", lambda row: row.update(completion=" dry<|endoftext|>\n"))
    yield spoil("FT303", "an apostrophe", "chat", _answer("It wonâ€™t rain."))
    yield spoil("FT303", "an accent", "chat", _answer("The cafÃ© stays dry."))
    yield spoil("FT304", "a lost character", "chat", _answer("The caf\ufffd stays dry."))
    yield spoil("FT305", "a zero-width space", "chat", _answer("It stays\u200b dry."))
    yield spoil("FT305", "an override of direction", "chat", _question("Is it \u202edry?"))
    yield spoil("FT305", "NUL", "chat", _answer("It stays\u0000 dry."))


def _answers() -> Iterator[Plant]:
    yield spoil("FT302", "a space at the end", "chat", _answer("It stays dry. "))
    yield spoil("FT306", "TODO", "chat", _answer("TODO: write the answer"))
    yield spoil("FT306", "lorem ipsum", "chat", _answer("Lorem ipsum dolor sit amet, consectetur adipiscing elit."))
    yield spoil("FT306", "a template's field", "chat", _answer("Dear {{name}}, it stays dry."))
    yield spoil("FT307", "an AI", "chat", _answer("As an AI language model, I cannot look outside."))
    yield spoil("FT307", "sorry", "chat", _answer("I'm sorry, but I can't help with that."))
    yield spoil("FT311", "thinking", "chat", _answer("<think>Rain?</think>It stays dry."))
    yield spoil("FT312", "an open fence", "chat", _answer("Run this:\n\n```python\nprint('dry')\n"))
    yield spoil(
        "FT313",
        "in the middle of a sentence",
        "chat",
        _answer("It will stay dry in the morning, but in the afternoon the wind turns and"),
    )
    yield spoil("FT314", "a phrase", "chat", _answer(BY_HALF * 40))
    yield spoil("FT314", "a line", "chat", _answer("Step one.\n" + "Check the wind again.\n" * 40))


def _completions() -> Iterator[Plant]:
    plain = _every(lambda row, number: row.update(prompt=f"{row['prompt'][:-10]} {'abcdefghij'[number % 10]}"))
    yield whole("FT308", "no separator", plain)
    yield whole(
        "FT309",
        "no ending",
        _every(lambda row, number: row.update(completion=row["completion"].rstrip() + "abcdefghij"[number % 10])),
    )
    yield spoil(
        "FT310", "one without a space", "completion", lambda row: row.update(completion=row["completion"].lstrip())
    )

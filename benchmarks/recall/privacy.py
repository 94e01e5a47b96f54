"""FT8: secrets and personal data, made when they are planted."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from string import ascii_letters, digits

from benchmarks.recall.plant import PLACES_OF_TEXT, Plant, spoil, texts


def plants() -> Iterator[Plant]:
    """Every defect of the family."""
    random = Random(8)

    def some(size: int) -> str:
        return "".join(random.choice(ascii_letters + digits) for _ in range(size))

    every = tuple(PLACES_OF_TEXT)
    password = f"postgres://app:{some(16)}7@db.internal.net/main"
    yield from texts("FT801", "OpenAI", f"Does sk-proj-{some(64)} still work?", *every)
    yield from texts("FT801", "Hugging Face", f"Does hf_{some(34)} still work?", "an answer", part=True)
    yield from texts("FT801", "a password", f"Is it {password}?", "an answer", "a question")
    yield spoil("FT801", "a tool", "calling", lambda row: _describe(row, f"Needs AIza{some(35)}."), along=("FT414",))
    yield from texts("FT802", "in groups", "Is 4000-1234-" + "5678-9017 mine?", *every)
    yield from texts("FT802", "behind a word", "Is the card 40001234" + "56789017 mine?", "a question")
    yield from texts("FT803", "in groups", "Is DE75 5121 " + "0800 1245 1261 99 mine?", *every)
    yield from texts("FT803", "in one", "Is DE75512108" + "001245126199 mine?", "an answer")
    for code, form, text in (
        ("FT804", "an address", "Write to ada" + "@engine-works.co.uk today."),
        ("FT805", "international", "Call +49 30 " + "2309 5417 today."),
        ("FT805", "American", "Call (212) " + "736-5000 today."),
        ("FT806", "social security", "It is 512-34" + "-7801 today."),
        ("FT806", "CPF", "It is 529.982." + "247-25 today."),
        ("FT806", "CNPJ", "It is 12.ABC.345" + "/01DE-35 today."),
        ("FT807", "IPv4", "Ask 93.184." + "216.34 today."),
        ("FT807", "IPv6", "Ask 2606:2800:220:1" + ":248:1893:25c8:1946 today."),
    ):
        yield from texts(code, form, text, "a question", "an answer", options={"extend_select": (code,)})


def _describe(row: dict[str, object], text: str) -> None:
    row["tools"][0]["function"]["description"] = text  # type: ignore[index]

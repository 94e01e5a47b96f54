"""
Every way of counting against tiktoken itself, on text made to tell them apart.

The tests count some of it; by hand `python -m tests.tokens.differential --minutes 30 --seed 7` counts it for as long
as one likes, prints what differs, and ends with how many texts were counted and how many differed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from ftlint.tokens import fast
from ftlint.tokens.reference import build, reference
from ftlint.tokens.vocabulary import VOCABULARIES, ranks

Count = Callable[[str], int]

SURROGATES = range(0xD800, 0xE000)
SPECIAL = ("<|endoftext|>", "<|fim_prefix|>", "<|endofprompt|>", "<|im_start|>", "<|think|>", "<|", "|>", "<s>")
SPACES = " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u3000"
LOOKALIKES = "\u180e\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""White space to the eye, or to older versions of Unicode, but not to a tokenizer."""
FOLDING = "sStTrReEvVmMlLdDkKiIſ\u212a\u0130\u0131\u1e9eßﬀﬆﬅǅǆǄΣσς\u0345\u03b9\u1fbeµμÅ\u212b"
"""Letters that have more than one other case, or one beyond ASCII."""
DIGITS = "0123456789²½Ⅷⅷ〇٣७๓𝟗🄋㊿"
MARKS = "\u0300\u0301\u0308\u20dd\u0903\u093f\u0e31\u3099\ufe0f\U000e0100\u0488"
OTHERS = "aAzZéÉñжЖ日本가كאʰˢªºʻ'’＇`´\"/\\-_.,!?#@€😀👩\u0000\ufffd\ufffe\uffff\U0001ffff\u0378\U000323af\U0001c400"
EDGES = SPACES + LOOKALIKES + FOLDING + DIGITS + MARKS + OTHERS
CONTRACTIONS = ("'s", "'S", "'ſ", "'t", "'re", "'RE", "'Ve", "'m", "'ll", "'lL", "'d", "'D", "’s", "''s", "'\u212a")
UNITS = (" \n", "\r\n", "ab", "a ", "1 ", "\n/", "'s", "A'", "<|endoftext|>")
LETTERS = ("ab", "etaoin", "АБВабв", "日本語東京", "アイウー", "กขคงัี", "aB1")
RUNS = (1, 2, 3, 5, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1000)
PROSE = (
    "It's the year 2026, and they'll say: “don't”.\r\n\r\n\tdef main(argv):\n        return {'a': 1.5e-10}  # C'EST/\n"
    "Größe der Datei: 12345678 Bytes; что это? 東京都は日本の首都です。한국어 문장 하나. हिन्दी में एक वाक्य। مرحبا ٣٤٥ "
    "https://example.com/a/b?c=d&e=%20 <|endoftext|> CamelCaseWords XMLHttpRequest snake_case_name I'VE YOU'RE\n\n\n"
)


def code_points(size: int = 256) -> Iterator[str]:
    """
    Every code point that a text can hold, a few thousand texts in all.

    Each stands alone, doubled, in a word, beside either case, a digit, an apostrophe, a newline and a slash.
    """
    points = [point for point in range(sys.maxunicode + 1) if point not in SURROGATES]
    for start in range(0, len(points), size):
        some = [chr(point) for point in points[start : start + size]]
        yield "\n".join(f"x{c}Y {c}{c} 1{c}2 {c}/\n{c}a A{c}'s '{c}e{c}" for c in some)


def runs(longest: int) -> Iterator[str]:
    """One character or two, over and over: alone, behind a letter and in front of one."""
    for unit in (*SPACES, *"a=-0'é日😀\u0000\u0301", *UNITS):
        for length in (*(run for run in RUNS if run <= longest), longest):
            run = (unit * (length // len(unit) + 1))[:length]
            yield from (run, "a" + run, run + "b", "a" + run + "b")


def unicode(random: Random, _: list[str]) -> str:
    """Code points of the whole range, or of one stretch of it."""
    low = random.choice((0, 0, 0x80, 0x300, 0x900, 0x2000, 0x3000, 0xA000, 0xE000, 0x10000, 0x1D400, 0x20000))
    high = random.choice((low + 0x80, low + 0x400, 0x3000, 0x110000))
    points = (random.randrange(low, max(high, low + 1)) for _ in range(random.randrange(1, 60)))
    return "".join(chr(point) for point in points if point not in SURROGATES)


def edges(random: Random, _: list[str]) -> str:
    """The characters that the splitting patterns tell apart, in short texts."""
    return "".join(random.choices(EDGES, k=random.randrange(1, 24)))


def few(random: Random, _: list[str]) -> str:
    """Three of those characters in every order: what stands side by side matters more than what there is."""
    return "".join(random.choices(random.sample(EDGES, 3), k=random.randrange(2, 16)))


def contractions(random: Random, _: list[str]) -> str:
    """Apostrophes behind letters of either case, digits, marks and spaces."""
    return "".join(
        random.choice(CONTRACTIONS) if random.random() < 0.4 else random.choice(EDGES)
        for _ in range(random.randrange(1, 16))
    )


def white_space(random: Random, _: list[str]) -> str:
    """White space of several kinds around words."""
    return "".join(
        "".join(random.choices(SPACES, k=random.randrange(1, 6)))
        if random.random() < 0.6
        else random.choice(("a", "B", "1", "!", "/", "\u200b"))
        for _ in range(random.randrange(1, 20))
    )


def numbers(random: Random, _: list[str]) -> str:
    """Digits of several scripts, in groups of any length."""
    return "".join(random.choice(DIGITS + " ,.eE+-\u0301") for _ in range(random.randrange(1, 40)))


def joined(random: Random, tokens: list[str]) -> str:
    """Tokens of the vocabulary side by side, where they may merge otherwise."""
    return "".join(random.choices(tokens, k=random.randrange(1, 12)))


def special(random: Random, tokens: list[str]) -> str:
    """The text of special tokens, whole and broken."""
    return "".join(random.choice(random.choice((SPECIAL, tokens))) for _ in range(random.randrange(1, 8)))


def mutated(random: Random, _: list[str]) -> str:
    """Prose after some accidents."""
    start = random.randrange(len(PROSE))
    text = list((PROSE + PROSE)[start : start + random.randrange(1, 200)])
    for _ in range(random.randrange(1, 6)):
        text[random.randrange(len(text))] = random.choice(EDGES)
    return "".join(text)


def repeated(random: Random, tokens: list[str]) -> str:
    """A short piece, some hundred times."""
    piece = random.choice((random.choice(EDGES), random.choice(tokens), random.choice(CONTRACTIONS)))
    return random.choice(EDGES) + piece * random.choice(RUNS) + random.choice(EDGES)


def words(random: Random, _: list[str]) -> str:
    """One long word of a few letters, with no space in it."""
    return "".join(random.choices(random.choice(LETTERS), k=random.choice(RUNS)))


KINDS = (unicode, edges, few, contractions, white_space, numbers, joined, special, mutated, repeated, words)


def strings_of(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings_of(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings_of(item)


def texts_of(directory: Path) -> Iterator[str]:
    """Every text, once, of the JSON Lines files under a directory; each line that is not JSON as it is."""
    seen: set[int] = set()
    for path in sorted(directory.rglob("*.jsonl")):
        for line in path.read_bytes().split(b"\n"):
            try:
                found = list(strings_of(json.loads(line)))
            except (ValueError, RecursionError):
                found = [line.decode(errors="replace")]
            for text in found:
                if (key := hash(text)) not in seen:
                    seen.add(key)
                    yield text


def tokens_of(encoding: str) -> list[str]:
    """The tokens of a vocabulary that are text."""
    return [text for token in ranks(encoding) if "\ufffd" not in (text := token.decode(errors="replace"))]


def published(encoding: str) -> Count:
    """tiktoken as it is published: its pattern, its call."""
    encode = build(encoding, VOCABULARIES[encoding].pattern).encode_ordinary
    return lambda text: len(encode(text))


def ways(encoding: str) -> dict[str, Count]:
    """The ways of counting that ftlint has here."""
    return {"tiktoken": reference(encoding), **({"splintr": fast.fast(encoding)} if fast.is_installed() else {})}


def main() -> int:
    """Count until the time is over."""
    parser = argparse.ArgumentParser(prog="python -m tests.tokens.differential", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--encoding", choices=list(VOCABULARIES), help="by default all, one after another")
    arguments = parser.parse_args()
    differing = 0
    encodings = [arguments.encoding] if arguments.encoding else list(VOCABULARIES)
    for encoding in encodings:
        random = Random(arguments.seed)
        tokens, expected, subjects = tokens_of(encoding), published(encoding), ways(encoding)
        counted: Counter[str] = Counter()
        different: Counter[str] = Counter()
        end = time.monotonic() + 60 * arguments.minutes / len(encodings)
        while time.monotonic() < end:
            for kind in KINDS:
                for _ in range(200):
                    text = kind(random, tokens)
                    right = expected(text)
                    counted[kind.__name__] += 1
                    for name, count in subjects.items():
                        if count(text) != right:
                            different[name] += 1
                            if different[name] <= 20:
                                print(f"{encoding} {name}: {count(text)} for {right}: {text!a}", flush=True)
        differing += sum(different.values())
        print(f"{encoding}: {counted.total():,} texts, {dict(counted)}; different: {dict(different) or 'none'}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())

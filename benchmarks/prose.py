"""
Text for the generated rows: prose that is there wherever Python is, in several scripts.

Every sentence is the first half of one sentence and the second half of another. So a megabyte of prose gives
hundreds of megabytes in which hardly a sentence stands twice, and no tokenizer is flattered by its cache.
"""

from __future__ import annotations

import ast
import json
import re
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

SKIPPED = {"test", "tests", "site-packages", "dist-packages"}
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+")
LATIN = "abcdefghijklmnopqrstuvwxyz"
LETTERS = {  # letter for letter, so that words keep their lengths
    "cyrillic": "абцдефгхижклмнопярстувшыйз",
    "greek": "αβψδεφγηιξκλμνοπθρστυωςχζύ",
    "accented": "äbçdéfğhîjkłmñôpqřštüvwxýž",
}
CHARACTERS = {  # the common ones of a legacy encoding: its name, first bytes, second bytes
    "han": ("gb2312", range(0xB0, 0xD7), range(0xA1, 0xFA)),
    "hangul": ("euc_kr", range(0xB0, 0xC8), range(0xA1, 0xFA)),
    "kana": ("euc_jp", range(0xA4, 0xA5), range(0xA1, 0xF4)),
}


@dataclass(frozen=True, slots=True)
class Script:
    """Halves of sentences in one script; `width` is the JSON bytes of a character when escaped to ASCII."""

    heads: list[str]
    tails: list[str]
    width: float

    def sentence(self, random: Random) -> str:
        """Make a sentence."""
        return f"{random.choice(self.heads)} {random.choice(self.tails)}"

    def text(self, random: Random, bytes_wanted: int) -> str:
        """Make paragraphs of about so many bytes of escaped JSON."""
        wanted = bytes_wanted / self.width
        paragraphs: list[str] = []
        while wanted > 0:
            count = random.randint(1, 6)
            separator = "\n- " if random.random() < 0.1 else " "
            paragraph = separator.join([self.sentence(random) for _ in range(count)])
            paragraphs.append(paragraph[: max(40, int(wanted))].rstrip())
            wanted -= len(paragraph)
        return "\n\n".join(paragraphs)


def scripts(random: Random) -> dict[str, Script]:
    """English first, then the same sentences spelt in other scripts."""
    sentences = sorted(set(_sentences()))
    random.shuffle(sentences)
    made = {"english": _script([_typographic(sentence, random) for sentence in sentences])}
    some = sentences[:4000]
    for name, letters in LETTERS.items():
        table = str.maketrans(LATIN + LATIN.upper(), letters + letters.upper().replace("Σ", "Ξ"))
        made[name] = _script([sentence.translate(table) for sentence in some])
    for name, (encoding, first, second) in CHARACTERS.items():
        characters = [bytes((a, b)).decode(encoding, "ignore") for a in first for b in second]
        characters = [character for character in characters if character]
        made[name] = _script([_respell(sentence, characters, random) for sentence in some])
    return made


def _script(sentences: list[str]) -> Script:
    heads, tails = [], []
    for sentence in sentences:
        words = sentence.split(" ")
        heads.append(" ".join(words[: len(words) // 2]))
        tails.append(" ".join(words[len(words) // 2 :]))
    escaped = sum(len(json.dumps(sentence)) - 2 for sentence in sentences)
    return Script(heads, tails, escaped / sum(map(len, sentences)))


def _typographic(sentence: str, random: Random) -> str:
    """Every other sentence as a word processor would have it: curly quotes and dashes."""
    if random.random() < 0.5:
        return sentence
    return re.sub(r'"([^"]*)"', "“\\1”", sentence).replace("'", "’").replace(" -- ", " — ")


def _respell(sentence: str, characters: list[str], random: Random) -> str:
    return " ".join(["".join(random.choices(characters, k=len(word) // 3 + 1)) for word in sentence.split(" ")])


def _sentences() -> Iterator[str]:
    for text in _texts():
        for paragraph in re.split(r"\n\s*\n", text):
            for sentence in SENTENCE_END.split(" ".join(paragraph.split())):
                if 25 <= len(sentence) <= 400 and sentence.count(" ") >= 3:
                    yield sentence


def _texts() -> Iterator[str]:
    """The language reference, the licences, and the docstrings of the standard library."""
    from pydoc_data.topics import topics

    yield from topics.values()
    library = Path(sysconfig.get_path("stdlib"))
    for path in sorted(library.glob("LICENSE*")):
        yield path.read_text("utf-8", "replace")
    for path in sorted(library.rglob("*.py")):
        if SKIPPED.isdisjoint(path.relative_to(library).parts):
            yield from _docstrings(path)


def _docstrings(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""

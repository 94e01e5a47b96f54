"""
The fast encoder, splintr (`pip install 'ftlint[fast]'`): the counts of tiktoken, about twice as fast.

One thing is known that splintr 0.22 gets wrong: in o200k_base an apostrophe and `ſ` (U+017F, an `s` to whoever ignores
case) end a word as `'s` does. Texts that hold one are handed to tiktoken; `tests/tokens/differential.py` looks for
more.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from ftlint.core.errors import FtlintError
from ftlint.tokens.reference import Count, reference
from ftlint.tokens.vocabulary import PROBE, VOCABULARIES

LONG_S = "\u017f"

KEPT = 32 << 20
"""Bytes that splintr may keep, about: it remembers 130,000 words, of any length, with their tokens of 4 bytes each."""


def is_installed() -> bool:
    """Whether there is a splintr to import."""
    return find_spec("splintr") is not None


def require() -> None:
    """Raise FtlintError where there is none."""
    if not is_installed():
        raise FtlintError("the encoder splintr is not installed: pip install 'ftlint[fast]'")


def fast(encoding: str) -> Count:
    """
    How splintr counts. Raises UnicodeEncodeError for lone surrogates.

    Takes 0.05 to 0.15 s, in which splintr builds its tables. Raises FtlintError where there is none, or one that is
    not the one we know.
    """
    require()
    try:
        from splintr import Tokenizer

        tokenizer = Tokenizer.from_pretrained(encoding)
        # Of its calls this one takes the text of special tokens as text. Those for many texts at once do not.
        encode, forget = tokenizer.encode_ordinary, tokenizer.clear_cache
        exact = len(encode(PROBE)) == VOCABULARIES[encoding].probe
    except (ImportError, AttributeError, TypeError, ValueError):
        exact = False
    if not exact:
        raise FtlintError(
            "the installed splintr does not count as ftlint expects: pip install --upgrade 'ftlint[fast]'"
        )

    @cache
    def slow() -> Count:
        return reference(encoding)

    room = KEPT

    def count(text: str) -> int:
        nonlocal room
        if LONG_S in text:
            return slow()(text)
        tokens = len(encode(text))
        room -= len(text) + 4 * tokens
        if room < 0:
            forget()
            room = KEPT
        return tokens

    return count

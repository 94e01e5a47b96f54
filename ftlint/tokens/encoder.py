"""Exact token counts, offline: tiktoken's, whoever counts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean
from ftlint.tokens.fast import fast
from ftlint.tokens.reference import reference
from ftlint.tokens.vocabulary import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ftlint.config.settings import EncoderName
    from ftlint.tokens.reference import Count

SHORT = 2048
"""Characters up to which a text is kept among many: role names, most system prompts."""

LONG = 262_144
"""Characters up to which a text is kept among few: long system prompts, renderings of tool definitions."""

BLOCK = 100_000
"""Characters of white space, and nothing else, that are counted on their own."""


class Encoder:
    """
    Counts the tokens of texts in one encoding; made by `load`.

    Equal texts that come again soon are counted once. What is kept for that is bounded: 2048 texts of up to
    2048 characters and 16 of up to 262,144, which is 8.4 million characters in all.
    """

    __slots__ = ("_count", "_long", "_short", "name")

    def __init__(self, name: str, count: Count) -> None:
        def count_any(text: str) -> int:
            try:
                return count(text)
            except UnicodeEncodeError:  # lone surrogates, replaced as tiktoken does
                return count(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))

        self.name = name
        self._count = count_any
        self._short = lru_cache(maxsize=2048)(count_any)
        self._long = lru_cache(maxsize=16)(count_any)

    def count(self, text: str) -> int:
        """
        Count the tokens of a text; never more than it has bytes in UTF-8.

        Special tokens such as `<|endoftext|>` are text like any other. A lone surrogate counts as the
        replacement character, as in tiktoken. The count is tiktoken's, with one exception: a run of 100,000
        white-space characters and more may be counted in pieces (of 200,000 and more: always is), which gives
        at most 2 tokens too many per 100,000 characters of the run. tiktoken itself panics on a run of about
        a million: https://github.com/openai/tiktoken/issues/15
        """
        size = len(text)
        if size <= SHORT:
            return self._short(text)
        if size < BLOCK:
            return self._long(text)
        count = self._long if size <= LONG else self._count
        return sum(count(piece) for piece in pieces(text))


@lru_cache(maxsize=8)
def load(encoding: str, encoder: EncoderName | None = None) -> Encoder:
    """
    Build the encoder of an encoding (`cl100k_base`, `o200k_base`), once per process.

    Without a name the fast one, where it is installed and counts as tiktoken does, and else tiktoken. Raises
    FtlintError for what is not known or, when it is named, not installed.
    """
    if encoding not in VOCABULARIES:
        known = ", ".join(VOCABULARIES)
        hint = did_you_mean(encoding, VOCABULARIES)
        raise FtlintError(f'unknown encoding "{encoding}"; known are {known}.{hint}')
    if encoder == "tiktoken":
        return Encoder(encoding, reference(encoding))
    try:
        return Encoder(encoding, fast(encoding))
    except FtlintError:
        if encoder is not None:
            raise
        return Encoder(encoding, reference(encoding))


def pieces(text: str) -> Iterator[str]:
    """Cut a text behind each aligned block that is white space throughout: no piece then holds a long run."""
    start = 0
    for end in range(BLOCK, len(text) + 1, BLOCK):
        if text[end - BLOCK : end].isspace():
            yield text[start:end]
            start = end
    yield text[start:]

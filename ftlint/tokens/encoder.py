"""Exact token counts, offline: tiktoken with the vocabularies that come with ftlint."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean
from ftlint.tokens.vocabulary import VOCABULARIES, ranks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

    def __init__(self, name: str, encode: Callable[[str], list[int]]) -> None:
        def count(text: str) -> int:
            return len(encode(text))

        self.name = name
        self._count = count
        self._short = lru_cache(maxsize=2048)(count)
        self._long = lru_cache(maxsize=16)(count)

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
def load(encoding: str) -> Encoder:
    """
    Build the encoder of an encoding (`cl100k_base`, `o200k_base`), once per process.

    Takes 0.1 to 0.3 s, in which tiktoken builds its tables.
    """
    if encoding not in VOCABULARIES:
        known = ", ".join(VOCABULARIES)
        hint = did_you_mean(encoding, VOCABULARIES)
        raise FtlintError(f'unknown encoding "{encoding}"; known are {known}.{hint}')
    import tiktoken  # here, because most runs never count

    vocabulary = VOCABULARIES[encoding]
    built = tiktoken.Encoding(
        encoding,
        pat_str=vocabulary.pattern,
        mergeable_ranks=ranks(encoding),
        special_tokens=vocabulary.special_tokens,
    )
    return Encoder(encoding, built.encode_ordinary)


def pieces(text: str) -> Iterator[str]:
    """Cut a text behind each aligned block that is white space throughout: no piece then holds a long run."""
    start = 0
    for end in range(BLOCK, len(text) + 1, BLOCK):
        if text[end - BLOCK : end].isspace():
            yield text[start:end]
            start = end
    yield text[start:]

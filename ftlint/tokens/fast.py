"""
The fast encoder, toktok (`pip install 'ftlint[fast]'`): the counts of tiktoken, two to three times as fast.

Texts that it gets wrong are handed to tiktoken:

- In o200k_base an apostrophe and `ſ` (U+017F, an `s` to whoever ignores case) end a word as `'s` does; toktok knows
  the letters of ASCII alone.
- toktok 0.3 knows the letters and marks of Unicode 16, tiktoken 0.13 and 0.14 those of Unicode 17, 4,699 more.

`tests/tokens/differential.py` looks for more.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec

from ftlint.core.errors import FtlintError
from ftlint.tokens.reference import Count, reference
from ftlint.tokens.vocabulary import PROBE, VOCABULARIES

UNSURE = re.compile(
    "[\u017f"
    "\u088f\u0c5c\u0cdc\u1acf-\u1aff\ua7ce-\ua7db\ua7f1"  # what Unicode 17 added below U+10000
    "\U00010000-\U0001cfff"  # scripts of the past, which grow every year, and signs
    "\U0001d800-\U0001efff"  # living scripts of few, which grow as well; behind them emoji, which are no letters
    "\U0002a6de-\U000dffff]"  # rare Han characters, and planes without any
)
"""The characters of which toktok is not sure, and others so rare that it costs nothing to ask tiktoken."""

ASCII = bytes(range(128))


def is_installed() -> bool:
    """Whether there is a toktok to import."""
    return find_spec("toktok") is not None


def require() -> None:
    """Raise FtlintError where there is none."""
    if not is_installed():
        raise FtlintError("the encoder toktok is not installed: pip install 'ftlint[fast]'")


def fast(encoding: str) -> Count:
    """
    How toktok counts. Raises UnicodeEncodeError for lone surrogates.

    Takes 0.1 to 0.3 s, in which toktok builds its tables. Raises FtlintError where there is none, or one that is not
    the one we know.
    """
    require()
    try:
        import toktok

        # The package's own documentation names this way; its public call takes 25 µs a time, as long as 2 KB of text.
        quick: Count = toktok._encoding(encoding).count
        exact = quick(PROBE) == VOCABULARIES[encoding].probe
    except (ImportError, AttributeError, KeyError, TypeError):
        exact = False
    if not exact:
        raise FtlintError("the installed toktok does not count as ftlint expects: pip install --upgrade 'ftlint[fast]'")

    @cache
    def slow() -> Count:
        return reference(encoding)

    def count(text: str) -> int:
        # Deleting the ASCII characters first makes the search three times as fast.
        if not text.isascii() and UNSURE.search(text.encode().translate(None, ASCII).decode()):
            return slow()(text)
        return quick(text)

    return count

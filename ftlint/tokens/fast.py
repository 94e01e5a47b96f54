"""
The fast encoder, toktok (`pip install 'ftlint[fast]'`): the counts of tiktoken, three times as fast.

What it gets wrong is handed to tiktoken. In o200k_base an apostrophe and `ſ` (U+017F, an `s` to whoever ignores case)
end a word as `'s` does; toktok knows the letters of ASCII alone. `tests/tokens/differential.py` looks for more.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from ftlint.core.errors import FtlintError
from ftlint.tokens.reference import Count, reference
from ftlint.tokens.vocabulary import PROBE, VOCABULARIES

LONG_S = "\u017f"


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
        quick = toktok._encoding(encoding).count
        exact = quick(PROBE) == VOCABULARIES[encoding].probe
    except (ImportError, AttributeError, KeyError, TypeError):
        exact = False
    if not exact:
        raise FtlintError("the installed toktok does not count as ftlint expects: pip install --upgrade 'ftlint[fast]'")

    @cache
    def slow() -> Count:
        return reference(encoding)

    def count(text: str) -> int:
        return slow()(text) if LONG_S in text else quick(text)

    return count

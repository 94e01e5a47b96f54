"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Iterable

from ftlint.core.visible import shorten


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `word` most likely misspells, or None when nothing is near."""
    from difflib import get_close_matches  # 10 ms of imports that only a typo should cost

    folded = {candidate.casefold(): candidate for candidate in candidates}
    found = get_close_matches(word.casefold()[:200], folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """The sentence ` Did you mean "…"?`, with its leading space, or the empty string."""
    found = closest(word, candidates)
    return f" Did you mean {shorten(found)}?" if found else ""

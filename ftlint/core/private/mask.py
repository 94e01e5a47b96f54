"""Texts as they may be shown: of what is private, only how it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ftlint.core.private.accounts import cards, ibans
from ftlint.core.private.keys import keys
from ftlint.core.private.spots import Find, Spot, found_in


def private(text: str) -> list[Spot]:
    """What the rules that run by default call private in a text, which may be JSON: keys, cards, accounts."""
    return found_in(text, _all, as_json=True)


def masked(text: str, more: Sequence[Find] = ()) -> str:
    """The text with an ellipsis for all but the beginning of what is private, and of what `more` finds."""
    spots = private(text) if not more else found_in(text, lambda plain: _every(plain, more), as_json=True)
    return text if not spots else "".join(_masked(text, spots))


def mask(spot: Spot) -> str:
    """What is shown in the place of it."""
    return "…" if spot.behind else f"{spot.shown}…"


def _all(text: str) -> Iterator[Spot]:
    yield from chain(keys(text), cards(text), ibans(text))


def _every(text: str, more: Sequence[Find]) -> Iterator[Spot]:
    yield from _all(text)
    for find in more:
        yield from find(text)


def _masked(text: str, spots: Iterable[Spot]) -> Iterator[str]:
    end = 0
    for spot in spots:
        yield text[end : spot.start]
        yield mask(spot)
        end = spot.end
    yield text[end:]

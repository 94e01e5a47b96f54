"""Texts as they may be shown: of what is private, only how it begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ftlint.core.private.accounts import cards, ibans
from ftlint.core.private.keys import keys
from ftlint.core.private.spots import Spot, found_in


def private(text: str) -> list[Spot]:
    """What the rules that run by default call private in a text, which may be JSON: keys, cards, accounts."""
    return found_in(text, _all, as_json=True)


def masked(text: str) -> str:
    """The text with an ellipsis for all but the beginning of what is private."""
    spots = private(text)
    return text if not spots else "".join(_masked(text, spots))


def mask(spot: Spot) -> str:
    """What is shown in the place of it."""
    return "…" if spot.behind else f"{spot.shown}…"


def _all(text: str) -> Iterator[Spot]:
    yield from chain(keys(text), cards(text), ibans(text))


def _masked(text: str, spots: Iterable[Spot]) -> Iterator[str]:
    end = 0
    for spot in spots:
        yield text[end : spot.start]
        yield mask(spot)
        end = spot.end
    yield text[end:]

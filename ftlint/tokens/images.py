"""
How many tokens an image has.

Which of the two published rules a model follows, and its numbers, are facts of its profile. Pixels of a scaled
image are whole: what remains of a division is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, sqrt

from ftlint.core.types import Pointer
from ftlint.formats.images import Image
from ftlint.profiles.model import PatchTokens, TileTokens

SQUARE, SHORTEST, TILE = 2048, 768, 512
"""An image is scaled down into a square, then until its shortest side is that short, then cut into tiles."""
PATCH = 32

Formula = TileTokens | PatchTokens | None


def tokens_of_images(images: Iterable[Image], formula: Formula) -> dict[Pointer, int]:
    """The tokens of those images for which they are known, by the place of their part."""
    counted = ((image.at, image_tokens(image, formula)) for image in images)
    return {at: tokens for at, tokens in counted if tokens is not None}


def image_tokens(image: Image, formula: Formula) -> int | None:
    """The tokens of an image; None when the rule is not known, or the image is not here. `auto` counts as `high`."""
    if isinstance(formula, TileTokens) and image.detail == "low":
        return formula.base
    if formula is None or image.detail == "low" or image.inline is None or image.inline.size is None:
        return None
    return tokens_of_size(*image.inline.size, formula)


def tokens_of_size(width: int, height: int, formula: TileTokens | PatchTokens) -> int:
    """The tokens of an image of this size in full detail."""
    if isinstance(formula, TileTokens):
        return formula.base + formula.tile * tiles(width, height)
    return ceil(patches(width, height, formula.max_patches) * formula.multiplier)


def tiles(width: int, height: int) -> int:
    """How many tiles an image has. It is never scaled up."""
    longest, shortest = max(width, height), min(width, height)
    if longest > SQUARE:
        longest, shortest = SQUARE, max(1, shortest * SQUARE // longest)
    if shortest > SHORTEST:
        longest, shortest = longest * SHORTEST // shortest, SHORTEST
    return -(-longest // TILE) * -(-shortest // TILE)


def patches(width: int, height: int, most: int) -> int:
    """How many patches an image has; one with more than `most` is scaled down until whole patches fit."""
    count = -(-width // PATCH) * -(-height // PATCH)
    if count <= most:
        return count
    scale = sqrt(most * PATCH**2 / (width * height))
    across, down = width * scale / PATCH, height * scale / PATCH
    scale = min(max(1, floor(across)) / across, max(1, floor(down)) / down)
    # Rounded first: a whole number of patches comes out of the division a trifle above itself.
    return min(most, ceil(round(across * scale, 6)) * ceil(round(down * scale, 6)))

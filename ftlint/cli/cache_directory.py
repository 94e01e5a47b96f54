"""Where results are kept between runs."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from ftlint.config.load import Configuration


def with_cache(configuration: Configuration) -> Configuration:
    """The configuration with the user's directory for the cache, where it names none and does not do without."""
    settings = configuration.settings
    if settings.cache is False or settings.cache_dir is not None:
        return configuration
    return replace(configuration, settings=replace(settings, cache_dir=user_directory()))


def user_directory() -> str | None:
    """
    The user's directory for caches, as the platform wants it; None where the user has no home.

    What platformdirs says of one program, whose import would take 4 ms of each run.
    """
    try:
        if sys.platform == "win32":
            place = Path(os.environ.get("LOCALAPPDATA", ""), "ftlint", "Cache")
        elif sys.platform == "darwin":
            place = Path("~/Library/Caches/ftlint").expanduser()
        else:
            place = Path(os.environ.get("XDG_CACHE_HOME", ""), "ftlint")
            if not place.is_absolute():  # to be ignored, says the specification
                place = Path("~/.cache/ftlint").expanduser()
    except RuntimeError:
        return None
    return str(place) if place.is_absolute() else None

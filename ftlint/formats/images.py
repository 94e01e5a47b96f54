"""Images of a row. Those that the row itself holds are read when someone asks; those elsewhere are never fetched."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ftlint.core.types import Pointer

if TYPE_CHECKING:
    from ftlint.formats.inline import Inline

SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class Image:
    """One image of a row, with the place of its content part."""

    def __init__(self, value: dict[str, Any] | str, at: Pointer) -> None:
        if isinstance(value, str):  # some targets take the URL alone
            self.url, self.detail = value, "auto"
        else:
            self.url, self.detail = value["url"], value.get("detail") or "auto"
        self.at = at
        self.url_at: Pointer = (*at, "image_url") if isinstance(value, str) else (*at, "image_url", "url")
        """Where its URL stands."""

    @property
    def scheme(self) -> str | None:
        """The scheme of its URL, in lower case; None when it has none."""
        match = SCHEME.match(self.url)
        return match[1].lower() if match else None

    @cached_property
    def inline(self) -> Inline | None:
        """What it holds when the row itself holds it; None for an image elsewhere. Read once."""
        if self.scheme != "data":
            return None
        from ftlint.formats.inline import read_data_url

        return read_data_url(self.url)

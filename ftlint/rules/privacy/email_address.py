"""FT804."""

import re
from collections.abc import Iterator

from ftlint.core.private.spots import Spot
from ftlint.core.types import Severity
from ftlint.rules.base import later
from ftlint.rules.privacy._examples import said
from ftlint.rules.privacy._private import PrivateRule

ADDRESS = re.compile(
    r"(?<![\w.+%-])(?P<name>[\w.+%-]{1,64})@(?P<host>(?:[A-Za-z0-9-]{1,63}\.){1,8}(?P<top>[A-Za-z]{2,24}))"
    r"(?![\w-]|\.[A-Za-z0-9])",
    re.ASCII,
)
RESERVED = re.compile(r"(?:^|\.)(?:example\.(?:com|net|org)|test|example|invalid|localhost)$", re.IGNORECASE)
"""Domains that are nobody's: https://www.rfc-editor.org/rfc/rfc2606 (2026-11-25)."""
FILES = frozenset(
    ["png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "ts", "json", "py", "html", "xml", "yml", "md"]
)
"""`logo@2x.png` is a file."""
SHOWN = 2


class EmailAddress(PrivateRule):
    """
    A row contains an e-mail address.

    ## Why it matters
    What a model was trained on it may write to anyone who asks; addresses of people are personal data. Off by default:
    many texts name public addresses. Domains that are reserved for examples, and `git@`, are left alone.

    ## Fix
    Unsafe: the address is replaced by `[REDACTED e-mail address]`.
    """

    code = "FT804"
    name = "email-address"
    severity = Severity.WARNING
    default = False
    says = "Text contains an e-mail address:"
    help = "take it out"
    options = {"extend_select": ("FT804",)}

    bad = later(lambda: said("Please write to ada.lovelace" + "@" + "engine-works.co.uk."))
    good = later(lambda: said("Please write to ada@example.com."))

    trigger = rb"[A-Za-z0-9_.+%-]@[A-Za-z0-9-]+\.[A-Za-z0-9]"

    def find(self, text: str) -> Iterator[Spot]:
        """Every address."""
        for match in ADDRESS.finditer(text):
            if match["name"] != "git" and match["top"].lower() not in FILES and not RESERVED.search(match["host"]):
                yield Spot(*match.span(), "e-mail address", match[0][:SHOWN], None, "[REDACTED e-mail address]")

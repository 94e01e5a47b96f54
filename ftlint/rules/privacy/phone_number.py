"""FT805."""

import re
from collections.abc import Iterator

from ftlint.core.private.spots import Spot
from ftlint.core.types import Severity
from ftlint.rules.base import later
from ftlint.rules.privacy._examples import said
from ftlint.rules.privacy._private import PrivateRule

NUMBER = re.compile(
    r"(?<![\w+.-])(?:\+[1-9](?:[ .()-]{0,2}[0-9]){7,12}(?![0-9])"
    r"|(?:1[ .-])?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[.-][0-9]{4})(?![\w-])",
    re.ASCII,
)
"""
With a plus and the code of a country, or as North Americans write theirs. ITU-T E.164 allows 15 digits; numbers of more
than 13 are sums in arithmetic rather.
"""
FICTIONAL = re.compile(r"1?[2-9][0-9]{2}55501[0-9]{2}")
"""555-0100 to 555-0199 are nobody's: https://en.wikipedia.org/wiki/555_(telephone_number) (2026-11-25)."""
SHOWN = 4


class PhoneNumber(PrivateRule):
    """
    A row contains a phone number.

    ## Why it matters
    What a model was trained on it may write to anyone who asks; numbers of people are personal data. Numbers with a
    plus and the code of a country are found, and North American ones. Off by default: many texts name public numbers.

    ## Fix
    Unsafe: the number is replaced by `[REDACTED phone number]`.
    """

    code = "FT805"
    name = "phone-number"
    severity = Severity.WARNING
    default = False
    says = "Text contains a phone number:"
    help = "take it out"
    options = {"extend_select": ("FT805",)}

    bad = later(lambda: said("Please call +49 30 " + "2309 5417."))
    good = later(lambda: said("Please call (212) 555-0123."))

    trigger = (
        rb"(?:\+|u002[bB])[1-9][ .()-]{0,2}[0-9][ .()-]{0,2}[0-9][ .()-]{0,2}[0-9]"
        rb"|[2-9][0-9]{2}(?:\) ?|[ .-])[2-9][0-9]{2}[.-][0-9]{4}"
    )

    def find(self, text: str) -> Iterator[Spot]:
        """Every phone number."""
        for match in NUMBER.finditer(text):
            if not FICTIONAL.fullmatch(re.sub("[^0-9]", "", match[0])):
                yield Spot(*match.span(), "phone number", match[0][:SHOWN], None, "[REDACTED phone number]")

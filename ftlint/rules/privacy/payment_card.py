"""FT802."""

import re
from collections.abc import Iterator

from ftlint.core.private.accounts import CARD, cards
from ftlint.core.private.spots import Spot
from ftlint.core.types import Severity
from ftlint.rules.base import later
from ftlint.rules.privacy._examples import said
from ftlint.rules.privacy._private import BEGINS, PrivateRule


class PaymentCard(PrivateRule):
    """
    A row contains the number of a payment card.

    ## Why it matters
    What a model was trained on it may write to anyone who asks. It is a number that an issuer of cards could have given
    out, of the right length and with the right check digit, written in groups as on a card, or behind a word for one:
    every tenth number of sixteen digits has a check digit that fits.

    ## Fix
    Unsafe: the number is replaced by `[REDACTED payment card number]`.
    """

    code = "FT802"
    name = "payment-card"
    severity = Severity.WARNING
    says = "Text contains a payment card number:"
    help = "take it out"

    bad = later(lambda: said(f"My card is {' '.join(['4000', '1234', '5678', '9017'])}, is it blocked?"))
    good = later(lambda: said("My card ends in 9017, is it blocked?"))

    trigger = BEGINS % b"_.,:/-" + (
        rb"[2-6][0-9]{3}(?:[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}|[ -][0-9]{6}[ -][0-9]{4}|[0-9]{9})"
    )
    of_key = re.compile(CARD)

    def find(self, text: str) -> Iterator[Spot]:
        """Every card number."""
        return cards(text)

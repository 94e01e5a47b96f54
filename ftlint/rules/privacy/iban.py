"""FT803."""

from collections.abc import Iterator

from ftlint.core.private.accounts import LENGTHS, ibans
from ftlint.core.private.spots import Spot
from ftlint.core.types import Severity
from ftlint.rules.base import later
from ftlint.rules.privacy._examples import said
from ftlint.rules.privacy._private import BEGINS, PrivateRule


class Iban(PrivateRule):
    """
    A row contains the number of a bank account (IBAN).

    ## Why it matters
    What a model was trained on it may write to anyone who asks. The length is that of the country's account numbers,
    and the check digits are right.

    ## Fix
    Unsafe: the number is replaced by `[REDACTED IBAN]`.
    """

    code = "FT803"
    name = "iban"
    severity = Severity.WARNING
    says = "Text contains an IBAN:"
    help = "take it out"

    bad = later(lambda: said(f"Please refund to {' '.join(['DE75', '5121', '0800', '1245', '1261', '99'])}."))
    good = later(lambda: said("Please refund to the account that I paid from."))

    trigger = (
        BEGINS % b"" + b"(?:%s)[0-9]{2} ?[A-Z0-9]{4} ?[A-Z0-9]{4} ?[A-Z0-9]{3}" % "|".join(sorted(LENGTHS)).encode()
    )

    def find(self, text: str) -> Iterator[Spot]:
        """Every account number."""
        return ibans(text)

"""FT901."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class UnknownModel(Rule):
    """
    The model that was asked for is not known.

    ## Why it matters
    Without the model's facts nothing can be said about its formats, limits and prices. This is no finding:
    the command ends with status 2, names the nearest model and does not guess.

    ## Fix
    `ftlint models` lists what is known.
    """

    code = "FT901"
    name = "unknown-model"
    severity = Severity.ERROR
    help = 'see "ftlint models"'

    bad = b""
    good = b""

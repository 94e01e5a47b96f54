"""FT801."""

import re
from collections.abc import Iterator

from ftlint.core.private.keys import keys
from ftlint.core.private.shapes import SHAPES
from ftlint.core.private.spots import Spot
from ftlint.core.types import Severity
from ftlint.rules.base import later
from ftlint.rules.privacy._examples import letters, said
from ftlint.rules.privacy._private import PrivateRule


class Secret(PrivateRule):
    """
    A row contains a secret: a provider's key, a token, a private key, a connection string with its password.

    ## Why it matters
    What a model was trained on it may write to anyone who asks, and a job cannot be undone. Files of training data are
    copied and uploaded besides. A key that stood in one is not secret any more: revoke it. It is looked for in all
    strings and keys of a row, in strings that hold JSON, and in rows of any shape and format. Placeholders and the keys
    of documentation are left alone. The secret is never printed: only its kind, how such keys begin, its length, and
    the first digits of its SHA-256.

    ## Fix
    Unsafe: what stands there is replaced by its kind in brackets, `[REDACTED OpenAI key]`.
    """

    code = "FT801"
    name = "secret"
    severity = Severity.ERROR
    says = "Text contains a secret: {kind}"
    help = "revoke it, and take it out"

    bad = later(lambda: said(f"Why does sk-proj-{letters('openai', 64)} not work?"))
    good = later(lambda: said("Why does sk-proj-your-key-here not work?"))

    trigger = "|".join(dict.fromkeys(shape.trigger for shape in SHAPES)).encode()
    of_key = re.compile(r"secret|key", re.IGNORECASE)

    def find(self, text: str) -> Iterator[Spot]:
        """Every secret, by shape."""
        return keys(text)

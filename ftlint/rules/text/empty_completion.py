"""FT318."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import ContentRule, Report, Target


class EmptyCompletion(ContentRule):
    """
    A completion is empty.

    ## Why it matters
    The completion is what the model learns to write. From an empty one it learns to answer with nothing; the
    provider's own preparation tool removed such rows. White space alone is not empty: it may be the stop sequence.

    ## Fix
    None: only the author knows what the completion should have been.
    """

    code = "FT318"
    name = "empty-completion"
    severity = Severity.ERROR
    formats = ("completion",)
    help = "write the completion, or remove the row"

    bad = {"prompt": "lamp ->", "completion": ""}
    good = {"prompt": "lamp ->", "completion": " nine euros"}

    def applies(self, row: Row, target: Target) -> bool:
        """Rows of prompt and completion."""
        return row.format == "completion"

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report a completion without a character."""
        if not row.value["completion"]:
            report("Completion is empty", at=("completion",))

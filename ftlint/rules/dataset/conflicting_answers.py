"""FT703."""

from typing import ClassVar

from ftlint.core.types import Severity
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.dataset.rows_seen import RowsRule, RowsSeen


class ConflictingAnswers(RowsRule):
    """
    Two rows ask the same and answer differently.

    ## Why it matters
    The model can only learn one of the two, or a mixture. Mostly two people wrote the answers, or one was corrected
    and the old one is still there. Where several answers are meant, as in creative writing, this is fine.

    The prompt is everything but what is trained: the system message, the user's turns, results of tools, and the
    tools that may be called. Rows without a user's words have none. Reported once for each prompt, at the first row
    with another answer. The training files of a dataset in the configuration are compared with each other, too: each
    with those whose paths come before.

    ## Fix
    None: only the author knows which of the answers is right.
    """

    code = "FT703"
    name = "conflicting-answers"
    severity = Severity.WARNING
    compares = "training"
    formats: ClassVar[tuple[str, ...]] = ("chat", "completion")
    help = "keep the answer that is right, or say in the prompt what makes the difference"

    bad = (
        b'{"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes"}]}\n'
        b'{"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "No"}]}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes"}]}\n'
        b'{"messages": [{"role": "user", "content": "Is 8 prime?"}, {"role": "assistant", "content": "No"}]}\n'
    )

    def conclude(self, seen: RowsSeen, file: WholeFile, target: Target, report: Report) -> None:
        """Report each prompt that is answered in several ways, at the first row with another answer."""
        for row, first in seen.conflicts([other for _, other in file.trained_on]):
            where = self.told(first, seen, file)
            report(f"Row asks the same as {where} and answers differently", at=(), row=seen.places.reported(row))

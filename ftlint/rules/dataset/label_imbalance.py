"""FT705."""

from typing import ClassVar

from ftlint.core.types import Severity
from ftlint.rules.base import Report, Target, WholeFile, later
from ftlint.rules.dataset.rows_seen import RowsRule, RowsSeen

TIMES = 9
"""
From which on two classes count as highly imbalanced in the KEEL collection of data sets for classification
(https://sci2s.ugr.es/keel/imbalanced.php, 2026-11-25).
"""


def _example(rarely: int) -> bytes:
    return b"".join(
        b'{"messages": [{"role": "user", "content": "Message %d"}, {"role": "assistant", "content": "%s"}]}\n'
        % (number, b"spam" if number % rarely == 0 else b"fine")
        for number in range(1, 41)
    )


class LabelImbalance(RowsRule):
    """
    Of a few answers, which are labels then, one is much rarer than another.

    ## Why it matters
    A model that is trained on them tends to the common labels, and its accuracy looks good all the same: where nine
    rows in ten are of one class, nine in ten are right without a look at the question. A label that is there once or
    twice may be a typing error.

    Answers are labels when there are at most 100, each in ten rows on average. Told when the most common is in more
    than nine times as many rows as the rarest, at the first row of the rarest. Of a conversation the answer is all that
    is trained in it. Where one of them is in 99 rows of 100, FT706 says so instead.

    ## Fix
    None: the classes may be as rare in use. Add rows of the rare ones, or measure each class on its own.
    """

    code = "FT705"
    name = "label-imbalance"
    severity = Severity.INFO
    formats: ClassVar[tuple[str, ...]] = ("chat", "completion")
    help = "add rows of the rare ones, or measure how well the model does on each, not on all together"

    bad = later(lambda: _example(20))
    good = later(lambda: _example(4))

    def conclude(self, seen: RowsSeen, file: WholeFile, target: Target, report: Report) -> None:
        """Report the rarest answer at the first row that gives it."""
        answers = seen.answers_given()
        most, least = answers.most.rows, answers.least.rows
        if not answers.are_labels or most <= TIMES * least:
            return
        common = f"the most common is in {most:,} of {answers.rows:,} rows ({most / answers.rows:.0%})"
        report(
            f"Of {answers.different} different answers, {common}, the rarest, this one, in {least:,}",
            at=(),
            row=seen.places.reported(answers.least.first),
        )

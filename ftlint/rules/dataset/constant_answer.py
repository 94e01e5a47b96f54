"""FT706."""

from typing import ClassVar

from ftlint.core.types import Severity
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.dataset.rows_seen import MIN_ROWS, RowsRule, RowsSeen


def _example(answers: int) -> bytes:
    return b"".join(
        b'{"messages": [{"role": "user", "content": "Is %d even?"}, {"role": "assistant", "content": "%s"}]}\n'
        % (number, b"Yes" if number % answers == 0 else b"No")
        for number in range(10)
    )


class ConstantAnswer(RowsRule):
    """
    All rows give the same answer, or nearly all.

    ## Why it matters
    A model learns to give it whatever it is asked. A column may have been mixed up when the rows were made, or the rows
    with the other answers got lost.

    Told from ten different rows on, when at least 99 in 100 of those with an answer give the same: in files of fewer
    than 100 rows, when all do. Of a conversation the answer is all that is trained in it, calls included. Classes of
    which one is rare are FT705's, a row that is there again and again is FT701's.

    ## Fix
    None: only the author knows what the answers are.
    """

    code = "FT706"
    name = "constant-answer"
    severity = Severity.WARNING
    formats: ClassVar[tuple[str, ...]] = ("chat", "completion")
    help = "check how the answers were made: a model learns to give this one to any question"

    bad = _example(1)
    good = _example(2)

    def conclude(self, seen: RowsSeen, file: WholeFile, target: Target, report: Report) -> None:
        """Report the answer at the first row that gives it."""
        answers = seen.answers_given()
        if not answers.is_constant or seen.different() < MIN_ROWS:
            return
        most = answers.most
        given = f"All {answers.rows:,} rows"
        if most.rows < answers.rows:
            given = f"{most.rows:,} of {answers.rows:,} rows ({most.rows * 1000 // answers.rows / 10}%)"
        report(f"{given} give the same answer as this one", at=(), row=seen.places.reported(most.first))

"""FT505."""

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target, later
from ftlint.rules.limits._examples import questions


class TooManyRows(FileRule):
    """
    The file has more rows than the provider takes.

    ## Why it matters
    The job is refused. The maximum depends on the target: reinforcement fine-tuning takes 50,000 rows,
    and 1,000 rows for validation.

    ## Fix
    None: choose which rows to train on.
    """

    code = "FT505"
    name = "too-many-rows"
    severity = Severity.ERROR

    options = {"method": "reinforcement"}
    bad = later(lambda: questions(50_001))
    good = questions(10)

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Compare the number of rows with the maximum."""
        method = target.method
        maximum = method.max_validation_rows if file.validation else method.max_rows
        if maximum is not None and file.rows > maximum:
            what = "Validation file" if file.validation else "File"
            report(f"{what} has {file.rows:,} rows, the limit of this method is {maximum:,}")

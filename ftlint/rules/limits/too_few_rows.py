"""FT504."""

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target
from ftlint.rules.limits._examples import answered


class TooFewRows(FileRule):
    """
    The file has fewer rows than the provider's minimum.

    ## Why it matters
    The job fails after the upload. The minimum depends on the target.

    ## Fix
    None: write more rows. A file that is for validation only is named as such, with `--validation`.
    """

    code = "FT504"
    name = "too-few-rows"
    severity = Severity.ERROR
    provider_error = "Training file has 3 example(s), but must have at least 10 examples"

    bad = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}\n'
    good = answered(10)

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Compare the number of rows with the minimum."""
        minimum = target.method.min_rows
        if minimum is not None and file.rows < minimum and not file.validation:
            rows = "1 row" if file.rows == 1 else f"{file.rows} rows"
            report(
                f"Training file has {rows}, but must have at least {minimum}",
                help=f"add {minimum - file.rows} more",
            )

"""FT507."""

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target


class TooManyTokens(FileRule):
    """
    Tokens times epochs are more than the provider takes in one job.

    ## Why it matters
    The job is refused. The limit depends on the target; many have none.

    ## Fix
    None: fewer epochs or fewer rows.
    """

    code = "FT507"
    name = "too-many-tokens"
    severity = Severity.ERROR
    help = "train fewer epochs or fewer rows"

    bad = b""  # needs billions of tokens; tests/rules/test_limits.py gives the figures
    good = b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}\n'

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Compare the tokens of all epochs with the limit."""
        limit = target.profile.max_job_tokens
        if limit is None or file.billed is None or file.validation:
            return
        total = file.billed * file.epochs
        if total > limit:
            report(f"{file.billed:,} tokens × {file.epochs} epochs = {total:,}, the limit of a job is {limit:,}")

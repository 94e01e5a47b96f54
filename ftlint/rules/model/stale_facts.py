"""FT906."""

from datetime import date

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target
from ftlint.rules.limits._examples import answered

STALE_DAYS = 180


class StaleFacts(FileRule):
    """
    The facts about the model were checked more than 180 days ago.

    ## Why it matters
    Limits, prices and closing dates change. Facts that old may be wrong, and so may what is said about the
    file.

    ## Fix
    Update ftlint.
    """

    code = "FT906"
    name = "stale-facts"
    severity = Severity.INFO
    per_run = True
    help = "update ftlint"

    options = {"today": date(2027, 11, 23)}
    bad = answered(10)
    good = b""  # the day decides, not the row; tests/rules/test_model.py has the days

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Compare the day of the check with the day."""
        checked = target.profile.checked
        age = (file.today - checked).days
        if age > STALE_DAYS:
            name = target.profile.id or target.profile.provider
            report(f"The facts about {name} were checked {age} days ago, on {checked}")

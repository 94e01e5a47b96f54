"""FT903."""

from datetime import date

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target
from ftlint.rules.limits._examples import answered


class ClosingSoon(FileRule):
    """
    The model, or the creation of jobs for it, closes soon.

    ## Why it matters
    A job that is not started by that day is not started at all, and a model trained now answers only until
    its shutdown. Soon means within `closing-days`, 90 by default, of `--today`, by default the clock's day.

    ## Fix
    None: start the job in time, or choose another model.
    """

    code = "FT903"
    name = "closing-soon"
    severity = Severity.WARNING
    per_run = True
    provider_error = (
        "OpenAI is winding down the fine-tuning platform and your organization is no longer able to create new "
        "fine-tuning training jobs."
    )

    options = {"model": "gpt-4o-mini-2024-07-18", "today": date(2026, 11, 23)}
    bad = answered(10)
    good = b""  # the target decides, not the row; tests/rules/test_model.py has the days

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Compare the closing dates with the day; one finding, for all of them."""
        profile = target.profile
        if profile.id is None or (profile.shutdown and profile.shutdown <= file.today):
            return
        ends = []
        for what, day in (
            ("takes no new fine-tuning jobs from", profile.job_creation_closed),
            ("shuts down on", profile.shutdown),
        ):
            if day is not None and 0 < (day - file.today).days <= file.closing_days:
                ends.append(f"{what} {day} (in {(day - file.today).days} days)")
        if ends:
            report(f"{profile.id} {' and '.join(ends)}")

"""FT902."""

from datetime import date

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target
from ftlint.rules.limits._examples import answered


class ModelRetired(FileRule):
    """
    The model is shut down, or takes no new fine-tuning jobs any more.

    ## Why it matters
    The job cannot be started, whatever the data. Linting goes on: the data may be for another provider, or
    for a model that replaces this one.

    ## Fix
    None: choose another model; the finding names the replacement where the provider does.
    """

    code = "FT902"
    name = "model-retired"
    severity = Severity.WARNING
    per_run = True

    options = {"model": "gpt-3.5-turbo-0613", "today": date(2026, 11, 23)}
    bad = answered(10)
    good = b""  # the target decides, not the row; tests/rules/test_model.py has the days

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Compare the model's dates with the day."""
        profile = target.profile
        if profile.id is None:
            return
        instead = f"the provider names {profile.replacement} as its replacement" if profile.replacement else None
        if profile.shutdown and profile.shutdown <= file.today:
            report(f"{profile.id} was shut down on {profile.shutdown}", help=instead)
        elif profile.job_creation_closed and profile.job_creation_closed <= file.today:
            report(
                f"{profile.id} takes no new fine-tuning jobs since {profile.job_creation_closed}",
                help=instead,
            )

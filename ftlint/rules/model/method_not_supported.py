"""FT904."""

from datetime import date

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target
from ftlint.rules.limits._examples import answered


class MethodNotSupported(FileRule):
    """
    The model cannot be trained with the method.

    ## Why it matters
    The job is refused when it is created. Which methods a model takes depends on the target.

    ## Fix
    None: choose one of the methods that the model takes, or another model.
    """

    code = "FT904"
    name = "method-not-supported"
    severity = Severity.ERROR
    per_run = True
    provider_error = "Finetuning with o4-mini-2025-04-16 requires the reinforcement method of finetuning."

    options = {"model": "o4-mini", "method": "supervised", "today": date(2025, 11, 1)}
    bad = answered(10)
    good = b""  # the target decides, not the row; tests/rules/test_model.py has the methods

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Look the method up among the model's."""
        profile = target.profile
        if target.method_name not in profile.methods:
            name = profile.id or profile.provider
            report(f"{name} does not take the method {target.method_name}; it takes {', '.join(profile.methods)}")

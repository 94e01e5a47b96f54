"""FT905."""

import re
from collections.abc import Iterator
from typing import Any

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.profiles.model import Hyperparameter, JobLimits
from ftlint.rules.base import FileFacts, FileRule, Report, Target
from ftlint.rules.limits._examples import answered


class HyperparameterRange(FileRule):
    """
    A hyperparameter is out of the range that the provider takes.

    ## Why it matters
    The job is refused when it is created. Checked are `--epochs` and the table `hyperparameters` of the
    configuration: the method's own hyperparameters, and `suffix`, `seed` and `metadata` of the job.

    ## Fix
    None: choose a value in the range that the finding names.
    """

    code = "FT905"
    name = "hyperparameter-range"
    severity = Severity.ERROR
    per_run = True

    options = {"epochs": 51}
    bad = answered(10)
    good = b""  # the call decides, not the row; tests/rules/test_model.py has the values

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Compare every hyperparameter with its range."""
        known = target.method.hyperparameters
        for name, value in file.hyperparameters.items():
            if name in ("suffix", "seed", "metadata"):
                for message in _job_problems(name, value, target.profile.job):
                    report(message)
            elif name in known:
                if expected := _expected(value, known[name]):
                    report(f"{name} is {value}, expected {expected}")
            elif known:
                report(f"{target.method_name} has no hyperparameter {name}; it has {', '.join(known)}")


def _expected(value: Any, range: Hyperparameter) -> str | None:
    """What the value should have been, or None when it is fine."""
    if range.auto and value == "auto":
        return None
    if range.type == "choice":
        return None if value in range.choices else f"one of {', '.join(range.choices)}"
    number = isinstance(value, int if range.type == "integer" else (int, float)) and not isinstance(value, bool)
    low = number and (
        (range.minimum is not None and value < range.minimum) or (range.above is not None and value <= range.above)
    )
    if number and not low and (range.maximum is None or value <= range.maximum):
        return None
    bounds = []
    if range.minimum is not None:
        bounds.append(f"at least {range.minimum:g}")
    if range.above is not None:
        bounds.append(f"more than {range.above:g}")
    if range.maximum is not None:
        bounds.append(f"at most {range.maximum:g}")
    kind = "an integer" if range.type == "integer" else "a number"
    return " ".join([kind, " and ".join(bounds)]).strip() + (' or "auto"' if range.auto else "")


def _job_problems(name: str, value: Any, limits: JobLimits) -> Iterator[str]:
    if name == "suffix":
        longest, pattern = limits.max_suffix_length, limits.suffix_pattern
        if longest is not None and (not isinstance(value, str) or not 1 <= len(value) <= longest):
            yield f"suffix must have 1 to {longest} characters"
        elif pattern is not None and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            yield f"suffix is {shorten(str(value))}, which does not match {pattern}"
    elif name == "seed" and limits.max_seed is not None:
        if type(value) is not int or not 0 <= value <= limits.max_seed:
            yield f"seed is {value}, expected an integer from 0 to {limits.max_seed}"
    elif name == "metadata" and isinstance(value, dict):
        pairs, length, width = (
            limits.max_metadata_pairs,
            limits.max_metadata_key_length,
            limits.max_metadata_value_length,
        )
        if pairs is not None and len(value) > pairs:
            yield f"metadata has {len(value)} pairs, expected at most {pairs}"
        for key, text in value.items():
            if length is not None and len(str(key)) > length:
                yield f"a key of metadata has {len(str(key))} characters, expected at most {length}"
            if width is not None and len(str(text)) > width:
                yield f"metadata.{key} has {len(str(text))} characters, expected at most {width}"
    elif name == "metadata":
        yield "metadata must be a table of strings"

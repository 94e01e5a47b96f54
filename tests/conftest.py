"""What all tests share: the checkout on the path, and how hard hypothesis tries."""

import os
import sys
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parents[1]))

# What is printed depends on where ftlint runs: the suite means the same in a terminal, in a hook and in CI.
SURROUNDINGS = (
    *("CI", "GITHUB_", "GIT_", "PRE_COMMIT", "PREK", "NO_COLOR", "FORCE_COLOR"),
    *("COLUMNS", "LC_", "LANG", "PYTHON", "TIKTOKEN"),
)
# But what CI cannot install there is a failure, not a reason to skip: workers of the suite inherit this.
if os.environ.get("CI", "").lower() in ("1", "true"):
    os.environ["FTLINT_TESTED_IN_CI"] = "1"
for name in [name for name in os.environ if name.startswith(SURROUNDINGS)]:
    del os.environ[name]

# Nor does what other runs remember: those of the suite remember in a directory of their own.
KEPT = tempfile.TemporaryDirectory(prefix="ftlint-cache-")
os.environ["FTLINT_CACHE_DIR"] = KEPT.name

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile("quick", max_examples=60, deadline=None, suppress_health_check=SLOW_IS_FINE)
settings.register_profile("thorough", max_examples=2000, deadline=None, suppress_health_check=SLOW_IS_FINE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_terminal_summary(terminalreporter):
    """Print the tables that tests made of what they did."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, lines in getattr(report, "user_properties", ()):
            if name == "table" and report.when == "call":
                terminalreporter.write_line("\n".join(["", *lines]))

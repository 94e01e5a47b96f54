"""
ftlint: the linter for fine-tuning data.

    from ftlint import check
    report = check("train.jsonl", model="gpt-4o-mini")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = ["Finding", "FtlintError", "Report", "check", "convert", "fix"]

if TYPE_CHECKING:
    from ftlint.api import check, convert, fix
    from ftlint.core.errors import FtlintError
    from ftlint.engine.finding import Finding
    from ftlint.engine.report import Report


def __getattr__(name: str) -> Any:
    """Load the library when it is first used: the command line starts without it."""
    if name == "check":
        from ftlint.api import check

        return check
    if name == "convert":
        from ftlint.api import convert

        return convert
    if name == "fix":
        from ftlint.api import fix

        return fix
    if name == "Report":
        from ftlint.engine.report import Report

        return Report
    if name == "Finding":
        from ftlint.engine.finding import Finding

        return Finding
    if name == "FtlintError":
        from ftlint.core.errors import FtlintError

        return FtlintError
    raise AttributeError(f"module 'ftlint' has no attribute {name!r}")

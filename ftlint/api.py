"""The library: the same run as `ftlint check`, with the same words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftlint.config.load import load, validated
from ftlint.engine.run import on_day, run

if TYPE_CHECKING:
    from os import PathLike

    from ftlint.engine.report import Report


def check(
    *paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    config: str | PathLike[str] | None = None,
    isolated: bool = True,
    **settings: Any,
) -> Report:
    """
    Check files and directories and return the report.

    `settings` are the fields of `ftlint.config.settings.Settings`: `model="gpt-4o-mini"`, `method="dpo"`,
    `validation="valid.jsonl"`, `grader="grader.json"`, `select=["FT2"]`, … Exact tokens and the cost are counted
    unless `totals=False`. No configuration file is read unless `config` names one or `isolated=False` asks for
    the nearest.

    Raises `FtlintError` when the call is wrong. A file that cannot be read stands in the report's `failures`.
    """
    flat: list[str] = []
    for path in paths:
        flat.extend([str(path)] if isinstance(path, str) or hasattr(path, "__fspath__") else map(str, path))
    for name in ("grader", "validation"):
        if hasattr(settings.get(name), "__fspath__"):
            settings[name] = str(settings[name])
    given = validated({"totals": True, **settings})
    configuration = load(Path.cwd(), Path(config) if config else None, isolated and config is None, **given)
    return run(flat, on_day(configuration, date.today()))

"""The library: the same as `ftlint check` and `ftlint convert`, with the same words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftlint.config.load import baseline_of, load, validated
from ftlint.engine.run import on_day, run

if TYPE_CHECKING:
    from os import PathLike

    from ftlint.config.load import Configuration
    from ftlint.engine.muting import Muted
    from ftlint.engine.report import Report
    from ftlint.transform.convert import Outcome
    from ftlint.transform.fix import FixedFile


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

    With `baseline="ftlint-baseline.json"`, or one beside the configuration that is read, what it holds is muted.

    Raises `FtlintError` when the call is wrong. A file that cannot be read stands in the report's `failures`.
    """
    flat, configuration = _call(paths, config, isolated, settings)
    return run(flat, configuration, muting=_known(configuration))


def fix(
    *paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    unsafe: bool = False,
    backup: bool = False,
    config: str | PathLike[str] | None = None,
    isolated: bool = True,
    **settings: Any,
) -> tuple[Report, list[FixedFile]]:
    """
    Fix files as `ftlint check --fix` does; the report about what is left, and what was done to each file.

    `unsafe` makes the fixes that change the data, too; `backup` keeps what each file was under its name with `.bak`
    behind it. The rest is that of `check`. Raises `FtlintError` when the call is wrong. A file that cannot be read or
    written stands in the report's `failures`, and is as it was.
    """
    from ftlint.transform.fix import Fixer

    flat, configuration = _call(paths, config, isolated, settings)
    fixer = Fixer(unsafe=unsafe, on=configuration.settings.today or date.today(), backup=backup)
    return run(flat, configuration, check=fixer.check, muting=_known(configuration)), fixer.files


def _known(configuration: Configuration) -> Muted | None:
    place = baseline_of(configuration)
    if configuration.settings.baseline is None and (configuration.file is None or not place.is_file()):
        return None
    from ftlint.engine.baseline import read
    from ftlint.engine.muting import Muted

    return Muted(read(place), configuration.settings.dataset)


def _call(
    paths: Iterable[str | PathLike[str] | Iterable[str | PathLike[str]]],
    config: str | PathLike[str] | None,
    isolated: bool,
    settings: dict[str, Any],
) -> tuple[list[str], Configuration]:
    for name in ("grader", "validation", "baseline"):
        if hasattr(settings.get(name), "__fspath__"):
            settings[name] = str(settings[name])
    given = validated({"totals": True, **settings})
    configuration = load(Path.cwd(), Path(config) if config else None, isolated and config is None, **given)
    return _flat(paths), on_day(configuration, date.today())


def convert(
    *paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    output: str | PathLike[str],
    to: str,
    keep_extra: str | PathLike[str] | None = None,
    force: bool = False,
    **options: Any,
) -> Outcome:
    """
    Write the rows of files in another format, and return what was written and what has no counterpart.

    `options` are the fields of `ftlint.transform.job.Job`: `system="Be brief"`, `columns={"prompt": "question"}`, …

    Raises `FtlintError` when the call is wrong, a file cannot be read, or nothing can be written.
    """
    from contextlib import ExitStack

    from ftlint.core.errors import FtlintError
    from ftlint.transform.atomic import atomic, refuse_overwriting
    from ftlint.transform.convert import convert
    from ftlint.transform.job import Job

    inputs = _flat(paths)
    try:
        job = Job(to, **options)
    except TypeError as error:
        raise FtlintError(str(error).replace("Job.__init__()", "convert()")) from error
    for path in (output, keep_extra):
        if path is not None and not force:
            refuse_overwriting(str(path), inputs)
    with ExitStack() as stack:
        file = stack.enter_context(atomic(str(output)))
        return convert(inputs, job, file, stack.enter_context(atomic(str(keep_extra))) if keep_extra else None)


def _flat(paths: Iterable[str | PathLike[str] | Iterable[str | PathLike[str]]]) -> list[str]:
    flat: list[str] = []
    for path in paths:
        flat.extend([str(path)] if isinstance(path, str) or hasattr(path, "__fspath__") else map(str, path))
    return flat

"""The library: the same as `ftlint check` and `ftlint convert`, with the same words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftlint.config.load import baseline_of, load, validated
from ftlint.core.errors import FtlintError
from ftlint.engine.parts import Part, parts_for, run_parts
from ftlint.engine.run import on_day

if TYPE_CHECKING:
    from os import PathLike

    from ftlint.engine.muting import Muted
    from ftlint.engine.report import Report
    from ftlint.transform.convert import Outcome
    from ftlint.transform.fix import FixedFile


def check(
    *paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    dataset: str | Iterable[str] = (),
    base: str | None = None,
    config: str | PathLike[str] | None = None,
    isolated: bool | None = None,
    **settings: Any,
) -> Report:
    """
    Check files and directories, or datasets, and return the report.

    `settings` are the fields of `ftlint.config.settings.Settings`: `model="gpt-4o-mini"`, `method="dpo"`,
    `validation="valid.jsonl"`, `grader="grader.json"`, `select=["FT2"]`, … Exact tokens and the cost are counted
    unless `totals=False`. No configuration file is read unless `config` names one, or `dataset` or `isolated=False`
    asks for the nearest.

    `dataset` names one dataset of the configuration or several; without it and without paths all of them are checked,
    each by its own settings where `settings` says nothing else. With `base`, a git commit, only what is new since then
    is reported; `comparison` in the report says what has changed. Where no configuration that is read has datasets,
    `base` without paths takes the files that have changed.

    With `baseline="ftlint-baseline.json"`, or one beside the configuration that is read, what it holds is muted.

    Raises `FtlintError` when the call is wrong. A file that cannot be read stands in the report's `failures`.
    """
    call = _Call(paths, dataset, config, isolated, settings)
    if base is None or call.names_nothing:
        return run_parts(call.parts(), muting=call.known())
    from ftlint.engine.against import Against

    compared = bool(call.configuration.settings.totals)
    against = Against(base, call.parts(), call.known(), content=True, compared=compared)
    report = run_parts(against.parts, muting=against.muting)
    against.compare(report)
    return report


def fix(
    *paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    unsafe: bool = False,
    backup: bool = False,
    dataset: str | Iterable[str] = (),
    config: str | PathLike[str] | None = None,
    isolated: bool | None = None,
    **settings: Any,
) -> tuple[Report, list[FixedFile]]:
    """
    Fix files as `ftlint check --fix` does; the report about what is left, and what was done to each file.

    `unsafe` makes the fixes that change the data, too; `backup` keeps what each file was under its name with `.bak`
    behind it. The rest is that of `check`. Raises `FtlintError` when the call is wrong. A file that cannot be read or
    written stands in the report's `failures`, and is as it was.
    """
    from ftlint.transform.fix import Fixer

    call = _Call(paths, dataset, config, isolated, settings)
    fixer = Fixer(unsafe=unsafe, on=call.configuration.settings.today or date.today(), backup=backup)
    return run_parts(call.parts(), check=fixer.check, muting=call.known()), fixer.files


class _Call:
    """What the arguments of a call mean. Raises FtlintError where they are wrong."""

    def __init__(
        self,
        paths: Iterable[str | PathLike[str] | Iterable[str | PathLike[str]]],
        dataset: str | Iterable[str],
        config: str | PathLike[str] | None,
        isolated: bool | None,
        settings: dict[str, Any],
    ) -> None:
        for name in ("grader", "validation", "baseline"):
            if hasattr(settings.get(name), "__fspath__"):
                settings[name] = str(settings[name])
        self.given = validated({"totals": True, **settings})
        paths = tuple(paths)
        self.paths = tuple(_flat(paths))
        self.names_nothing = bool(paths) and not self.paths
        """An empty list of paths: nothing is checked, where without paths all would be."""
        self.datasets = (dataset,) if isinstance(dataset, str) else tuple(dataset)
        if not all(isinstance(name, str) for name in self.datasets):
            raise FtlintError("dataset takes names of datasets that stand in the configuration")
        alone = config is None and (isolated if isolated is not None else not self.datasets)
        configuration = load(Path.cwd(), Path(config) if config else None, alone, **self.given)
        self.configuration = on_day(configuration, date.today())

    def parts(self) -> list[Part]:
        """What is to be checked."""
        if self.names_nothing:
            return [Part((), self.configuration)]
        return parts_for(self.paths, self.datasets, self.configuration, self.given)

    def known(self) -> Muted | None:
        """What is to be muted, where there is a baseline."""
        configuration = self.configuration
        place = baseline_of(configuration)
        if configuration.settings.baseline is None and (configuration.file is None or not place.is_file()):
            return None
        from ftlint.config.datasets import holders
        from ftlint.engine.baseline import read
        from ftlint.engine.muting import Muted

        return Muted(read(place), holders(configuration.settings))


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

"""Several jobs in one run: datasets, each by settings of its own, and one report about all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from ftlint.config.load import Configuration
from ftlint.config.settings import Dataset, Settings
from ftlint.core.errors import FtlintError
from ftlint.engine import hits
from ftlint.engine.located import Located
from ftlint.engine.outcome import FileOutcome, put_together
from ftlint.engine.report import Gate, Report
from ftlint.engine.run import Check, Checker, checked, with_stale

if TYPE_CHECKING:
    from ftlint.engine.drift import LockCheck
    from ftlint.engine.muting import Muting


class Part(NamedTuple):
    """Files that are checked as one job: those of a dataset, or (None) those that were named."""

    paths: Sequence[str]
    configuration: Configuration
    dataset: str | None = None

    def told(self, change: Callable[[Settings], Settings]) -> Part:
        """The same by other settings."""
        return self._replace(configuration=replace(self.configuration, settings=change(self.configuration.settings)))


def parts_of(configuration: Configuration, datasets: Iterable[Dataset], given: Mapping[str, Any]) -> list[Part]:
    """A part for each dataset; what stands in `given` was typed, and wins."""
    from ftlint.config.datasets import laid_over

    settings = configuration.settings
    return [
        Part(dataset.files, replace(configuration, settings=laid_over(settings, dataset, given)), dataset.name)
        for dataset in datasets
    ]


def parts_for(
    paths: Sequence[str], datasets: Collection[str], configuration: Configuration, given: Mapping[str, Any]
) -> list[Part]:
    """
    The files that were named, or the datasets; without either all datasets that are configured.

    Raises FtlintError for both at once, and for an unknown dataset.
    """
    if paths and datasets:
        raise FtlintError("name files or datasets, not both")
    if not datasets and (paths or not configuration.settings.dataset):
        return [Part(paths, configuration)]
    from ftlint.config.datasets import chosen

    return parts_of(configuration, chosen(configuration.settings, datasets), given)


def run_parts(
    parts: Iterable[Part],
    *,
    stdin: BinaryIO | None = None,
    excerpts: bool = True,
    located: Located | None = None,
    check: Check | None = None,
    begin: Callable[[Checker], None] | None = None,
    lock: LockCheck | None = None,
    muting: Muting | None = None,
) -> Report:
    """
    Check part after part as `ftlint.engine.run.run` does, and hold the files against a lock where one is given. `begin`
    is called with the checker of each part.

    A file in two parts is checked for each. Where a dataset cannot be checked as a whole, as its model is unknown or
    its grader unreadable, that is one of the report's failures; FtlintError is raised only when the files were named.
    """
    outcomes: list[FileOutcome] = []
    failures: list[str] = []
    gates: list[Gate] = []
    room = hits.MAX_LISTED
    for part in parts:
        try:
            checker = Checker(part.configuration, stdin, excerpts, located, muting, part.dataset)
            if begin:
                begin(checker)
        except FtlintError as error:
            if part.dataset is None:
                raise
            failures.append(f"dataset {part.dataset}: {error}")
            continue
        checker.room = room
        found = checked(checker, part.paths, check)
        room = checker.room
        if lock:
            lock.compare(found.outcomes, checker)
        if part.dataset is not None:
            found = found._replace(
                outcomes=[outcome.for_dataset(part.dataset) for outcome in found.outcomes],
                failures=[f"dataset {part.dataset}: {failure}" for failure in found.failures],
            )
        outcomes += found.outcomes
        failures += found.failures
        gates += found.gates
    if lock:
        outcomes += lock.concluded()
    return with_stale(put_together(outcomes, failures, gates), muting)

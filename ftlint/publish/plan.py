"""What publishing a file would do, and what it is expected to cost: everything that is said before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ftlint.core.errors import FtlintError
from ftlint.engine.report import Cost, FileReport, Report
from ftlint.profiles.catalog import provider, resolve
from ftlint.profiles.model import Profile
from ftlint.publish.connection import Connection
from ftlint.publish.local import LocalFile, digest
from ftlint.publish.request import JobOptions, JobRequest, build

IN_REQUEST = ("suffix", "seed", "metadata")
"""Settings of the table `hyperparameters` that stand in the request itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A file of the job: as it lies here, and as it was counted. `purpose` is training or validation."""

    purpose: str
    local: LocalFile
    counted: FileReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    One job that is not started yet.

    `epochs` is None for a job that is billed by the hour; unless `epochs_asked`, they are the provider's automatic
    choice, as far as it is known. `cost` is None where it is unknown.
    """

    files: tuple[PlannedFile, ...]
    profile: Profile
    model: str
    method: str
    epochs: int | None
    epochs_asked: bool
    cost: Cost | None
    price: float | None
    hourly: float | None
    warnings: int
    connection: Connection
    request: JobRequest

    @property
    def training(self) -> PlannedFile:
        """The file that is trained on."""
        return self.files[0]

    def to_dict(self) -> dict[str, Any]:
        """The plan as JSON values; the request without our key and the files' ids, which are not known yet."""
        connection = self.connection
        return {
            "files": [_of_file(file) for file in self.files],
            "model": {
                "name": self.model,
                "provider": self.profile.provider,
                "job_creation_closed": _day(self.profile.job_creation_closed),
                "shutdown": _day(self.profile.shutdown),
                "tuned_shutdown": _day(self.profile.tuned_shutdown),
            },
            "method": self.method,
            "epochs": self.epochs,
            "epochs_asked": self.epochs_asked,
            "cost": {"usd": self.cost.amount, "price_as_of": self.cost.price_as_of.isoformat()} if self.cost else None,
            "destination": {"id": connection.destination.id, "host": connection.host, **connection.identity},
            "key": self.request.key,
            "request": self.request.body,
            "warnings": self.warnings,
        }


def plan(
    report: Report,
    connection: Connection,
    options: JobOptions,
    *,
    sources: tuple[str, str | None],
    epochs_asked: bool,
) -> Plan:
    """
    Put the plan together from what the check found. `sources` are the paths of the training and the validation file.

    Raises FtlintError when a file cannot be read, or the destination takes no such request.
    """
    counted = {file.purpose: file for file in report.files}
    training = counted["training"]
    digests = {path: digest(path) for path in dict.fromkeys(filter(None, sources))}
    files = [PlannedFile(purpose="training", local=digests[sources[0]], counted=training)]
    if sources[1] is not None:
        files.append(PlannedFile(purpose="validation", local=digests[sources[1]], counted=counted["validation"]))
    details = report.details[training.path]
    request = build(connection, options, files[0].local, files[1].local if len(files) > 1 else None)
    return Plan(
        files=tuple(files),
        profile=_profile(training),
        model=str(request.body["model"]),
        method=options.method,
        epochs=None if details.hourly is not None or options.method == "reinforcement" else training.epochs,
        epochs_asked=epochs_asked,
        cost=training.cost,
        price=float(details.price) if details.price is not None else None,
        hourly=float(details.hourly) if details.hourly is not None else None,
        warnings=report.summary.warnings,
        connection=connection,
        request=request,
    )


def sent_name(asked: str, profile: Profile | None) -> str:
    """
    The name of the model that goes into the request: the profile's id, so that an alias means one model for good.

    A fine-tuned model, to be trained further, and one that ftlint does not know, go as they were asked for.
    """
    name = asked.strip()
    if profile is None or profile.id is None:
        return name
    prefix, slash, rest = name.partition("/")
    bare = rest if slash and prefix.casefold() == profile.provider else name
    return bare if provider(profile.provider).base(bare) != bare else profile.id


def split_hyperparameters(table: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The hyperparameters of the method, and what stands in the request itself."""
    own = {name: value for name, value in table.items() if name not in IN_REQUEST}
    return own, {name: value for name, value in table.items() if name in IN_REQUEST}


def _profile(file: FileReport) -> Profile:
    try:
        return resolve(f"{file.provider}/{file.model}" if file.model else file.provider)
    except FtlintError:
        return resolve(file.provider)


def _of_file(file: PlannedFile) -> dict[str, Any]:
    tokens = file.counted.tokens
    return {
        "purpose": file.purpose,
        "path": file.local.path,
        "name": file.local.name,
        "bytes": file.local.bytes,
        "sha256": file.local.sha256,
        "rows": file.counted.rows,
        "tokens": tokens.total if tokens else None,
        "billed_tokens": tokens.billed if tokens else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

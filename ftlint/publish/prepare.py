"""From what the user typed to a plan: the dataset, the target, the check, the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from ftlint.config.datasets import laid_over
from ftlint.config.load import Configuration
from ftlint.config.settings import Settings
from ftlint.core.errors import FtlintError
from ftlint.engine.grading import BOM
from ftlint.engine.grading import load as load_grader
from ftlint.engine.run import run
from ftlint.formats.graders.grader import unwrapped
from ftlint.profiles.catalog import providers, resolve
from ftlint.profiles.model import Profile
from ftlint.publish.connection import Address, Connection, destination_of
from ftlint.publish.destinations import Destination
from ftlint.publish.plan import Plan, plan, sent_name, split_hyperparameters
from ftlint.publish.request import JobOptions

if TYPE_CHECKING:
    from ftlint.engine.located import Located
    from ftlint.engine.report import Report


class Target(NamedTuple):
    """The model as it was asked for, what is known of it (None: nothing), and the service that is to train it."""

    model: str
    profile: Profile | None
    destination: Destination

    @property
    def rules(self) -> str:
        """By what rows are checked: the model, or where it is not known the provider whose API the service has."""
        if self.profile is None:
            return self.destination.profile or "openai"
        return f"{self.profile.provider}/{self.model.removeprefix(f'{self.profile.provider}/')}"


class Asked(NamedTuple):
    """What is asked of a job beside the settings of its check."""

    wandb: str | None = None
    training_type: str | None = None
    extra_body: Mapping[str, Any] = {}


def with_dataset(settings: Settings, name: str, given: Mapping[str, Any]) -> tuple[Settings, str]:
    """
    The settings of a dataset of the configuration and its training file; any other name is a file's.

    What stands in `given` was typed, and wins. Raises FtlintError for a dataset with several training files.
    """
    dataset = next((one for one in settings.dataset if one.name == name), None)
    if dataset is None:
        return settings, name
    if len(dataset.files) != 1:
        several = f'the dataset "{name}" has {len(dataset.files)} training files'
        raise FtlintError(f"{several}; a job has exactly one, which ftlint merge makes of them")
    return laid_over(settings, dataset, given), dataset.files[0]


def target_of(model: str | None, address: Address, settings: Settings, environment: Mapping[str, str]) -> Target:
    """
    Which model, at which service.

    Raises FtlintError for a model that nobody knows, unless the user named the service: there it is the service's.
    """
    if model is None:
        raise FtlintError("name the model to train: --model MODEL")
    if address.destination is None and address.base_url is None:
        profile = resolve(model)
        if profile.id is None:
            raise FtlintError(f'"{model}" is a provider; name the model to train: --model {profile.provider}/MODEL')
        destination, _ = destination_of(address, profile.provider, settings.destinations, environment)
        return Target(model, profile, destination)
    destination, _ = destination_of(address, "", settings.destinations, environment)
    return Target(model, _known(model, destination), destination)


def checked(configuration: Configuration, target: Target, train: str, located: Located | None) -> Report:
    """The check of the files of the job, with exact totals."""
    if "-" in (train, configuration.settings.validation):
        raise FtlintError("what is published is a file, not standard input")
    settings = replace(configuration.settings, model=target.rules, totals=True)
    report = run((train,), replace(configuration, settings=settings), located=located)
    if not report.failures and [file.purpose for file in report.files].count("training") != 1:
        raise FtlintError(f"{train} is not one training file; a job has exactly one")
    return report


def planned(
    report: Report, connection: Connection, target: Target, settings: Settings, train: str, asked: Asked
) -> Plan:
    """The plan. Raises FtlintError when the service takes no such job."""
    training = next(file for file in report.files if file.purpose == "training")
    if training.method is None:
        raise FtlintError(f"{train} has no rows that a job can be trained on")
    own, inside = split_hyperparameters(settings.hyperparameters)
    epochs = settings.epochs if settings.epochs is not None else own.pop("n_epochs", None)
    options = JobOptions(
        model=sent_name(target.model, target.profile),
        method=training.method,
        hyperparameters={**({"n_epochs": epochs} if epochs is not None else {}), **own},
        grader=_grader(settings.grader) if settings.grader else None,
        suffix=inside.get("suffix"),
        seed=inside.get("seed"),
        metadata=inside.get("metadata") or {},
        **asked._asdict(),
    )
    sources = (train, settings.validation)
    return plan(report, connection, options, sources=sources, epochs_asked=isinstance(epochs, int))


def _known(model: str, destination: Destination) -> Profile | None:
    """What is known of a model at a service; a model of the service's own provider first."""
    provider = destination.profile or destination.id
    names = [f"{provider}/{model}"] if provider in providers() else []
    for name in (*names, model):
        try:
            found = resolve(name)
        except FtlintError:
            continue
        if found.id is not None:
            return found
    return None


def _grader(path: str) -> dict[str, Any]:
    """The grader, out of what it is wrapped in; that it is one has been checked."""
    grader: dict[str, Any] = unwrapped(orjson.loads(load_grader(path).raw.removeprefix(BOM)))
    return grader

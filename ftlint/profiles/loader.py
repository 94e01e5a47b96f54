"""
From the TOML of one provider to its profiles.

    [provider]            what holds for every model; a model inherits it, and overrides what it names itself
    [provider.methods.M]  what holds for the method M; a model has those it names, and inherits the rest
    [provider.images]     limits for images; a model with `images = true` has them, one without takes none
    [[model]]             one model

`tuned_id` of a provider is the pattern of the ids of fine-tuned models; with `any_model` it takes models that
its file does not name. A run reads the JSON beside the TOML, which `scripts/profile_tables.py` writes.

Unknown keys raise: a misspelt fact would otherwise be a missing one.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from ftlint.profiles.model import (
    Hyperparameter,
    ImageLimits,
    JobLimits,
    Method,
    PatchTokens,
    Price,
    Profile,
    TileTokens,
)

Table = dict[str, Any]

MONEY = {"training", "training_per_hour", "input", "cached_input", "output"}


def read(document: Table) -> tuple[Table, list[Table]]:
    """
    What is the provider's and no profile's (`tuned_id`, `any_model`), and a table a profile, shaped like `Profile`.

    The first table is the provider's own, the others are its models in the order of the file.
    """
    if unknown := document.keys() - {"provider", "model"}:
        raise ValueError(f"unknown tables {sorted(unknown)}")
    provider: Table = dict(document["provider"])
    own = {"tuned_id": provider.pop("tuned_id", None), "any_model": provider.pop("any_model", False)}
    shared: Table = provider.pop("hyperparameters", {})
    for method in provider["methods"].values():
        method["hyperparameters"] = shared | method.get("hyperparameters", {})
    provider["provider"] = provider.pop("id")
    return own, [provider, *(_inherit(provider, model) for model in document.get("model", []))]


def _inherit(provider: Table, model: Table) -> Table:
    table = provider | model
    table["id"] = model["id"]
    table["methods"] = {name: provider["methods"].get(name, {}) | own for name, own in model.get("methods", {}).items()}
    table["levels"] = provider.get("levels", {}) | model.get("levels", {})
    table["notes"] = model.get("notes", []) + provider.get("notes", [])
    images = model.get("images")
    table["images"] = provider.get("images") if images is True else images
    return table


def build(table: Table) -> Profile:
    """The profile that a table describes."""
    try:
        return Profile(**{key: PARTS[key](value) if key in PARTS else value for key, value in table.items()})
    except TypeError as error:  # an unknown key, or one that is missing
        error.add_note(f"in the profile of {table.get('provider')} {table.get('id') or ''}")
        raise


def _methods(tables: dict[str, Table]) -> dict[str, Method]:
    return {name: _method(**table) for name, table in tables.items()}


def _method(hyperparameters: dict[str, Table], **facts: Any) -> Method:
    built = {name: _hyperparameter(**table) for name, table in hyperparameters.items()}
    return Method(hyperparameters=built, **facts)


def _hyperparameter(choices: list[str] | None = None, **facts: Any) -> Hyperparameter:
    return Hyperparameter(choices=tuple(choices or ()), **facts)


def _images(table: Table | None) -> ImageLimits | None:
    if table is None:
        return None
    listed = {key: tuple(table[key]) for key in table.keys() & {"types", "modes", "schemes"}}
    return ImageLimits(**(table | listed))


def _image_tokens(table: Table) -> TileTokens | PatchTokens:
    if table["kind"] == "patches":
        return PatchTokens(**(table | {"multiplier": Decimal(table["multiplier"])}))
    if table["kind"] == "tiles":
        return TileTokens(**table)
    raise TypeError(f"unknown kind of image tokens: {table['kind']}")


def _prices(tables: list[Table]) -> tuple[Price, ...]:
    return tuple(_price(table) for table in tables)


def _price(table: Table) -> Price:
    money = {key: Decimal(table[key]) for key in table.keys() & MONEY}
    return Price(**(table | money | {"start": _day(table["start"])}))


def _day(value: date | str) -> date:
    """A day of TOML, or what is left of it in JSON."""
    return date.fromisoformat(str(value))


def _job(table: Table) -> JobLimits:
    return JobLimits(**table)


PARTS: dict[str, Any] = {
    "aliases": tuple,
    "notes": tuple,
    "special_tokens": tuple,
    "methods": _methods,
    "images": _images,
    "image_tokens": _image_tokens,
    "prices": _prices,
    "job": _job,
    "checked": _day,
    "job_creation_closed": _day,
    "shutdown": _day,
    "tuned_shutdown": _day,
}

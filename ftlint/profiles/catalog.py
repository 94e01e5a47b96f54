"""Which profile a name means."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean
from ftlint.profiles.model import Profile

FOLDER = Path(__file__).parent
HINT = 'See "ftlint models".'


class Provider(NamedTuple):
    """
    The profiles of one file, and how the ids of its fine-tuned models look.

    With `any_model` it has more models than its file: those have what holds for all of them.
    """

    default: Profile
    models: tuple[Profile, ...]
    tuned_id: str | None
    any_model: bool
    names: dict[str, Profile]

    def base(self, name: str) -> str:
        """The model that the fine-tuned model `name` was trained from; any other name as it is."""
        import re

        tuned = re.match(self.tuned_id, name, re.IGNORECASE) if self.tuned_id else None
        return tuned[1] if tuned else name

    def find(self, name: str) -> Profile | None:
        """The model with this id or alias, or the one that it was fine-tuned from."""
        return self.names.get(self.base(name).casefold())

    def model(self, name: str) -> Profile | None:
        """The same, or what holds for any model, under the name that it was asked for."""
        found = self.find(name)
        if found is None and self.any_model and name and name == _shown(name):
            return self.default._replace(id=name)
        return found


@cache
def providers() -> tuple[str, ...]:
    """The names of the providers; a provider's file is read when something asks for it."""
    return tuple(_document("providers")["providers"])


@cache
def provider(name: str) -> Provider:
    """The provider of one of these names."""
    from ftlint.profiles.loader import build, read

    own, tables = read(_document(name))
    default, *models = map(build, tables)
    names = {name.casefold(): model for model in models for name in _names(model)}
    return Provider(default=default, models=tuple(models), names=names, **own)


def resolve(name: str | None) -> Profile:
    """
    The profile of a model, an alias or a fine-tuned model's id, also after `PROVIDER/`. Case is ignored.

    A provider alone gives what holds for all its models, and None what holds for those of the first provider.
    """
    if name is None:
        return provider(providers()[0]).default
    name = name.strip()
    if not name:
        raise FtlintError(f"the name of the model is empty. {HINT}")
    prefix, slash, model = name.partition("/")
    if prefix.casefold() in providers():
        chosen = provider(prefix.casefold())
        found = chosen.model(model.strip()) if slash else chosen.default
        if found is None:
            raise _unknown_model(chosen.base(model) or name, [chosen])
        return found
    for known in _every():
        if found := known.find(name):
            return found
    base = next((base for known in _every() if (base := known.base(name)) != name), None)
    if slash and base is None:
        raise FtlintError(f'unknown provider "{_shown(prefix)}".{did_you_mean(prefix, providers())} {HINT}')
    raise _unknown_model(base or name, list(_every()))


def all_profiles() -> tuple[Profile, ...]:
    """Every model of every provider, in the order of the files."""
    return tuple(model for known in _every() for model in known.models)


def spelt(profile: Profile) -> str:
    """The name that a user may write for a profile: the provider is left out where it is the first."""
    if profile.id is None:
        return profile.provider
    return profile.id if profile.provider == providers()[0] else f"{profile.provider}/{profile.id}"


def provider_profiles() -> tuple[Profile, ...]:
    """What holds for every model of a provider, for each provider, in the order of the files."""
    return tuple(known.default for known in _every())


def _document(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module, from the JSON that is written from it."""
    document: dict[str, Any] = orjson.loads((FOLDER / f"{name}.json").read_bytes())
    return document


def _every() -> Iterator[Provider]:
    return map(provider, providers())


def _names(profile: Profile) -> tuple[str, ...]:
    return (profile.id or "", *profile.aliases)


def _unknown_model(name: str, among: list[Provider]) -> FtlintError:
    candidates = [known for one in among for model in one.models for known in _names(model)]
    candidates += [one.default.provider for one in among]
    return FtlintError(f'unknown model "{_shown(name)}".{did_you_mean(name, candidates)} {HINT}')


def _shown(name: str) -> str:
    """`name` as a terminal may show it: short, and without control characters."""
    cut = name if len(name) <= 100 else name[:99] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in cut)

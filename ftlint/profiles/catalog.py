"""Which profile a name means."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean
from ftlint.profiles.model import Profile

FILES = ("openai.toml",)
"""A file a provider. The first is the provider of whoever names none; earlier files win a bare model name."""

HINT = 'See "ftlint models".'


@dataclass(frozen=True, slots=True)
class Provider:
    """The profiles of one file, and how the ids of its fine-tuned models look."""

    default: Profile
    models: tuple[Profile, ...]
    tuned_id: str | None
    names: dict[str, Profile]

    def base(self, name: str) -> str:
        """The model that the fine-tuned model `name` was trained from; any other name as it is."""
        import re

        tuned = re.match(self.tuned_id, name, re.IGNORECASE) if self.tuned_id else None
        return tuned[1] if tuned else name

    def find(self, name: str) -> Profile | None:
        """The model with this id or alias, or the one that it was fine-tuned from."""
        return self.names.get(self.base(name).casefold())


def resolve(name: str | None) -> Profile:
    """
    The profile of a model, an alias or a fine-tuned model's id, also after `PROVIDER/`. Case is ignored.

    A provider alone gives what holds for all its models, and None what holds for those of the first provider.
    """
    if name is None:
        return _load(FILES[0]).default
    name = name.strip()
    if not name:
        raise FtlintError(f"the name of the model is empty. {HINT}")
    prefix, slash, model = name.partition("/")
    for provider in _providers():
        if name.casefold() == provider.default.provider:
            return provider.default
        if slash and prefix.casefold() == provider.default.provider:
            found = provider.find(model)
            if found is None:
                raise _unknown_model(provider.base(model) or name, [provider])
            return found
        if found := provider.find(name):
            return found
    providers = list(_providers())
    base = next((base for provider in providers if (base := provider.base(name)) != name), None)
    if slash and base is None:
        suggestion = did_you_mean(prefix, [provider.default.provider for provider in providers])
        raise FtlintError(f'unknown provider "{_shown(prefix)}".{suggestion} {HINT}')
    raise _unknown_model(base or name, providers)


def all_profiles() -> tuple[Profile, ...]:
    """Every model of every provider, in the order of the files."""
    return tuple(model for provider in _providers() for model in provider.models)


def providers() -> tuple[Profile, ...]:
    """What holds for every model of a provider, for each provider, in the order of the files."""
    return tuple(provider.default for provider in _providers())


def _providers() -> Iterator[Provider]:
    return map(_load, FILES)


@cache
def _load(file: str) -> Provider:
    from ftlint.profiles.loader import build, read

    tuned_id, tables = read(Path(__file__).with_name(file).read_text(encoding="utf-8"))
    default, *models = map(build, tables)
    names = {name.casefold(): model for model in models for name in _names(model)}
    return Provider(default=default, models=tuple(models), tuned_id=tuned_id, names=names)


def _names(profile: Profile) -> tuple[str, ...]:
    return (profile.id or "", *profile.aliases)


def _unknown_model(name: str, providers: list[Provider]) -> FtlintError:
    candidates = [known for provider in providers for model in provider.models for known in _names(model)]
    candidates += [provider.default.provider for provider in providers]
    return FtlintError(f'unknown model "{_shown(name)}".{did_you_mean(name, candidates)} {HINT}')


def _shown(name: str) -> str:
    """`name` as a terminal may show it: short, and without control characters."""
    cut = name if len(name) <= 100 else name[:99] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in cut)

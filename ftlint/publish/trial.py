"""What trying a model means: which rows, which models, at what cost. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from ftlint.config.load import Configuration
from ftlint.core.errors import FtlintError
from ftlint.engine.rows import first_rows
from ftlint.profiles.catalog import provider, providers
from ftlint.profiles.model import Price
from ftlint.publish.connection import Address, Connection
from ftlint.publish.prepare import Target, target_of
from ftlint.publish.prompts import Prompt, prompt_of
from ftlint.publish.tryout import Limits, Tried, estimate
from ftlint.tokens.encoder import load as load_encoder


class Trial(NamedTuple):
    """
    Prompts for one model, or for two. `provider` is whose service is asked where the user names none.

    `wrong` are the rows that were passed over for their errors, `bare` those with nothing before the answer.
    """

    path: str
    provider: str
    models: tuple[Tried, ...]
    prompts: list[Prompt]
    wrong: list[int]
    bare: list[int]
    limits: Limits

    def usd(self) -> Decimal | None:
        """What all of it costs at most; None when any part is not known."""
        costs = [estimate(tried, self.prompts, self.limits.max_output_tokens).usd for tried in self.models]
        return None if None in costs else sum((cost for cost in costs if cost is not None), Decimal(0))

    def to_dict(self, connection: Connection) -> dict[str, Any]:
        """The plan as JSON values."""
        usd = self.usd()
        return {
            "path": self.path,
            "rows": len(self.prompts),
            "left_out": {"with errors": self.wrong, "with nothing before the answer": self.bare},
            "requests": len(self.prompts) * len(self.models),
            "max_output_tokens": self.limits.max_output_tokens,
            "temperature": self.limits.temperature,
            "estimates": [self._estimated(tried) for tried in self.models],
            "usd": None if usd is None else float(usd),
            "destination": {"id": connection.destination.id, "host": connection.host},
        }

    def _estimated(self, tried: Tried) -> dict[str, Any]:
        found = estimate(tried, self.prompts, self.limits.max_output_tokens)
        return {
            **found._asdict(),
            "estimated": any(prompt.estimated for prompt in self.prompts),
            "usd": None if found.usd is None else float(found.usd),
            "price_as_of": None if found.usd is None or tried.price is None else tried.price.start.isoformat(),
            "why": None if found.usd is not None else _why(tried),
        }


def trial_of(
    model: str,
    against: str | None,
    path: str,
    rows: int,
    limits: Limits,
    address: Address,
    configuration: Configuration,
    environment: Mapping[str, str],
) -> Trial:
    """The first rows of a file without an error, as prompts. Raises FtlintError when there is nothing to send."""
    settings = configuration.settings
    for name in (model, against):
        if name is not None and name.strip().casefold() in providers():
            raise FtlintError(f'"{name.strip()}" is a provider; name a model, as {name.strip()}/MODEL')
    own = target_of(model, address, settings, environment)
    other = target_of(against, address, settings, environment) if against is not None else None
    if other is not None and other.destination != own.destination:
        raise FtlintError(f"{model} and {against} are at different services; name one with --to or --base-url")
    if own.profile is None and other is not None and other.profile is not None:
        own, rules = own._replace(profile=other.profile), other.rules
    else:
        rules = own.rules
    if path == "-":
        raise FtlintError("the rows are read from a file, not from standard input")
    chosen = first_rows(path, replace(configuration, settings=replace(settings, model=rules)), rows)
    profile = own.profile
    count = load_encoder(profile.encoding, settings.encoder).count if profile and profile.encoding else None
    prompts: list[Prompt] = []
    bare: list[int] = []
    for number, row in chosen.rows:
        prompt = prompt_of(number, row, chosen.format, profile, count)
        if prompt is None:
            bare.append(number)
        else:
            prompts.append(prompt)
    if not prompts:
        raise FtlintError(f"{path} has no row to send: none without an error that has something before its answer")
    today = settings.today
    price = profile.price_on(today) if profile and today and _is_tuned(own) else None
    models = [_tried(own, price), *([_tried(other, None)] if other else [])]
    named = profile.provider if profile else ""
    return Trial(path, named, tuple(models), prompts, chosen.wrong, bare, limits)


def _tried(target: Target, price: Price | None) -> Tried:
    """The model under the name that it was asked for, without a provider's before it."""
    name = target.model.strip()
    prefix, slash, rest = name.partition("/")
    if slash and target.profile is not None and prefix.casefold() == target.profile.provider:
        name = rest.strip()
    return Tried(name, target.profile, price)


def _is_tuned(target: Target) -> bool:
    """Whether the prices of the profile are this model's: they are those of fine-tuned models, not of their bases."""
    assert target.profile is not None
    tried = _tried(target, None)
    named = provider(target.profile.provider).names
    return tried.name.casefold() not in named


def _why(tried: Tried) -> str:
    """Why a cost is not known."""
    if tried.price is not None and tried.price.input is not None and tried.price.output is not None:
        return "the tokens of its prompts are not known"
    known = tried.profile
    is_base = known is not None and known.prices and tried.name in (known.id, *known.aliases)
    return "the price of the base model is not known" if is_base else "its price is not known"

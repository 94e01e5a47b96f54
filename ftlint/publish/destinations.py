"""Where a file can be published. The facts are in `destinations.toml`, and may be added to in the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ftlint.config.settings import DestinationSettings
from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean

Field = Literal["suffix", "seed", "metadata", "validation_file", "method", "integrations"]


class Destination(NamedTuple):
    """
    A service, by the fields that `destinations.toml` tells of; sizes in bytes, times in seconds.

    `profile` is the provider by whose rules rows are checked where the model is not known.
    """

    id: str
    match: tuple[str, ...] = ()
    base_url: str | None = None
    base_url_env: str | None = None
    key_env: tuple[str, ...] = ()
    client: Literal["openai", "azure"] = "openai"
    profile: str | None = None
    omit: tuple[Field, ...] = ()
    wraps_hyperparameters: bool = True
    training_types: tuple[str, ...] = ()
    headers: Mapping[str, str] = {}
    extra_body: Mapping[str, Any] = {}
    upload_from: int | None = None
    part_bytes: int = 0
    lag: float = 0
    poll: float = 0
    retry: float = 0
    timeout: float = 0
    commands: Mapping[str, tuple[str, ...]] = {}
    source: str = "your configuration"
    checked: date | None = None


@cache
def bundled() -> tuple[Destination, ...]:
    """Those that come with ftlint."""
    import tomllib

    document = tomllib.loads(Path(__file__).with_name("destinations.toml").read_text(encoding="utf-8"))
    return tuple(_build({**document["defaults"], **table}) for table in document["destination"])


def named(name: str, own: Mapping[str, DestinationSettings]) -> Destination:
    """The destination of this name: the configuration's, which may build on one that is known, or a known one."""
    if name in own:
        table = {key: value for key, value in asdict(own[name]).items() if value is not None}
        start = _known(table.pop("like", None) or (name if name in _names() else "openai"))
        if "base_url" in table and start.id != name:
            start = start._replace(key_env=())  # the key of one service is not for another
        return start._replace(**_tuples({**table, "id": name}))
    if name not in _names():
        raise FtlintError(f'unknown destination "{name}".{did_you_mean(name, [*_names(), *own])}')
    return _known(name)


def of_address(host_and_path: str) -> Destination:
    """The destination whose address this is; any other has OpenAI's API, a key of its own and no Uploads API."""
    for one in bundled():
        if any(fnmatch(host_and_path, pattern) for pattern in one.match):
            return one
    return _known("openai")._replace(id=host_and_path.partition("/")[0], key_env=(), upload_from=None, profile="openai")


def _known(name: str) -> Destination:
    if name not in _names():
        raise FtlintError(f'unknown destination "{name}".{did_you_mean(name, _names())}')
    return next(one for one in bundled() if one.id == name)


def _names() -> list[str]:
    return [one.id for one in bundled()]


def _build(table: dict[str, Any]) -> Destination:
    commands = _tuples(table.get("commands", {}))
    return Destination(**{**_tuples(table), "commands": commands})


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}

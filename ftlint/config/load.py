"""Find the configuration: the nearest `ftlint.toml` or `[tool.ftlint]`, and nothing else. The nearest wins, whole."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ftlint.config.settings import AMOUNTS, BASELINE, Budget, Dataset, DestinationSettings, PriceOverride, Settings
from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean

if TYPE_CHECKING:
    from decimal import Decimal

    from pydantic import TypeAdapter

TABLES = {"dataset": Dataset, "budget": Budget, "destinations": DestinationSettings, "prices": PriceOverride}
"""Tables inside the configuration, by the key that they or their tables stand under."""
KINDS = ("str", "tuple[str, ...]")
"""What pydantic puts into a place where a value may be of one kind or another."""


@dataclass(slots=True, eq=False, repr=False)
class Configuration:
    """Settings and the directory that their relative paths and patterns start from."""

    settings: Settings
    root: Path
    file: Path | None = None


def load(start: Path, config: Path | None = None, isolated: bool = False, **overrides: Any) -> Configuration:
    """
    The settings for a run started in `start`; `overrides` that are not None win.

    Raises FtlintError for a file that cannot be read, an unknown key or a value of the wrong kind.
    """
    file, table = (None, {}) if isolated else _explicit(config) if config else _nearest(start)
    settings = _validate(table, file) if table and file else Settings()
    if file is not None:
        settings = _seen_from(start, settings, file.parent)
    known = {field.name for field in fields(Settings)}
    for key in overrides:
        if key not in known:
            raise FtlintError(f'unknown setting "{key}".{did_you_mean(key, known)}')
    given = {key: value for key, value in overrides.items() if value is not None}
    return Configuration(replace(settings, **given), file.parent if file else start, file)


def baseline_of(configuration: Configuration) -> Path:
    """Where the baseline is, or would be."""
    given = configuration.settings.baseline
    if given is not None:
        return Path(given)
    place, here = configuration.root / BASELINE, Path.cwd()
    return place.relative_to(here) if place.is_relative_to(here) else place


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a configuration file, for editors."""
    schema = _adapter().json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def validated(settings: dict[str, Any]) -> dict[str, Any]:
    """Settings given by name, each of the right kind. Raises FtlintError as `load` does."""
    table = {key.replace("_", "-"): value for key, value in settings.items() if value is not None}
    checked = _check(table, "the call")
    return {key.replace("-", "_"): getattr(checked, key.replace("-", "_")) for key in table}


def _seen_from(start: Path, settings: Settings, root: Path) -> Settings:
    """The settings with the files that they name, relative to the configuration, as they are seen from `start`."""

    def seen(value: str) -> str:
        try:
            path = start / root / Path(value).expanduser()
        except RuntimeError:  # nobody's home
            path = start / root / value
        return str(path.relative_to(start) if path.is_relative_to(start) else path)

    def with_files_seen(named: Any, *names: str) -> dict[str, Any]:
        return {name: seen(value) for name in names if (value := getattr(named, name)) is not None}

    datasets = tuple(
        replace(dataset, train=tuple(map(seen, dataset.files)), **with_files_seen(dataset, "grader", "validation"))
        for dataset in settings.dataset
    )
    return replace(
        settings, dataset=datasets, **with_files_seen(settings, "grader", "validation", "baseline", "cache_dir")
    )


def _explicit(path: Path) -> tuple[Path | None, dict[str, Any]]:
    content = _parse(path)
    if path.name == "pyproject.toml":
        content = _own_table(content) or {}
    return path, content


def _nearest(start: Path) -> tuple[Path | None, dict[str, Any]]:
    for directory in (start, *start.parents):
        own = directory / "ftlint.toml"
        if own.is_file():
            return own, _parse(own)
        project = directory / "pyproject.toml"
        if project.is_file() and b"ftlint" in _read(project):
            table = _own_table(_parse(project))
            if table is not None:
                return project, table
    return None, {}


def _own_table(content: dict[str, Any]) -> Any:
    """What stands under [tool.ftlint], or None; a `tool` that is no table is another program's to complain about."""
    tool = content.get("tool")
    return tool.get("ftlint") if isinstance(tool, dict) else None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FtlintError(f"cannot read {path}: {error.strerror}") from error


def _parse(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(_read(path).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FtlintError(f"{path} is not valid TOML: {error}") from error


@cache
def _adapter() -> TypeAdapter[Settings]:
    from pydantic import TypeAdapter

    return TypeAdapter(Settings)


def is_amount(value: Decimal | int) -> bool:
    """Whether it is a number of 0 or more that a program can hold."""
    try:
        return 0 <= float(value) < inf
    except OverflowError:
        return False


def _refuse_wrong_amounts(table: dict[str, Any], settings: Settings, where: str) -> None:
    """For less than nothing, and for true, which is a number to pydantic as well."""
    places: list[tuple[str, dict[str, Any], Settings | Budget]] = [("", table, settings)]
    for dataset, given in zip(settings.dataset, table.get("dataset", ()), strict=True):
        if isinstance(given, dict) and isinstance(given.get("budget"), dict):
            places.append(("dataset.budget.", given["budget"], dataset.budget))
    for place, given, checked in places:
        for name in AMOUNTS:
            key = name.replace("_", "-")
            if key not in given:
                continue
            value = getattr(checked, name)
            if type(given[key]) is bool or (value is not None and not is_amount(value)):
                raise FtlintError(f'wrong value for "{place}{key}" in {where}: expected a number of 0 or more')


def _validate(table: Any, file: Path) -> Settings:
    where = f"{file.name}, [tool.ftlint]" if file.name == "pyproject.toml" else file.name
    if not isinstance(table, dict):
        raise FtlintError(f"{where} is not a table")
    settings = _check(table, where)
    if settings.dataset:
        from ftlint.config.datasets import refuse_unclear

        refuse_unclear(settings.dataset, where)
    return settings


def _check(table: dict[str, Any], where: str) -> Settings:
    from pydantic import ValidationError

    try:
        settings = _adapter().validate_python(table)
        _refuse_wrong_amounts(table, settings, where)
        return settings
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        *path, key = [str(step) for step in first["loc"] if step not in KINDS] or [""]
        if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
            table_of = next((TABLES[step] for step in reversed(path) if step in TABLES), Settings)
            known = [field.name.replace("_", "-") for field in fields(table_of)]
            inside = f"{'.'.join(path)} of {where}" if path else where
            raise FtlintError(f'unknown key "{key}" in {inside}.{did_you_mean(key, known)}') from None
        place = ".".join((*path, key))
        raise FtlintError(f'wrong value for "{place}" in {where}: {first["msg"]}') from None

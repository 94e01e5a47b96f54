"""How the tables of a provider's file combine into profiles, and that a misspelt fact is noticed."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from ftlint.profiles import model
from ftlint.profiles.catalog import provider, providers
from ftlint.profiles.loader import build, read
from ftlint.profiles.model import ImageLimits, Price, Profile

FOLDER = Path(model.__file__).parent
PARTS = (
    model.Profile,
    model.Method,
    model.Hyperparameter,
    model.ImageLimits,
    model.TileTokens,
    model.PatchTokens,
    model.JobLimits,
    model.Price,
)

MINIMAL = """
[provider]
id = "acme"
encoding = "o200k_base"
source = "https://acme.example/docs"
checked = 2026-11-23
levels = { FT206 = "warning", FT208 = "off" }
images = { max_per_row = 4 }
notes = ["of all"]
hyperparameters.n_epochs = { type = "integer", minimum = 1 }
methods.supervised = { schemas = { chat = "chat.schema.json" }, min_rows = 10 }
methods.dpo = { schemas = { preference = "preference.schema.json" } }

[[model]]
id = "small"
"""


def profiles(text: str) -> list[Profile]:
    return [build(table) for table in read(tomllib.loads(text))[1]]


def test_a_model_has_what_its_provider_says_unless_it_says_otherwise():
    provider, small = profiles(MINIMAL + 'encoding = "cl100k_base"\nlevels.FT208 = "error"\nnotes = ["of one"]')
    assert (provider.provider, provider.id, provider.encoding) == ("acme", None, "o200k_base")
    assert (small.provider, small.id, small.encoding) == ("acme", "small", "cl100k_base")
    assert small.levels == {"FT206": "warning", "FT208": "error"}
    assert small.notes == ("of one", "of all")
    assert provider.levels["FT208"] == "off"


def test_a_model_takes_only_the_methods_that_it_names():
    _, small = profiles(MINIMAL)
    assert small.methods == {}
    _, small = profiles(MINIMAL + "methods.dpo = {}\nmethods.supervised.min_rows = 3")
    assert list(small.methods) == ["dpo", "supervised"]
    assert small.methods["supervised"].schemas == {"chat": "chat.schema.json"}
    assert small.methods["supervised"].min_rows == 3
    assert small.methods["dpo"].hyperparameters["n_epochs"].minimum == 1


def test_a_model_takes_images_only_if_it_says_so():
    provider, small = profiles(MINIMAL)
    assert provider.images == ImageLimits(max_per_row=4)
    assert small.images is None
    assert profiles(MINIMAL + "images = true")[1].images == ImageLimits(max_per_row=4)
    assert profiles(MINIMAL + "images = {}")[1].images == ImageLimits()


@pytest.mark.parametrize(
    "line",
    [
        "trainin_context = 1",
        "images = { max_rws = 1 }",
        'image_tokens = { kind = "tiles", base = 85, tiles = 170 }',
        'image_tokens = { kind = "patches", multiplier = "1.72" }',
        'image_tokens = { kind = "pixels", base = 85, tile = 170 }',
        "job = { max_sed = 1 }",
        "methods.dpo = { min_row = 1 }",
        "methods.dpo.hyperparameters.beta = { type = 'number', maximun = 2 }",
        "prices = [{ start = 2026-01-01, source = 'x', trainig = '1' }]",
        "methods.unheard_of = { min_rows = 1 }",
        "[models]",
        "[[mdoel]]",
    ],
)
def test_an_unknown_or_missing_key_raises(line):
    with pytest.raises((TypeError, ValueError)):
        profiles(MINIMAL + line)


def test_the_message_for_an_unknown_key_names_key_and_model():
    with pytest.raises(TypeError, match="trainin_context") as caught:
        profiles(MINIMAL + "trainin_context = 1")
    assert caught.value.__notes__ == ["in the profile of acme small"]


def test_money_is_read_from_text_without_rounding():
    line = "prices = [{ start = 2026-01-01, source = 'https://acme.example', training = '1.875' }]"
    (price,) = profiles(MINIMAL + line)[1].prices
    assert price == Price(start=date(2026, 1, 1), source="https://acme.example", training=Decimal("1.875"))


@pytest.mark.parametrize(
    ("day", "training"),
    [
        ("2023-08-21", None),
        ("2023-08-22", "8"),
        ("2023-11-05", "8"),
        ("2023-11-06", "9"),
        ("2030-01-01", "9"),
    ],
)
def test_the_price_in_force_is_the_latest_that_had_started(day, training):
    prices = (
        Price(start=date(2023, 11, 6), source="s", training=Decimal(9)),
        Price(start=date(2023, 8, 22), source="s", training=Decimal(8)),
    )
    profile = Profile(provider="p", encoding="e", source="s", checked=date(2026, 11, 23), prices=prices)
    price = profile.price_on(date.fromisoformat(day))
    assert (price and price.training) == (training and Decimal(training))


@pytest.fixture
def strict(monkeypatch):
    """A pydantic reader of profiles that forbids unknown keys at every depth."""
    for part in PARTS:
        monkeypatch.setattr(part, "__pydantic_config__", {"extra": "forbid"}, raising=False)
    return TypeAdapter(Profile)


def test_every_file_of_a_provider_is_listed_and_has_its_name():
    of_no_provider = {"providers", "errors"}
    assert {path.stem for path in FOLDER.glob("*.toml")} - of_no_provider == set(providers())
    for name in providers():
        assert provider(name).default.provider == name == name.casefold()


@pytest.mark.parametrize("name", providers())
def test_pydantic_reads_the_same_profiles_from_the_same_tables(name, strict):
    own, tables = read(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
    assert len(tables) > 1 or own["any_model"]
    for table in tables:
        assert strict.validate_python(table) == build(table)


def test_pydantic_refuses_what_the_loader_refuses(strict):
    with pytest.raises(ValidationError, match="max_rws"):
        strict.validate_python(read(tomllib.loads(MINIMAL + "images = { max_rws = 1 }"))[1][1])

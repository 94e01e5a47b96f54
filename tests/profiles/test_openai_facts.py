"""The facts about OpenAI's models, against a second list of them picked by hand."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

import pytest

from ftlint.profiles.catalog import provider, resolve
from ftlint.profiles.model import Hyperparameter, ImageLimits, JobLimits, PatchTokens, Price, TileTokens

TODAY = date(2026, 11, 23)
TEXT = "openai/chat-text.schema.json"
SCHEMAS = {
    "chat.schema.json",
    TEXT,
    "completion.schema.json",
    "openai/preference.schema.json",
    "reinforcement.schema.json",
}
MODELS = provider("openai").models
ALL = (resolve(None), *MODELS)

FACTS = """
id                      | alias         | methods        | encoding    | trains | infers | $ train/in/cached/out | shutdown
gpt-3.5-turbo-0613      |               | supervised     | cl100k_base | 4096   | 4096   | 8 3 - 6               | 2024-09-13
gpt-3.5-turbo-1106      |               | supervised     | cl100k_base | 16385  | 16385  | 8 3 - 6               | 2026-09-28
gpt-3.5-turbo-0125      | gpt-3.5-turbo | supervised     | cl100k_base | 16385  | 16385  | 8 3 - 6               | 2026-10-23
babbage-002             |               | supervised     | cl100k_base | 4096   | 16384  | 0.4 1.6 - 1.6         | 2026-09-28
davinci-002             |               | supervised     | cl100k_base | 4096   | 16384  | 6 12 - 12             | 2026-09-28
gpt-4-0613              | gpt-4         | supervised     | cl100k_base | None   | 8192   | - - - -               | 2026-10-23
gpt-4o-2024-05-13       |               | supervised     | o200k_base  | None   | 128000 | - - - -               | 2026-10-23
gpt-4o-2024-08-06       | gpt-4o        | supervised dpo | o200k_base  | 65536  | 128000 | 25 3.75 1.875 15      | 2027-01-14
gpt-4o-mini-2024-07-18  | gpt-4o-mini   | supervised     | o200k_base  | 65536  | 128000 | 3 0.3 0.15 1.2        | 2027-01-14
gpt-4.1-2025-04-14      | gpt-4.1       | supervised dpo | o200k_base  | 65536  | 128000 | 25 3 0.75 12          | 2027-01-14
gpt-4.1-mini-2025-04-14 | gpt-4.1-mini  | supervised dpo | o200k_base  | 65536  | 128000 | 5 0.8 0.2 3.2         | 2027-01-14
gpt-4.1-nano-2025-04-14 | gpt-4.1-nano  | supervised dpo | o200k_base  | 65536  | 128000 | 1.5 0.2 0.05 0.8      | 2026-10-23
o4-mini-2025-04-16      | o4-mini       | reinforcement  | o200k_base  | None   | None   | - 4 1 16              | 2026-10-23
"""  # noqa: E501
ROWS = [[cell.strip() for cell in line.split("|")] for line in FACTS.strip().splitlines()[1:]]
UNKNOWN = Price(start=TODAY, source="")


def test_the_models_are_those_that_were_ever_open_to_fine_tuning():
    assert [profile.id for profile in MODELS] == [row[0] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_facts_of_a_model_are_those_picked_by_hand(row):
    profile = resolve(row[0])
    price = profile.price_on(TODAY) or UNKNOWN
    amounts = (price.training, price.input, price.cached_input, price.output)
    known = [None if amount == "-" else Decimal(amount) for amount in row[6].split()]
    assert list(amounts) == known
    assert row == [
        profile.id,
        " ".join(profile.aliases),
        " ".join(profile.methods),
        profile.encoding,
        str(profile.training_context),
        str(profile.inference_context),
        row[6],
        str(profile.shutdown),
    ]
    assert profile.provider == "openai"


@pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.id or "openai")
def test_every_profile_says_where_its_facts_are_from_and_when_someone_looked(profile):
    assert profile.checked == TODAY
    for source in (profile.source, *(price.source for price in profile.prices)):
        assert urlsplit(source).scheme == "https"
    assert profile.confidence in {"high", "medium", "low"}


@pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.id or "openai")
def test_dates_and_money_are_typed(profile):
    for day in (profile.job_creation_closed, profile.shutdown, profile.tuned_shutdown):
        assert day is None or type(day) is date
    for price in profile.prices:
        assert type(price.start) is date
        amounts = (price.training, price.training_per_hour, price.input, price.cached_input, price.output)
        assert {type(amount) for amount in amounts} <= {Decimal, type(None)}
        assert all(amount > 0 for amount in amounts if amount is not None)
    starts = [price.start for price in profile.prices]
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.id or "openai")
def test_every_schema_that_a_profile_names_is_one_that_ships(profile):
    assert {schema for method in profile.methods.values() for schema in method.schemas.values()} <= SCHEMAS
    assert profile.methods


def test_chat_models_take_chat_rows_and_base_models_completion_rows():
    assert resolve(None).methods["supervised"].schemas == {
        "chat": "chat.schema.json",
        "completion": "completion.schema.json",
    }
    assert resolve("gpt-4o").methods["supervised"].schemas == {"chat": "chat.schema.json"}
    assert resolve("gpt-4.1").methods["supervised"].schemas == {"chat": TEXT}
    assert resolve("gpt-4.1").methods["dpo"].schemas == {"preference": "openai/preference.schema.json"}
    assert resolve("davinci-002").methods["supervised"].schemas == {"completion": "completion.schema.json"}
    assert resolve("o4-mini").methods["reinforcement"].schemas == {"reinforcement": "reinforcement.schema.json"}


def test_supervised_rows_end_with_the_assistant_and_reinforcement_rows_with_the_user():
    methods = resolve(None).methods
    assert {name: method.last_role for name, method in methods.items()} == {
        "supervised": "assistant",
        "dpo": None,
        "reinforcement": "user",
    }


def test_row_limits_depend_on_the_method():
    methods = resolve(None).methods
    assert (methods["supervised"].min_rows, methods["supervised"].max_rows) == (10, None)
    assert methods["dpo"].min_rows == 10
    reinforcement = methods["reinforcement"]
    assert (reinforcement.min_rows, reinforcement.max_rows) == (None, 50_000)
    assert (reinforcement.max_validation_rows, reinforcement.validation_required) == (1_000, True)
    assert not methods["supervised"].validation_required


def test_only_the_vision_model_and_the_reasoning_model_take_images():
    limits = ImageLimits(
        max_per_row=10,
        max_rows=50_000,
        max_bytes=10 * 1024**2,
        types=("image/jpeg", "image/png", "image/webp"),
        modes=("RGB", "RGBA"),
        schemes=("http", "https", "data"),
    )
    taken = {profile.id: profile.images for profile in ALL if profile.images is not None}
    assert taken == {None: limits, "gpt-4o-2024-08-06": limits, "o4-mini-2025-04-16": ImageLimits()}


def test_models_that_take_images_say_what_these_cost_and_what_is_common_to_all_models_does_not():
    taken = {profile.id: profile.image_tokens for profile in ALL if profile.images is not None}
    assert taken == {
        None: None,
        "gpt-4o-2024-08-06": TileTokens(kind="tiles", base=85, tile=170),
        "o4-mini-2025-04-16": PatchTokens(kind="patches", multiplier=Decimal("1.72"), max_patches=1536),
    }
    assert all(profile.image_tokens is None for profile in ALL if profile.images is None)


@pytest.mark.parametrize("profile", ALL, ids=lambda profile: profile.id or "openai")
def test_what_holds_for_all_models_holds_for_each(profile):
    assert profile.over_limit == "truncate"
    assert profile.bom == "forbid"
    assert profile.max_tools == 128
    assert (profile.max_file_bytes, profile.max_upload_bytes) == (512 * 1024**2, 8 * 1024**3)
    assert profile.job == JobLimits(
        max_suffix_length=64,
        max_seed=2**31 - 1,
        max_metadata_pairs=16,
        max_metadata_key_length=64,
        max_metadata_value_length=512,
    )
    assert profile.levels == {
        "FT006": "error",
        "FT206": "warning",
        "FT207": "warning",
        "FT208": "off",
        "FT209": "warning",
        "FT214": "warning",
        "FT216": "warning",
        "FT409": "warning",
        "FT412": "warning",
        "FT604": "warning",
    }


def test_hyperparameters_have_the_ranges_of_the_api():
    methods = resolve(None).methods
    shared = {"n_epochs", "batch_size", "learning_rate_multiplier"}
    assert set(methods["supervised"].hyperparameters) == shared
    assert set(methods["dpo"].hyperparameters) == shared | {"beta"}
    reinforcement = methods["reinforcement"].hyperparameters
    assert set(reinforcement) == shared | {
        "compute_multiplier",
        "eval_interval",
        "eval_samples",
        "reasoning_effort",
    }
    assert reinforcement["n_epochs"] == Hyperparameter(type="integer", minimum=1, maximum=50, auto=True)
    assert methods["dpo"].hyperparameters["beta"] == Hyperparameter(type="number", above=0, maximum=2, auto=True)
    assert reinforcement["reasoning_effort"].choices == ("default", "low", "medium", "high")


def test_four_models_were_open_on_the_day_of_the_check_and_all_of_them_close_with_the_platform():
    still_open = {profile.id for profile in MODELS if profile.job_creation_closed > TODAY}
    assert still_open == {
        "gpt-4o-2024-08-06",
        "gpt-4o-mini-2024-07-18",
        "gpt-4.1-2025-04-14",
        "gpt-4.1-mini-2025-04-14",
    }
    assert {resolve(name).job_creation_closed for name in still_open} == {date(2027, 1, 6)}
    assert resolve(None).job_creation_closed == date(2027, 1, 6)


def test_no_model_outlives_its_fine_tuned_models_and_each_names_a_replacement():
    for profile in MODELS:
        assert profile.job_creation_closed <= profile.shutdown
        assert profile.tuned_shutdown is None or profile.shutdown <= profile.tuned_shutdown
        assert profile.replacement


@pytest.mark.parametrize(
    ("day", "prices"),
    [("2023-08-21", None), ("2023-09-01", ("8", "12", "16")), ("2024-01-01", ("8", "3", "6"))],
)
def test_the_first_turbo_model_became_cheaper_to_use_on_the_day_of_the_announcement(day, prices):
    price = resolve("gpt-3.5-turbo-0613").price_on(date.fromisoformat(day))
    assert (price and (price.training, price.input, price.output)) == (
        prices and tuple(Decimal(amount) for amount in prices)
    )


def test_reinforcement_is_billed_by_the_hour():
    price = resolve("o4-mini").price_on(TODAY)
    assert (price.training, price.training_per_hour) == (None, Decimal(100))


@pytest.mark.parametrize(("name", "dollars"), [("gpt-3.5-turbo", "2.40"), ("gpt-4o-mini", "0.90")])
def test_the_price_gives_the_guides_own_example_of_100000_tokens_and_3_epochs(name, dollars):
    assert resolve(name).price_on(TODAY).training * 100_000 * 3 / 1_000_000 == Decimal(dollars)

"""What is known about a target: provider, model, method. The facts are in the TOML files beside this one."""

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

MethodName = Literal["supervised", "dpo", "reinforcement"]
FormatName = Literal["chat", "completion", "preference", "reinforcement"]
Level = Literal["error", "warning", "info", "off"]
Confidence = Literal["high", "medium", "low"]


class Price(NamedTuple):
    """Dollars per million tokens (or per hour of training) from a day on. None: not known."""

    start: date
    source: str
    training: Decimal | None = None
    training_per_hour: Decimal | None = None
    input: Decimal | None = None
    cached_input: Decimal | None = None
    output: Decimal | None = None
    note: str | None = None


class Hyperparameter(NamedTuple):
    """What a hyperparameter takes: values over `above`, `minimum` to `maximum`, and "auto" with `auto`."""

    type: Literal["integer", "number", "choice"]
    minimum: float | None = None
    above: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    auto: bool = False


class Method(NamedTuple):
    """How a training method wants its rows. `schemas` maps each format it takes to a file in `schemas/`."""

    schemas: dict[FormatName, str]
    last_role: Literal["assistant", "user"] | None = None
    ends_with_calls: bool = True
    """Whether the last answer may be a call of tools."""
    min_rows: int | None = None
    max_rows: int | None = None
    max_validation_rows: int | None = None
    validation_required: bool = False
    hyperparameters: dict[str, Hyperparameter] = {}


class ImageLimits(NamedTuple):
    """What a model that takes images takes of them; None or empty: not known."""

    max_per_row: int | None = None
    max_rows: int | None = None
    max_bytes: int | None = None
    types: tuple[str, ...] = ()
    """MIME types."""
    modes: tuple[str, ...] = ()
    """How pixels are stored, by the names that Pillow has for it: RGB, RGBA, L for grey, …"""
    schemes: tuple[str, ...] = ()
    """Of the URLs."""


class TileTokens(NamedTuple):
    """An image costs `base`, and `tile` for each of its tiles (`ftlint/tokens/images.py` cuts them)."""

    kind: Literal["tiles"]
    base: int
    tile: int


class PatchTokens(NamedTuple):
    """An image costs `multiplier` for each of its patches, of which there are at most `max_patches`."""

    kind: Literal["patches"]
    multiplier: Decimal
    max_patches: int


class JobLimits(NamedTuple):
    """What the request that starts a job may hold; lengths in characters, None: not known."""

    max_suffix_length: int | None = None
    suffix_pattern: str | None = None
    max_seed: int | None = None
    max_metadata_pairs: int | None = None
    max_metadata_key_length: int | None = None
    max_metadata_value_length: int | None = None


class Profile(NamedTuple):
    """
    One model of one provider, or (with `id` None) what holds for every model of the provider.

    Contexts are tokens, sizes bytes, `levels` the severities that this target gives to rules whose severity
    depends on it. Whatever is unknown is None or empty (without an `encoding`, nothing is counted), but for
    `images`, where None means: takes no images.

    From the day `job_creation_closed`, at the latest, nobody can start a job. On the day `shutdown` the model
    itself stops answering, on the day `tuned_shutdown` the models that were trained from it do. In its error
    messages the provider numbers the rows of a file from `errors_count_from`. A request for an answer says by
    `output_limit` how many tokens it may have.
    """

    provider: str
    source: str
    checked: date
    id: str | None = None
    aliases: tuple[str, ...] = ()
    methods: dict[MethodName, Method] = {}
    encoding: str | None = None
    training_context: int | None = None
    inference_context: int | None = None
    over_limit: Literal["truncate", "reject"] | None = None
    max_tools: int | None = None
    max_file_bytes: int | None = None
    max_upload_bytes: int | None = None
    max_job_tokens: int | None = None
    bills_validation: bool | None = None
    bom: Literal["forbid", "require", "any"] = "any"
    special_tokens: tuple[str, ...] = ()
    images: ImageLimits | None = None
    image_tokens: TileTokens | PatchTokens | None = None
    levels: dict[str, Level] = {}
    job: JobLimits = JobLimits()
    prices: tuple[Price, ...] = ()
    job_creation_closed: date | None = None
    shutdown: date | None = None
    tuned_shutdown: date | None = None
    replacement: str | None = None
    errors_count_from: Literal[0, 1] | None = None
    output_limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    confidence: Confidence = "medium"
    notes: tuple[str, ...] = ()

    def price_on(self, day: date) -> Price | None:
        """The price in force on `day`: the latest that started by then."""
        started = [price for price in self.prices if price.start <= day]
        return max(started, key=lambda price: price.start, default=None)

"""
The settings. A field's name is the key in the configuration file (with dashes) and, where there is one, the flag.

A plain dataclass: pydantic validates configuration files against it (`ftlint.config.load`), and is not even
imported when there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from ftlint.profiles.model import FormatName, MethodName

OutputFormat = Literal["full", "concise", "grouped", "json", "json-lines", "github"]
FailOn = Literal["error", "warning", "info", "never"]
EncoderName = Literal["tiktoken", "splintr"]

EXCLUDED = (
    ".git",
    ".hg",
    ".svn",
    ".tox",
    ".nox",
    ".venv",
    "venv",
    "node_modules",
    "__pycache__",
    "site-packages",
    "*.dropped.jsonl",  # rows that a fix took out of a file
)

BASELINE = "ftlint-baseline.json"
"""The baseline that is looked for beside the configuration."""

BUDGET = ("max_cost", "max_tokens", "max_rows", "min_rows", "max_duplicates", "max_over_limit")
"""The settings that are budgets."""
AMOUNTS = (*BUDGET, "max_per_rule", "closing_days", "max_rows_in_memory", "max_line_bytes")
"""The settings that are a number of 0 or more."""

STRICT: dict[str, Any] = {
    "extra": "forbid",
    "alias_generator": lambda name: name.replace("_", "-"),
    "use_attribute_docstrings": True,
}
"""For pydantic: unknown keys are refused, keys have dashes, docstrings go into the schema."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class PriceOverride:
    """Your own price of a model, in dollars per million tokens."""

    training: Decimal
    """Dollars per million tokens trained."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Budget:
    """What the training files of a dataset may take together. What is left out is as in the settings."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    max_cost: Decimal | None = None
    """Dollars that training may cost; an unknown cost does not pass."""
    max_tokens: int | None = None
    """Billed tokens in all epochs together."""
    max_rows: int | None = None
    """Most rows."""
    min_rows: int | None = None
    """Least rows."""
    max_duplicates: int | None = None
    """Rows that say what an earlier one says, in any of the training files."""
    max_over_limit: int | None = None
    """Rows over the context limit."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Dataset:
    """Files that belong to one job, under a name. What is left out is as in the settings."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    name: str
    """What the command line calls it."""
    train: str | tuple[str, ...]
    """The training file, or several."""
    validation: str | None = None
    """The validation file."""
    model: str | None = None
    """The target."""
    method: MethodName | None = None
    """The training method."""
    grader: str | None = None
    """The grader of a reinforcement job."""
    epochs: int | None = None
    """Epochs of the job."""
    suffix: str | None = None
    """Part of the name of the model that comes out."""
    budget: Budget = field(default_factory=Budget)
    """What it may take."""

    @property
    def files(self) -> tuple[str, ...]:
        """The training files."""
        return (self.train,) if isinstance(self.train, str) else self.train


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class DestinationSettings:
    """A service of your own to publish to: a gateway, or one that has OpenAI's API. What is left out is as there."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    like: str | None = None
    """The known destination that it is like."""
    base_url: str | None = None
    """Its address."""
    key_env: list[str] | None = None
    """Variables of the environment that may hold the key. The key itself never stands in a configuration."""
    profile: str | None = None
    """The provider by whose rules rows are checked where the model is not known."""
    omit: list[Literal["suffix", "seed", "metadata", "validation_file", "method", "integrations"]] | None = None
    """Fields of a request that it does not take."""
    wraps_hyperparameters: bool | None = None
    """Whether hyperparameters stand in `method`, as OpenAI wants them, or at the top of the request."""
    headers: dict[str, str] | None = None
    """Headers of every request. Secrets do not belong here: see `--header`."""
    extra_body: dict[str, Any] | None = None
    """Fields of the request that starts a job, laid over the others."""
    upload_from: int | None = None
    """Bytes from which a file is sent in parts, by the Uploads API."""
    part_bytes: int | None = None
    """Bytes of a part."""
    lag: float | None = None
    """Seconds that its lists of files and jobs may lag behind."""
    poll: float | None = None
    """Seconds between two looks at a job, at first."""
    retry: float | None = None
    """Seconds before a request is repeated for the first time."""
    timeout: float | None = None
    """Seconds that a request may take."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Settings:
    """Everything that a run can be told."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    model: str | None = None
    """The target: MODEL, PROVIDER/MODEL, PROVIDER, an alias or a fine-tuned model's id (ft:…)."""
    method: MethodName | None = None
    """The training method; without it the one that the rows' format belongs to."""
    format: FormatName | None = None
    """The rows' format; without it, it is recognised."""
    grader: str | None = None
    """The grader of a reinforcement job, a JSON file; with it, chat rows are for that method unless one is given."""
    validation: str | None = None
    """The job's validation file: checked like the training files, but not trained on."""
    select: tuple[str, ...] = ()
    """Check only these rules: codes, prefixes of codes, names, or ALL."""
    ignore: tuple[str, ...] = ()
    """Leave these rules out."""
    extend_select: tuple[str, ...] = ()
    """Check these rules as well."""
    per_file_ignores: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Rules to leave out by file: glob patterns to codes."""
    exclude: tuple[str, ...] = ()
    """Glob patterns of files and directories that a search through directories skips."""
    force_exclude: bool = False
    """Skip excluded files even when they are named, as pre-commit does."""
    output_format: OutputFormat | None = None
    """How findings are printed; without it, full for few findings and grouped for many."""
    fail_on: FailOn = "error"
    """The least severity of a finding that makes the exit status 1."""
    baseline: str | None = None
    """A file of findings that are known and muted, made by `ftlint baseline create`; without it,
    `ftlint-baseline.json` beside the configuration, where there is one."""
    fail_on_stale: bool = False
    """Exit with 1 when the baseline holds findings that are no longer there."""
    max_per_rule: int | None = None
    """Show at most so many findings of a rule (0: all). Never changes totals, exit status or machine formats."""
    epochs: int | None = None
    """Epochs of the job; without it the provider's automatic rule."""
    max_cost: Decimal | None = None
    """An error when the estimated cost of a file in dollars is higher, or unknown."""
    max_tokens: int | None = None
    """An error when a file has more billed tokens in all epochs together."""
    max_rows: int | None = None
    """An error when a training file has more rows."""
    min_rows: int | None = None
    """An error when a training file has fewer rows."""
    max_duplicates: int | None = None
    """An error when more rows of a training file repeat an earlier one, as FT701 has it."""
    max_over_limit: int | None = None
    """An error when more rows of a training file are over the context limit, or when nobody knows."""
    totals: bool | None = None
    """Count exact tokens; without it, when something asks for them: a terminal, JSON, a budget."""
    encoder: EncoderName | None = None
    """What counts the tokens; without it splintr where it is installed, else tiktoken. The counts are the same."""
    show_content: bool | None = None
    """Show the text around a finding; without it, except where CI is set."""
    closing_days: int = 90
    """Warn when a model or its job creation closes within so many days."""
    hyperparameters: dict[str, Any] = field(default_factory=dict)
    """Hyperparameters of the job to check against their ranges: n_epochs, batch_size, suffix, seed, …"""
    prices: dict[str, PriceOverride] = field(default_factory=dict)
    """Your own prices by model id."""
    dataset: tuple[Dataset, ...] = ()
    """Datasets by name: `ftlint check` checks them all, `--dataset NAME` one, `ftlint publish NAME` publishes it."""
    destinations: dict[str, DestinationSettings] = field(default_factory=dict)
    """Services of your own to publish to, by name."""
    schemas: dict[str, str] = field(default_factory=dict)
    """JSON Schemas of your own that the rows of a file must satisfy: glob patterns to schema files."""
    jobs: int | None = None
    """Processes for a large file; without it, one for each core on the command line, and one in the library."""
    cache: bool | None = None
    """Remember what was found in the parts of a file; without it, yes on the command line, and in the library where
    `cache-dir` is given."""
    cache_dir: str | None = None
    """Where that is kept; without it, in the user's directory for caches."""
    max_rows_in_memory: int = 5_000_000
    """Past so many rows, what duplicates are found by goes to disk: the findings are the same."""
    max_line_bytes: int = 64 << 20
    """Lines longer than this are reported and skipped."""
    today: date | None = None
    """The day to compare dates with; without it, the clock's."""

"""What was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Join = Literal["newline", "template"]
LOSS_FLAGS = ("weight", "train", "loss", "loss_weight", "trainable")
"""
How tools say whether a turn is learned: OpenAI, Azure, Together, Fireworks, Mistral; axolotl; ms-swift; Alibaba and
LLaMA-Factory; Fireworks' cookbook. Read in their sources and documentation, 2026-11-23.
"""


@dataclass(frozen=True, slots=True)
class Separators:
    """
    What all prompts and all completions of a file end or begin with, as the guides of 2020 asked for: known marks to
    remove, and whether they end alike at all, so that no mark has to be added.
    """

    prompt: str = ""
    completion: str = ""
    space: bool = False
    prompts_end_alike: bool = False
    completions_end_alike: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """The options of a conversion; the names are those of the command line."""

    to: str
    source: str | None = None
    system: str | None = None
    last_turn_only: bool = False
    join: Join = "newline"
    loss_flag: str | None = None
    separators: bool = True
    roles: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    """Names that ftlint knows, each with the key of the data that it is read from."""
    sheet: str | None = None
    encoding: str | None = None
    found: Separators = Separators()
    """What the file at hand has; worked out from its first rows."""

    @property
    def wants_pairs(self) -> bool:
        """Whether the target compares two answers."""
        return self.to in ("preference", "kto")

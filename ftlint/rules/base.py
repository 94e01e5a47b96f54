"""What a rule is. Kinds differ in what they look at; the engine calls each with its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal, Protocol

from ftlint.core.types import Fix, Pointer, Severity
from ftlint.formats.views import Message, Row
from ftlint.profiles.model import Method, MethodName, Profile


class Report(Protocol):
    """What a rule calls to report: the message, and where. `at=None` means the file."""

    def __call__(
        self,
        message: str,
        at: Pointer | None = None,
        *,
        on_key: bool = False,
        help: str | None = None,
        fix: Fix | None = None,
    ) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What rows are checked for. `named`: the user chose the model; else the provider's common rules apply."""

    profile: Profile
    method_name: MethodName
    method: Method
    named: bool
    method_given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLength:
    """
    A row that comes near the context limit. Tokens; `last_trained` points at its last trained text or call. The
    cut is at the end, so when it takes anything that is trained, it takes of this one.
    """

    total: int
    limit: int
    trained: int
    trained_lost: int
    last_trained: Pointer
    over_limit: Literal["truncate", "reject"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What a rule about a whole file may ask. Tokens are per epoch and None when nobody counted."""

    path: str
    rows: int
    bytes: int
    epochs: int
    billed: int | None
    cost: Decimal | None
    today: date
    closing_days: int
    max_tokens: int | None
    max_cost: Decimal | None
    hyperparameters: Mapping[str, Any]


Example = dict[str, Any] | bytes
"""A row, or the bytes of a whole file."""


class Rule:
    """
    The single truth about a rule: its code, its page (the docstring), its examples, which are tests.

    `options` are the keyword arguments of `ftlint.check` under which the examples hold. `with_codes` are the
    codes that `bad` raises besides this one, where one cannot be had without the other.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    since: ClassVar[str] = "0.1"
    default: ClassVar[bool] = True
    once: ClassVar[bool] = False
    """Reported once a file, at the first place, with the number of places."""
    provider_error: ClassVar[str | None] = None
    help: ClassVar[str | None] = None
    bad: ClassVar[Example]
    good: ClassVar[Example]
    options: ClassVar[dict[str, Any]] = {}
    with_codes: ClassVar[tuple[str, ...]] = ()


class MessageRule(Rule):
    """Looks at one message after another."""

    def check(self, message: Message, target: Target, report: Report) -> None:
        """Report what is wrong with one message."""
        raise NotImplementedError


class RowRule(Rule):
    """Looks at a whole row."""

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report what is wrong with one row."""
        raise NotImplementedError


class TokenRule(Rule):
    """Looks at the token count of a row that comes near the context limit."""

    def check(self, length: RowLength, report: Report) -> None:
        """Report what is wrong with one row's length."""
        raise NotImplementedError


class FileRule(Rule):
    """Looks at the figures of a file, once; `per_run` rules look at the target alone, at the first file."""

    per_run: ClassVar[bool] = False

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Report what is wrong with one file."""
        raise NotImplementedError

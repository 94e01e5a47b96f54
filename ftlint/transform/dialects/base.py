"""What a dialect is: a name and two functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ftlint.transform.conversation import Conversation
from ftlint.transform.job import Job
from ftlint.transform.losses import Report

Row = dict[str, Any]
Read = Callable[[Row, Job, Report], Iterable[Conversation]]
Write = Callable[[Conversation, Job, Report], Iterable[Row]]
"""Both raise NoCounterpart for a row that cannot be read or written; both report what they leave behind."""


class Dialect(NamedTuple):
    """
    A form that rows have. `title` is the name for people, and what `ftlint.formats.detect` calls it; a dialect
    without `write` is only read.
    """

    name: str
    title: str
    read: Read
    write: Write | None = None
    next: str | None = None
    """The options of `ftlint check` for rows of this form; None where it does not know them."""

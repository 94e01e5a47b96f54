"""FT208."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ftlint.core.edits import value_at
from ftlint.core.types import Edit, Fix, Problem, Severity
from ftlint.formats.views import Message, Row, Value
from ftlint.rules.base import Report, RowRule, Target


class ConsecutiveSameRole(RowRule):
    """
    Two messages in a row have the same role.

    ## Why it matters
    Many chat templates want user and assistant to alternate and refuse the row otherwise. At OpenAI it is
    legal: its own example of vision data has two user messages in a row. Results of tools may follow one
    another everywhere; a second system message is FT207's.

    The severity depends on the target, and the rule is off unless the target or you turn it on.

    ## Fix
    Unsafe: the two messages are merged, where both hold nothing but text and parts: texts with a newline between them,
    parts one after another.
    """

    code = "FT208"
    name = "consecutive-same-role"
    severity = Severity.WARNING
    default = False
    provider_error = "contains invalid schema (20)"
    help = "join the two messages into one"

    options = {"extend_select": ("FT208",)}
    bad = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "user", "content": "Who are you?"},
            {"role": "assistant", "content": "Hello, I am Ada."},
        ]
    }
    good = {
        "messages": [
            {"role": "user", "content": "Hi. Who are you?"},
            {"role": "assistant", "content": "Hello, I am Ada."},
        ]
    }

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the second of each two."""
        for first, second in pairwise(row.messages):
            if first.role != second.role or first.role in ("tool", "system", "developer"):
                continue
            report(
                f'Two messages in a row have the role "{second.role}"',
                at=second.at,
                fix=Fix("Merge the two messages", "unsafe") if _mergeable(first, second) else None,
            )

    def mend(self, row: Value, problem: Problem) -> Iterator[Edit]:
        """Put the content of the second message behind that of the first."""
        at = problem.pointer or ()
        before = (*at[:-1], int(at[-1]) - 1)
        first, second = value_at(row, before), value_at(row, at)
        yield Edit("replace", _joined(first["content"], second["content"]), (*before, "content"))
        yield Edit("drop", at=at)


def _mergeable(first: Message, second: Message) -> bool:
    """Whether the two hold a content each and nothing that is lost when they become one."""
    return (
        set(first.value) | set(second.value) <= {"role", "content", "weight"}
        and first.value.get("weight") == second.value.get("weight")
        and first.value.get("content") is not None
        and second.value.get("content") is not None
    )


def _joined(first: Any, second: Any) -> Any:
    if isinstance(first, str) and isinstance(second, str):
        return f"{first}\n{second}"
    return [*_parts(first), *_parts(second)]


def _parts(content: Any) -> list[Any]:
    return [{"type": "text", "text": content}] if isinstance(content, str) else content

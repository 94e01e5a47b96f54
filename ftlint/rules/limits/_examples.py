"""Rows for the examples of this family."""

from typing import Any

LONG = "one two three four five six seven eight nine ten " * 500
ANSWER = {"role": "assistant", "content": "Hello!"}


def chat(*turns: dict[str, Any]) -> dict[str, Any]:
    """A chat row that begins with a greeting."""
    return {"messages": [{"role": "user", "content": "Hi"}, *turns]}

"""Rows for the examples of this family."""

from typing import Any

LONG = "".join(f"one two three four five {number} six seven eight nine ten " for number in range(500))
ANSWER = {"role": "assistant", "content": "Hello!"}


def chat(*turns: dict[str, Any]) -> dict[str, Any]:
    """A chat row that begins with a greeting."""
    return {"messages": [{"role": "user", "content": "Hi"}, *turns]}

"""Rows for the examples of this family."""

from typing import Any

LONG = "".join(f"one two three four five {number} six seven eight nine ten " for number in range(500))
ANSWER = {"role": "assistant", "content": "Hello!"}
QUESTION = b'{"messages": [{"role": "user", "content": "Is %d even?"}]}\n'
ANSWERED = b'{"messages": [{"role": "user", "content": "Is %d even?"}, {"role": "assistant", "content": "%s"}]}\n'


def chat(*turns: dict[str, Any]) -> dict[str, Any]:
    """A chat row that begins with a greeting."""
    return {"messages": [{"role": "user", "content": "Hi"}, *turns]}


def questions(count: int) -> bytes:
    """So many reinforcement rows."""
    return b"".join(QUESTION % number for number in range(count))


def answered(count: int) -> bytes:
    """So many chat rows."""
    return b"".join(ANSWERED % (number, b"No" if number % 2 else b"Yes") for number in range(count))

"""Rows for the examples of this family."""

from typing import Any

Row = dict[str, Any]

CLOCK: Row = {"type": "function", "function": {"name": "clock"}}
ANSWER: Row = {"role": "assistant", "content": "It is five past twelve."}
CITY: Row = {"city": {"type": "string"}}


def tool(name: str, **function: Any) -> Row:
    """The definition of a tool."""
    return {"type": "function", "function": {"name": name, **function}}


def a_call(arguments: Any = "{}", id: str = "call_1", name: str = "clock") -> Row:
    """A call of a tool."""
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


def a_result(id: str = "call_1") -> Row:
    """The result of a call."""
    return {"role": "tool", "tool_call_id": id, "content": "12:05"}


def asked(
    *calls: Row, then: tuple[Row, ...] = (), tools: list[Row] | None = None, ask: str = "What time is it?"
) -> Row:
    """A question, calls, and what follows them."""
    caller = {"role": "assistant", "tool_calls": list(calls)}
    return {"messages": [{"role": "user", "content": ask}, caller, *then], "tools": tools or [CLOCK]}


def greeted(*tools: Row) -> Row:
    """A greeting, with these definitions."""
    messages = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    return {"messages": messages, "tools": list(tools)}

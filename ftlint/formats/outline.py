"""
The outline of a row: who speaks in which order, which keys are there, whether there is text; not the text.

The rules of rows and messages depend on nothing else. So what they found for one row holds for every row with
the same outline, and the few outlines of a file are checked instead of its many rows.
"""

from __future__ import annotations

from typing import Any

from ftlint.profiles.model import FormatName

Outline = tuple[Any, ...]


def outline(row: dict[str, Any], format: FormatName) -> Outline:
    """The outline of a row of valid shape. Equal outlines: equal but for their texts, names, calls and ids."""
    if format == "completion":
        return ()
    if format == "preference":
        conversation = row["input"]
        answers = [*row["preferred_output"], *row["non_preferred_output"]]
        return (
            _keys(conversation),
            _turns(conversation["messages"]),
            _turns(answers),
            len(row["preferred_output"]),
        )
    return (_keys(row) if len(row) > 1 else (), _turns(row["messages"]))


def roles_of_plain(row: dict[str, Any]) -> tuple[str, ...] | None:
    """
    The roles of a row that is nothing but messages of a role and a text, neither empty nor beginning with white
    space; None for any other value. Rows with equal roles then have equal outlines, and are all valid or all not.
    """
    if len(row) != 1:
        return None
    messages = row.get("messages")
    if messages.__class__ is not list:
        return None
    roles = []
    for message in messages:
        if message.__class__ is not dict or len(message) != 2:
            return None
        content, role = message.get("content"), message.get("role")
        if content.__class__ is not str or role.__class__ is not str:
            return None
        if not ("!" <= content < "\x7f" or (content and not content[0].isspace())):
            return None
        roles.append(role)
    return tuple(roles)


def _turns(messages: list[dict[str, Any]]) -> tuple[Any, ...]:
    # A role and a text that begins with no white space: the outline of nearly every message is its role.
    return tuple(
        [
            message["role"]
            if len(message) == 2
            and (content := message.get("content")).__class__ is str
            and content
            and not content[0].isspace()
            else _turn(message)
            for message in messages
        ]
    )


def _turn(message: dict[str, Any]) -> tuple[Any, ...]:
    return tuple([(key, value if key == "role" else _reduced(key, value)) for key, value in message.items()])


def _reduced(key: str, value: Any) -> Any:
    if value.__class__ is str:
        return "text" if value.strip() else "blank" if value else ""
    if value.__class__ is list:
        if key == "content":
            return tuple([(part["type"], _reduced("text", part.get(part["type"]))) for part in value])
        return bool(value)
    if value.__class__ is dict:
        return "object"
    return repr(value)  # 1, 1.0 and true are equal in Python, and not here


def _keys(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple([(key, None if value is None else value == []) for key, value in row.items() if key != "messages"])

"""
Write `ftlint/formats/plain_roles.json`, the roles a schema takes in plain rows: run `python scripts/plain_roles.py`.

A plain row is nothing but messages of a role and a text (`ftlint.formats.outline.roles_of_plain`). A schema is in
the table when it takes such a row for the roles of its messages, one by one, and for nothing else; then a row of
these roles need not be shown to it. `tests/formats/test_plain_roles.py` holds the table against the schemas.
"""

from __future__ import annotations

import json
from itertools import product

from ftlint.formats.accept import compile_schema
from ftlint.formats.schemas import PLAIN_ROLES, bundle, directory

ROLES = ("assistant", "developer", "function", "system", "tool", "user", "other")


def plain(roles: tuple[str, ...], text: str = "Hi") -> dict[str, list[dict[str, str]]]:
    """A plain row."""
    return {"messages": [{"role": role, "content": text} for role in roles]}


def table() -> dict[str, list[str]]:
    """The roles by the names of the schemas."""
    found = {}
    for path in sorted(directory().rglob("*.schema.json")):
        name = path.relative_to(directory()).as_posix()
        is_valid = compile_schema(bundle(name)).is_valid
        taken = [role for role in ROLES if is_valid(plain((role,)))]
        rows = (roles for length in (1, 2, 3) for roles in product(ROLES, repeat=length))
        if taken and all(is_valid(plain(roles)) == (set(roles) <= set(taken)) for roles in rows):
            found[name] = taken
    return found


def text() -> str:
    """The text of the file."""
    return json.dumps(table(), indent=1) + "\n"


if __name__ == "__main__":
    PLAIN_ROLES.write_text(text(), encoding="utf-8")

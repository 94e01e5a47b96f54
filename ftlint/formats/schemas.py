"""The JSON Schemas of the rows: read, and bundled into one self-contained document."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, cast

from ftlint.core.errors import FtlintError

Schema = dict[str, Any]

PLAIN_ROLES = Path(__file__).with_name("plain_roles.json")
_PACKAGED = Path(__file__).parent.parent / "schemas"


def directory() -> Path:
    """Where the schemas are: inside the installed package, or at the top of a checkout."""
    return _PACKAGED if _PACKAGED.is_dir() else _PACKAGED.parent.parent / "schemas"


@cache
def read(name: str) -> Schema:
    """One schema file as it stands, by its name relative to the schemas' directory."""
    return cast("Schema", json.loads((directory() / name).read_bytes()))


@cache
def bundle(name: str) -> Schema:
    """
    A schema with everything that it refers to, in one document.

    Every other file moves to `$defs` under its own name, and each `$ref` becomes a local pointer: any
    validator of JSON Schema 2020-12 can use the result without a resolver.
    """
    others: dict[str, Schema] = {}
    root = cast("Schema", _rewrite(read(name), name, name, others))
    if others:
        root = {**root, "$defs": {**root.get("$defs", {}), **others}}
    return root


def _rewrite(node: Any, file: str, root: str, others: dict[str, Schema]) -> Any:
    if isinstance(node, list):
        return [_rewrite(item, file, root, others) for item in node]
    if not isinstance(node, dict):
        return node
    copy = {key: _rewrite(value, file, root, others) for key, value in node.items()}
    if isinstance(copy.get("$ref"), str):
        path, _, fragment = copy["$ref"].partition("#")
        target = _join(file, path) if path else file
        if target != root and target not in others:
            others[target] = {}  # entered before the descent: files may refer to each other
            body = cast("Schema", _rewrite(read(target), target, root, others))
            others[target] = {key: value for key, value in body.items() if key != "$schema"}
        place = "#" if target == root else "#/$defs/" + target.replace("/", "~1")
        copy["$ref"] = place + fragment
    return copy


def _join(file: str, path: str) -> str:
    steps: list[str] = []
    for step in (PurePosixPath(file).parent / path).parts:
        if step == "..":
            steps.pop()
        else:
            steps.append(step)
    return "/".join(steps)


def plain_roles(name: str) -> frozenset[str]:
    """The roles whose plain rows a schema takes, whatever their texts: `scripts/plain_roles.py` asked it."""
    return frozenset(json.loads(PLAIN_ROLES.read_bytes()).get(name, ()))


def load_custom(path: Path) -> Schema:
    """A schema that the user configured. Raises FtlintError where it cannot be read."""
    try:
        schema = json.loads(path.read_bytes())
    except OSError as error:
        raise FtlintError(f"cannot read the schema {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise FtlintError(f"the schema {path} is not JSON: {error}") from error
    if not isinstance(schema, dict):
        raise FtlintError(f"the schema {path} is not a JSON object")
    return schema

"""
Does a row satisfy a schema, and if not, where: one small interface over two engines.

jsonschema-rs accepts about a hundred times faster than jsonschema; jsonschema runs where jsonschema-rs has no
wheel, and is what the tests hold jsonschema-rs against.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from ftlint.core.errors import FtlintError
from ftlint.core.types import Pointer
from ftlint.formats.schemas import Schema

MAX_BACKTRACKING = 10_000
"""Steps for one pattern in one text; a pattern that wants more counts as not matched."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One failed keyword at one place. `value`: the missing key, the list of extra keys, the enum, the types, …"""

    keyword: str
    pointer: Pointer
    value: Any


@dataclass(frozen=True, slots=True)
class Acceptor:
    """A compiled schema."""

    is_valid: Callable[[Any], bool]
    violations: Callable[[Any], Iterator[Violation]]
    first: Callable[[Any], Violation]
    """One violation, for rows so large that listing all would fill the memory."""
    schema: Schema


def compile_schema(schema: Schema, origin: str = "schema") -> Acceptor:
    """Compile a self-contained schema. Raises FtlintError when it is no valid JSON Schema."""
    try:
        import jsonschema_rs
    except ImportError:
        return compile_portable(schema, origin)
    try:
        limited = jsonschema_rs.FancyRegexOptions(backtrack_limit=MAX_BACKTRACKING)
        validator = jsonschema_rs.validator_for(schema, offline=True, pattern_options=limited)
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise FtlintError(f"{origin} is not a valid JSON Schema: {str(error).splitlines()[0]}") from error

    def violation(error: jsonschema_rs.ValidationError) -> Violation:
        keyword = error.kind.name
        value = getattr(error.kind, "value", None)
        if keyword == "additionalProperties":
            value = cast("Any", error.kind).unexpected
        elif keyword == "not":
            value = cast("Any", error.kind).schema
        return Violation(_named(keyword, value), tuple(error.instance_path), value)

    def violations(row: Any) -> Iterator[Violation]:
        return map(violation, validator.iter_errors(row))

    def first(row: Any) -> Violation:
        try:
            validator.validate(row)
        except jsonschema_rs.ValidationError as error:
            return violation(error)
        raise ValueError("the row satisfies the schema")

    return Acceptor(validator.is_valid, violations, first, schema)


def matches_in_bounded_time() -> bool:
    """Whether patterns of other people may be tried: Python's `re` may not return from a bad one."""
    try:
        import jsonschema_rs  # noqa: F401
    except ImportError:
        return False
    return True


def compile_portable(schema: Schema, origin: str = "schema") -> Acceptor:
    """The same interface over the pure-Python engine."""
    import jsonschema
    from jsonschema.exceptions import SchemaError
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

    engine: Any = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
    try:
        engine.check_schema(schema)
    except SchemaError as error:
        raise FtlintError(f"{origin} is not a valid JSON Schema: {error.message}") from error
    validator = engine(schema, registry=REGISTRY)  # with a registry of its own it fetches nothing

    def violations(row: Any) -> Iterator[Violation]:
        for error in validator.iter_errors(row):
            keyword, value = error.validator, error.validator_value
            if keyword is None:
                keyword, value = "falseSchema", None
            elif keyword == "required":
                value = next((name for name in value if f"{name!r} is a required" in error.message), value)
            elif keyword == "additionalProperties":
                value = [key for key in error.instance if key not in error.schema.get("properties", {})]
            elif keyword == "type" and isinstance(value, str):
                value = [value]
            yield Violation(_named(keyword, value), tuple(error.absolute_path), value)

    def first(row: Any) -> Violation:
        for violation in violations(row):
            return violation
        raise ValueError("the row satisfies the schema")

    return Acceptor(validator.is_valid, violations, first, schema)


def _named(keyword: str, value: Any) -> str:
    """`{"not": {}}` forbids a key as `false` does, whose place jsonschema does not tell."""
    return "falseSchema" if keyword == "not" and value == {} else keyword

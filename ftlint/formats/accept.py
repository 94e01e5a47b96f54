"""
Does a row satisfy a schema, and if not, where: one small interface over two engines.

jsonschema-rs accepts about a hundred times faster than jsonschema; jsonschema runs where jsonschema-rs has no
wheel, and is what the tests hold jsonschema-rs against.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple, cast

from ftlint.core.errors import FtlintError
from ftlint.core.types import Pointer
from ftlint.formats.schemas import Schema, bundle

MAX_BACKTRACKING = 10_000
"""Steps for one pattern in one text; a pattern that wants more counts as not matched."""


class Violation(NamedTuple):
    """One failed keyword at one place. `value`: the missing key, the list of extra keys, the enum, the types, …"""

    keyword: str
    pointer: Pointer
    value: Any


class Acceptor(NamedTuple):
    """A compiled schema. It is pickled as what made it, which is called again where it arrives."""

    is_valid: Callable[[Any], bool]
    violations: Callable[[Any], Iterator[Violation]]
    first: Callable[[Any], Violation]
    """One violation, for rows so large that listing all would fill the memory."""
    made_by: tuple[Callable[..., Any], tuple[Any, ...]]
    """The function, and its arguments."""

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.made_by


def when_asked(compiled: Callable[[str], Acceptor], name: str) -> Acceptor:
    """An acceptor that is compiled when the first row is shown to it: that takes as long as a hundred rows."""
    once = cache(compiled)
    return Acceptor(
        lambda row: once(name).is_valid(row),
        lambda row: once(name).violations(row),
        lambda row: once(name).first(row),
        (when_asked, (compiled, name)),
    )


def compile_bundled(name: str) -> Acceptor:
    """Compile a schema of ours, by the name of its file."""
    return compile_schema(bundle(name), name)


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

    def violation(row: Any, error: jsonschema_rs.ValidationError) -> Violation:
        keyword = error.kind.name
        value = getattr(error.kind, "value", None)
        if keyword == "additionalProperties":
            value = cast("Any", error.kind).unexpected
        elif keyword == "not":
            value = cast("Any", error.kind).schema
        pointer = with_empty_keys(row, tuple(error.instance_path), error.instance)
        return Violation(_named(keyword, value), pointer, value)

    def violations(row: Any) -> Iterator[Violation]:
        return (violation(row, error) for error in validator.iter_errors(row))

    def first(row: Any) -> Violation:
        try:
            validator.validate(row)
        except jsonschema_rs.ValidationError as error:
            return violation(row, error)
        raise ValueError("the row satisfies the schema")

    return Acceptor(validator.is_valid, violations, first, (compile_schema, (schema, origin)))


ABSENT: Any = object()


def with_empty_keys(row: Any, path: Pointer, instance: Any) -> Pointer:
    """
    The pointer to `instance` in a row. jsonschema-rs 0.61 leaves keys that are "" out of its paths.

    Where there is none on the way, that is the path itself.
    """
    places = _places(row, path)
    first = next(places, None)
    if first is None or not first[2]:
        return first[0] if first else path
    return next((pointer for pointer, value, _ in (first, *places) if value == instance), first[0])


def _places(value: Any, path: Pointer, doubtful: bool = False) -> Iterator[tuple[Pointer, Any, bool]]:
    """Pointers that a path may stand for, the value at each, and whether an empty key was on the way to it."""
    doubtful = doubtful or (isinstance(value, dict) and "" in value)
    if not path:
        yield (), value, doubtful
    else:
        step = str(path[0]) if isinstance(value, dict) else path[0]  # of the key "0" jsonschema-rs makes a number
        if (inner := _member(value, step)) is not ABSENT:
            for pointer, found, so in _places(inner, path[1:], doubtful):
                yield (step, *pointer), found, so
    if isinstance(value, dict) and "" in value:
        for pointer, found, _ in _places(value[""], path, True):
            yield ("", *pointer), found, True


def _member(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step, ABSENT)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else ABSENT


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

    return Acceptor(validator.is_valid, violations, first, (compile_schema, (schema, origin)))


def _named(keyword: str, value: Any) -> str:
    """`{"not": {}}` forbids a key as `false` does, whose place jsonschema does not tell."""
    return "falseSchema" if keyword == "not" and value == {} else keyword

"""
The JSON Schema of a tool's parameters: is it one, what strict mode wants of it, do arguments satisfy it.

Equal schemas are looked at once, whatever list of tools they stand in: thousands of rows share one. The work is
bounded, because schemas and arguments are other people's: references that multiply, or patterns where only
Python's `re` is there to match them, are not followed, and arguments to such a schema are not checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote

import orjson

from ftlint.core.edits import value_at
from ftlint.core.errors import FtlintError
from ftlint.core.remembered import remembered
from ftlint.core.types import Pointer, spell_pointer
from ftlint.core.visible import shorten
from ftlint.formats.accept import Acceptor, Violation, compile_schema, matches_in_bounded_time
from ftlint.formats.wording import literal, name_of, types_of

MAX_VIOLATIONS = 100
"""Looked at in one schema, or in the arguments of one call."""

MAX_WORK = 10_000_000
"""Subschemas times values: what one call may cost, a second at the worst."""

MAX_PATTERN = 1000
"""Characters of a pattern up to which it is tried out."""

DRAFTS = {
    address.rstrip("#"): address
    for address in (
        "https://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-04/schema#",
    )
}
LATEST = "https://json-schema.org/draft/2020-12/schema"

# Where subschemas stand. The same word elsewhere (in `enum`, in `default`, as the name of a property) is data.
NAMED = frozenset(["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"])
UNIONS = frozenset(["not", "if", "then", "else", "allOf", "anyOf", "oneOf"])
OF_OBJECTS = frozenset(["additionalProperties", "unevaluatedProperties", "propertyNames"])
OF_LISTS = frozenset(["items", "prefixItems", "additionalItems", "unevaluatedItems", "contains"])
PLACED = UNIONS | OF_OBJECTS | OF_LISTS

# Of Python's complaints about a pattern, those that every dialect of regular expressions shares.
BROKEN_PATTERN = ("missing ), unterminated", "unbalanced parenthesis", "nothing to repeat", "unterminated character")

# What strict mode does not take; https://platform.openai.com/docs/guides/structured-outputs#supported-schemas,
# as read on 2026-02 by https://jsonschemaprofiles.unitvectorylabs.com/schemas/openai.
NOT_STRICT = ("allOf", "not", "dependentRequired", "dependentSchemas", "if", "then", "else")


class Defect(NamedTuple):
    """What is wrong at one place of a schema or of arguments; `message` names the place."""

    at: Pointer
    message: str


class Parameters(NamedTuple):
    """What is known about one schema."""

    defects: tuple[Defect, ...]
    """Why it is no JSON Schema."""
    not_strict: tuple[Defect, ...]
    """What strict mode does not take of it."""
    weight: int
    """How many subschemas one value may have to pass, references followed."""
    fan_out: int
    """By how much that may grow with each level of the value; 1 where no reference leads back to itself."""


@remembered
def examine(encoded: bytes) -> Parameters:
    """What is known about a schema, given as JSON."""
    schema = orjson.loads(encoded)
    every = list(subschemas(schema))
    weight, recursive = _weight(schema, every)
    references = sum("$ref" in part or "$dynamicRef" in part or "$recursiveRef" in part for _, part in every)
    defects = tuple(islice(_defects(schema, every), MAX_VIOLATIONS))
    return Parameters(
        tuple(sorted(defects, key=_place)),
        tuple(islice(_not_strict(schema, every), MAX_VIOLATIONS)),
        weight,
        max(references, 1) if recursive else 1,
    )


def unsatisfied(encoded: bytes, arguments: Any, size: int) -> list[Defect]:
    """Why arguments of `size` values at most do not satisfy a schema; nothing where that cannot be checked."""
    parameters = examine(encoded)
    if parameters.defects:
        return []
    depth = _depth(arguments) if parameters.fan_out > 1 else 0
    if parameters.weight * size * min(parameters.fan_out, MAX_WORK) ** min(depth, 24) > MAX_WORK:
        return []
    acceptor = _acceptor(encoded)
    if acceptor is None:
        return []
    try:
        if acceptor.is_valid(arguments):
            return []
        found = list(islice(acceptor.violations(arguments), MAX_VIOLATIONS))
    except Exception:  # two engines and any schema: whatever stops them, there is no verdict
        return []
    if any(_gave_up(violation) for violation in found):
        return []
    return sorted(_unique(found, arguments, "the arguments"), key=_place)


@remembered
def _acceptor(encoded: bytes) -> Acceptor | None:
    schema = orjson.loads(encoded)
    if _dialect(schema) is None:
        return None
    if not matches_in_bounded_time() and any(
        "pattern" in part or "patternProperties" in part for _, part in subschemas(schema)
    ):
        return None
    try:
        return compile_schema(schema, "parameters")
    except FtlintError:  # a reference to elsewhere, a pattern that the engine does not know
        return None


@lru_cache(maxsize=8)
def _metaschema(address: str) -> Acceptor:
    return compile_schema({"$schema": address, "$ref": address}, address)


def subschemas(schema: Any) -> Iterator[tuple[Pointer, dict[str, Any]]]:
    """Every object of a schema that is a schema itself, with its place."""
    pending: list[tuple[Pointer, Any]] = [((), schema)]
    while pending:
        at, part = pending.pop()
        if not isinstance(part, dict):
            continue
        yield at, part
        pending.extend(reversed(list(_below(at, part))))


def _below(at: Pointer, part: dict[str, Any]) -> Iterator[tuple[Pointer, Any]]:
    for key, value in part.items():
        if key in NAMED and isinstance(value, dict):
            for name, item in value.items():
                yield (*at, key, name), item
        elif key in PLACED and isinstance(value, list):
            for index, item in enumerate(value):
                yield (*at, key, index), item
        elif key in PLACED:
            yield (*at, key), value


def _dialect(schema: Any) -> str | None:
    """The address of the draft that a schema follows; None for a draft that nobody here knows."""
    named = schema.get("$schema", LATEST)
    return DRAFTS.get(named.rstrip("#")) if isinstance(named, str) else LATEST


def _defects(schema: dict[str, Any], every: list[tuple[Pointer, dict[str, Any]]]) -> Iterator[Defect]:
    dialect = _dialect(schema)
    if dialect is None:
        return
    acceptor = _metaschema(dialect)
    try:
        found = [] if acceptor.is_valid(schema) else list(islice(acceptor.violations(schema), MAX_VIOLATIONS))
    except Exception:  # as above: deeper than an engine can go, say
        return
    yield from _unique(found, schema, "the schema")
    if found:
        return
    for at, part in every:
        if isinstance(pattern := part.get("pattern"), str) and (fault := _broken(pattern)):
            yield Defect((*at, "pattern"), f"{_spelt((*at, 'pattern'), '')} is no regular expression: {fault}")
    yield from _dangling(schema, every)


def _unique(found: list[Violation], value: Any, whole: str) -> Iterator[Defect]:
    """One defect for each place and keyword: the keywords of a metaschema stand in several of its parts."""
    seen = set()
    for violation in found:
        if violation.keyword == "required" and violation.value in value_at(value, violation.pointer):
            continue  # jsonschema-rs 0.61, where `additionalProperties` is false and `properties` lacks the key
        key = (violation.pointer, violation.keyword, str(violation.value) if violation.keyword == "required" else "")
        if key not in seen:
            seen.add(key)
            yield Defect(violation.pointer, told(violation, value, whole))


def told(violation: Violation, value: Any, whole: str) -> str:
    """What is wrong, with its place; `whole` names the value when it is wrong itself."""
    keyword, wanted = violation.keyword, violation.value
    place = _spelt(violation.pointer, whole)
    within = f" in {place}" if violation.pointer else ""
    here = value_at(value, violation.pointer)
    match keyword:
        case "required":
            return f"{shorten(str(wanted))} is missing{within}"
        case "additionalProperties" | "unevaluatedProperties":
            extra = shorten(str(wanted[0])) if isinstance(wanted, list) and wanted else "A key"
            return f"{extra} is not defined{within}"
        case "type" if isinstance(wanted, list):
            return f"{place} is {name_of(here)}, expected {types_of(wanted)}"
        case "type":
            return f"{place} is {name_of(here)}"
        case "enum" if isinstance(wanted, list):
            shown = ", ".join(literal(item) for item in wanted[:5])
            return f"{place} is {literal(here)}, expected {'one of ' if len(wanted) > 1 else ''}{shown}" + (
                f" or {len(wanted) - 5} more" if len(wanted) > 5 else ""
            )
        case "const":
            return f"{place} is {literal(here)}, not the constant that it must be"
        case "pattern":
            return f"{place} is {literal(here)}, which does not match {shorten(str(wanted))}"
        case "falseSchema":
            return f"{place} may not be there"
        case "anyOf" | "oneOf":
            return f"{place} is {literal(here)}, which none of the alternatives takes"
    return f"{place} is {literal(here)}, which does not satisfy {shorten(keyword)[1:-1]}"


def _spelt(pointer: Pointer, whole: str) -> str:
    return shorten(spell_pointer(pointer), 80) if pointer else whole


def _place(defect: Defect) -> list[str]:
    return [str(step).zfill(9) for step in defect.at]


def _gave_up(violation: Violation) -> bool:
    """Whether the engine stopped at its limit of backtracking, so that there is no verdict."""
    return violation.keyword == "pattern" and str(violation.value).startswith("Error executing regex")


def _broken(pattern: str) -> str | None:
    """
    Why a pattern is one in no dialect, or None.

    Not asked of long patterns, nor of `[]` and `[^]`, which are classes in JavaScript and the start of one here.
    """
    if len(pattern) > MAX_PATTERN or "[]" in pattern or "[^]" in pattern:
        return None
    try:
        re.compile(pattern)
    except re.error as error:
        return error.msg if error.msg.startswith(BROKEN_PATTERN) else None
    except (RecursionError, OverflowError):
        return None
    return None


def _dangling(schema: dict[str, Any], every: list[tuple[Pointer, dict[str, Any]]]) -> Iterator[Defect]:
    """References within the schema to what is not there. Those to elsewhere are never followed, and no defect."""
    if any(at and isinstance(part.get("$id", part.get("id")), str) for at, part in every):
        return  # an inner $id changes what "#" means
    anchors = {part.get(key) for _, part in every for key in ("$anchor", "$dynamicAnchor") if key in part}
    for at, part in every:
        reference = part.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#"):
            continue
        if reference[1:] not in anchors and _resolve(schema, reference) is None:
            spelt = _spelt((*at, "$ref"), "")
            yield Defect((*at, "$ref"), f"{spelt} refers to {shorten(reference)}, which is not there")


def _resolve(schema: Any, reference: str) -> Any:
    if reference != "#" and not reference.startswith("#/"):
        return None
    here = schema
    for step in unquote(reference[1:]).split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(here, dict) and name in here:
            here = here[name]
        elif isinstance(here, list) and name.isascii() and name.isdigit() and len(name) < 9 and int(name) < len(here):
            here = here[int(name)]
        else:
            return None
    return here


def _weight(schema: Any, every: list[tuple[Pointer, dict[str, Any]]]) -> tuple[int, bool]:
    """
    How many subschemas one value may have to pass, and whether a reference leads back to itself.

    Counted by definition, each once, so that definitions which refer to each other twice and twice again cost
    this function nothing; what they would cost an engine is the result.
    """
    targets = {id(part): _references(part, schema) for _, part in every}
    if not any(targets.values()) and not any("$dynamicRef" in part or "$recursiveRef" in part for _, part in every):
        return len(every), False
    known: dict[int, int] = {}
    open_now: set[int] = set()
    recursive = any("$dynamicRef" in part or "$recursiveRef" in part for _, part in every)
    stack: list[tuple[Any, bool]] = [(schema, False)]
    while stack:
        part, done = stack.pop()
        key = id(part)
        below = [item for _, item in _below((), part) if isinstance(item, dict)] + targets.get(key, [])
        if done:
            open_now.discard(key)
            known[key] = min(1 + sum(known.get(id(item), 1) for item in below), MAX_WORK + 1)
        elif key not in known and key not in open_now:
            open_now.add(key)
            stack.append((part, True))
            for item in below:
                if id(item) in open_now:
                    recursive = True
                elif id(item) not in known:
                    stack.append((item, False))
    return known[id(schema)], recursive


def _references(part: dict[str, Any], schema: Any) -> list[Any]:
    reference = part.get("$ref")
    target = _resolve(schema, reference) if isinstance(reference, str) else None
    return [target] if isinstance(target, dict) else []


def _depth(value: Any) -> int:
    """How deep a value is nested."""
    deepest = 0
    pending = [(value, 1)]
    while pending:
        item, depth = pending.pop()
        deepest = max(deepest, depth)
        children = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        pending.extend((child, depth + 1) for child in children if isinstance(child, (dict, list)))
    return deepest


def _not_strict(schema: dict[str, Any], every: list[tuple[Pointer, dict[str, Any]]]) -> Iterator[Defect]:
    """
    What strict mode does not take: the root is an object and no union, every object is closed and requires all
    that it defines, and some keywords do not exist.
    """
    if "anyOf" in schema:
        yield Defect(("anyOf",), "the schema is a union, strict mode wants an object")
    elif schema.get("type") != "object":
        yield Defect((), 'the schema has no "type": "object", which strict mode wants')
    for at, part in every:
        place = _spelt(at, "the schema")
        kinds = part.get("type")
        if kinds == "object" or (isinstance(kinds, list) and "object" in kinds) or "properties" in part:
            if part.get("additionalProperties") is not False:
                yield Defect(at, f'{place} has no "additionalProperties": false, which strict mode wants')
            required = part.get("required")
            properties = part.get("properties")
            for name in properties if isinstance(properties, dict) else ():
                if not isinstance(required, list) or name not in required:
                    yield Defect(at, f"{place} does not require {shorten(name)}; strict mode wants all properties")
        for keyword in NOT_STRICT:
            if keyword in part:
                yield Defect((*at, keyword), f"{place} has {keyword}, which strict mode does not take")

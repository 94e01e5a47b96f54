"""From a violated schema to findings: one for each place, in the words of the people who wrote the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ftlint.core.suggest import closest
from ftlint.core.types import Edit, Fix, Pointer, Problem, spell_pointer
from ftlint.core.visible import shorten
from ftlint.formats.accept import Acceptor, Violation
from ftlint.formats.views import SIDES
from ftlint.formats.wording import (
    INNER_KEYS,
    ROLE_MEANT,
    ROW_KEYS,
    listing,
    literal,
    name_of,
    type_help,
    types_of,
    wrong,
)

MAX_PROBLEMS = 100
"""Listed for one row; a row of a million wrong elements must not fill the memory."""

MAX_VALUES = 20_000
"""Values of a row up to which all its violations are looked at."""

INSTEAD_OF_CONTENT = ("tool_calls", "function_call", "refusal")
"""With one of them, a message of the assistant needs no content."""

DROP = Fix("Drop the key", "unsafe", (Edit("drop"),))

# Of several violations at one place, the first of these is the cause.
PRECEDENCE = ("falseSchema", "type", "enum", "const", "not", "minItems", "maxItems", "pattern")


def explain(row: dict[str, Any], acceptor: Acceptor, values: int = 0) -> Iterator[Problem]:
    """
    The problems of a refused row, in the order of their places, at most `MAX_PROBLEMS` and a closing one.

    Of a row with more than `MAX_VALUES` values, only the first problem: the engine would list millions.
    """
    if values > MAX_VALUES:
        yield from _problems(row, acceptor.first(row))
        yield Problem(
            "FT104", f"Row has more than {MAX_VALUES:,} values: only its first problem of shape is listed", pointer=()
        )
        return
    count = 0
    extra: set[Pointer | None] = set()
    for violation in _once_a_call(row, _causes(acceptor.violations(row))):
        for problem in _problems(row, violation):
            if problem.on_key:
                if problem.pointer in extra:
                    continue  # the base does not know the key, and the dialect forbids it by name
                extra.add(problem.pointer)
            count += 1
            if count > MAX_PROBLEMS:
                yield Problem(
                    "FT104",
                    f"Row has more than {MAX_PROBLEMS} problems of shape; the rest is not listed",
                    pointer=(),
                )
                return
            yield problem


def explain_custom(row: Any, acceptor: Acceptor, schema_name: str) -> Iterator[Problem]:
    """The same for a schema of the user's own: one code, the schema's words."""
    for count, violation in enumerate(acceptor.violations(row)):
        if count == MAX_PROBLEMS:
            return
        what = f"{violation.keyword} {listing(violation.value)}".strip()
        place = spell_pointer(violation.pointer) or "Row"
        yield Problem("FT111", f"{place} does not satisfy {schema_name}: {what}", pointer=violation.pointer)


def _causes(violations: Iterable[Violation]) -> list[Violation]:
    found: list[Violation] = []
    for violation in violations:
        found.append(violation)
        if len(found) > 10 * MAX_PROBLEMS:
            break
    by_place: dict[Pointer, list[Violation]] = {}
    for violation in found:
        by_place.setdefault(violation.pointer, []).append(violation)
    causes = []
    for here in by_place.values():
        keyed = [violation for violation in here if violation.keyword in ("required", "additionalProperties")]
        valued = [violation for violation in here if violation not in keyed]
        if valued:
            causes.append(min(valued, key=lambda violation: _rank(violation.keyword)))
        causes.extend(_unique(keyed))
    # What a value of the wrong type holds is no second problem: a dialect may want text where the base takes parts.
    wrong_types = {violation.pointer for violation in causes if violation.keyword == "type"}
    if wrong_types:
        causes = [one for one in causes if not any(one.pointer[:n] in wrong_types for n in range(len(one.pointer)))]
        # Calls of the wrong type are calls all the same: the message needs no content beside them.
        causes = [
            one
            for one in causes
            if (one.keyword, one.value) != ("required", "content")
            or wrong_types.isdisjoint((*one.pointer, key) for key in INSTEAD_OF_CONTENT)
        ]
    return sorted(causes, key=lambda violation: [str(step).zfill(9) for step in violation.pointer])


def _once_a_call(row: dict[str, Any], causes: list[Violation]) -> Iterator[Violation]:
    """A result has the id of its call: where the form of that is wrong, it is said at the call."""
    wrong_ids = {_at(row, one.pointer) for one in causes if one.keyword == "pattern" and one.pointer[-1] == "id"}
    for one in causes:
        of_result = one.keyword == "pattern" and one.pointer[-1] == "tool_call_id"
        if not (of_result and _at(row, one.pointer) in wrong_ids):
            yield one


def _rank(keyword: str) -> int:
    return PRECEDENCE.index(keyword) if keyword in PRECEDENCE else len(PRECEDENCE)


def _unique(violations: list[Violation]) -> list[Violation]:
    """A key is missing, and one that looks like it is extra: a misspelling, said once."""
    extra = {key for violation in violations if violation.keyword == "additionalProperties" for key in violation.value}
    kept: dict[tuple[str, str], Violation] = {}
    for violation in violations:
        if violation.keyword == "required" and closest(violation.value, extra):
            continue
        kept.setdefault((violation.keyword, str(violation.value)), violation)
    return list(kept.values())


def _problems(row: dict[str, Any], violation: Violation) -> Iterator[Problem]:
    pointer, keyword, value = violation.pointer, violation.keyword, violation.value
    here = _at(row, pointer)
    place = spell_pointer(pointer) or "Row"
    if own := _own_rule(pointer, keyword, value, here):
        yield own
    elif keyword == "required":
        yield Problem("FT101", f'{place} has no "{value}"', pointer=pointer)
    elif keyword == "additionalProperties":
        for key in value:
            yield _extra_key(here, pointer, key)
    elif keyword == "falseSchema":
        yield _extra_key(_at(row, pointer[:-1]), pointer[:-1], str(pointer[-1]))
    elif keyword == "type":
        yield Problem(
            "FT103",
            f"{place} is {name_of(here)}, expected {'0 or 1' if _is_turn_weight(pointer) else types_of(value)}",
            pointer=pointer,
            help=type_help(pointer, here),
        )
    elif keyword == "enum" and pointer and pointer[-1] == "role":
        yield _unknown_role(here, pointer, value)
    elif keyword == "enum" and isinstance(here, (bool, float)) and _is_turn_weight(pointer):
        yield Problem("FT103", f"{place} is {literal(here)}, expected the integer 0 or 1", pointer=pointer)
    elif keyword == "minItems" and pointer and pointer[-1] == "messages" and not here:
        yield Problem("FT106", f"{place} is an empty list", pointer=pointer)
    else:
        yield Problem("FT104", f"{place} {wrong(keyword, value, here)}", pointer=pointer)


def _own_rule(pointer: Pointer, keyword: str, value: Any, here: Any) -> Problem | None:
    """The problem of a place that has a rule of its own."""
    place, last = spell_pointer(pointer), pointer[-1] if pointer else None
    if last == "arguments" and keyword == "type":
        fix = Fix("Encode the arguments as JSON in a string", "safe") if isinstance(here, dict) else None
        message = f"{place} is {name_of(here)}, expected JSON in a string"
        return Problem("FT406", message, pointer=pointer, fix=fix)
    if last == "name" and keyword == "pattern":
        return Problem("FT402", f"Name {shorten(here)} of a tool is not 1 to 64 of a-z, A-Z, 0-9, _ and -", pointer)
    if last == "type" and here == "image_url" and keyword in ("enum", "not"):
        return Problem("FT451", f"{place} is an image, which this target does not take here", pointer=pointer)
    if last in SIDES and keyword in ("minItems", "maxItems"):
        return Problem("FT603", f"{last} has {len(here)} messages, expected 1", pointer=pointer)
    if last in SIDES and keyword == "contains":
        return Problem("FT603", f"{last} has no message of the assistant", pointer=pointer)
    if last in ("id", "tool_call_id") and keyword == "pattern":
        return Problem("FT411", f"{place} {wrong(keyword, value, here)}", pointer=pointer)
    if last == "content" and keyword == "maxLength":
        message = f"{place} stands beside tool calls; the target takes content or calls, not both"
        return Problem("FT104", message, pointer=pointer)
    return None


def _extra_key(parent: Any, pointer: Pointer, key: str) -> Problem:
    at = (*pointer, key)
    if key == "weight" and isinstance(parent, dict) and parent.get("role") not in (None, "assistant"):
        role = shorten(str(parent["role"]))
        return Problem(
            "FT205",
            f"weight stands on a message of role {role}; only assistant messages take one",
            pointer=at,
            on_key=True,
            fix=Fix("Drop the weight", "unsafe", (Edit("drop"),)),
        )
    place = f" in {spell_pointer(pointer)}" if pointer else ""
    known = closest(key, (INNER_KEYS if pointer else ROW_KEYS) - set(parent)) if isinstance(parent, dict) else None
    meant = known if known != key else None
    said = f'. Did you mean "{meant}"?' if meant else ""
    # A key that is misspelt holds what the row cannot do without; one that is known is forbidden here.
    misspelt = meant and key not in INNER_KEYS | ROW_KEYS
    fix = Fix(f'Rename the key to "{meant}"', "unsafe", (Edit("rename", key=meant),)) if misspelt else DROP
    return Problem(
        "FT102",
        f"Unknown key {shorten(key)}{place}{said}",
        pointer=at,
        on_key=True,
        fix=fix,
    )


def _unknown_role(role: Any, pointer: Pointer, known: list[str]) -> Problem:
    if not isinstance(role, str):
        return Problem("FT103", f"{spell_pointer(pointer)} is {name_of(role)}, expected a string", pointer=pointer)
    meant = ROLE_MEANT.get(role.casefold()) or closest(role, known)
    return Problem(
        "FT105",
        f"Role {shorten(role)} is not one of {', '.join(known)}",
        pointer=pointer,
        help=f'did you mean "{meant}"?' if meant in known else None,
        fix=Fix(f'Replace the role by "{meant}"', "unsafe", (Edit("replace", meant),)) if meant in known else None,
    )


def _is_turn_weight(pointer: Pointer) -> bool:
    return bool(pointer) and pointer[-1] == "weight"


def _at(row: Any, pointer: Pointer) -> Any:
    for step in pointer:
        try:
            row = row[step]
        except (KeyError, IndexError, TypeError):
            return None
    return row

"""A grader's file: what is wrong with it, and which fields of the rows it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson

from ftlint.core.edits import value_at
from ftlint.core.positions import duplicate_keys
from ftlint.core.types import Pointer, Problem, spell_pointer
from ftlint.core.visible import shorten
from ftlint.formats.accept import compile_schema
from ftlint.formats.graders import formula, source, template
from ftlint.formats.schemas import bundle
from ftlint.formats.shape import MAX_PROBLEMS, explain
from ftlint.sources.bounds import too_deep
from ftlint.sources.explain import explain as explain_json

SCHEMA = "graders/grader.schema.json"
WRAPPERS: tuple[Pointer, ...] = (("method", "reinforcement", "grader"), ("reinforcement", "grader"), ("grader",))
"""Where a grader stands in the request that starts a job, in its `method`, in a request to try the grader out."""

MAX_TEMPLATES = 1000
"""Looked at in one text."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the rows that the grader uses: the steps to it, its template, and where in the grader."""

    steps: Pointer
    template: str
    at: Pointer


@dataclass(frozen=True, slots=True)
class Grader:
    """What is to know of a grader. `compared` are the fields that a text of the model is compared with."""

    problems: tuple[Problem, ...] = ()
    fields: tuple[Field, ...] = ()
    compared: tuple[Field, ...] = ()


def read(raw: bytes) -> Grader:
    """Read the JSON text of a grader, whatever it holds."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return Grader((_as_grader(explain_json(raw)),))
    if deep := too_deep(raw):
        return Grader((_as_grader(deep),))
    at = _place(value)
    value = value_at(value, at)
    repeated = [_repeated(node.pointer) for node in duplicate_keys(raw.decode())[:MAX_PROBLEMS]]
    return _read(value, at, repeated, raw.count(b","))


def unwrapped(value: Any) -> Any:
    """The grader in a JSON value: the value itself, or what one of the usual wrappers holds."""
    return value_at(value, _place(value))


def _place(value: Any) -> Pointer:
    """Where in the file the grader stands: at its top, or in one of the usual wrappers."""
    for wrapper in WRAPPERS:
        inner = value
        for step in wrapper:
            inner = inner.get(step) if isinstance(inner, dict) else None
        if inner is not None:
            return wrapper
    return ()


def _read(value: Any, at: Pointer, problems: list[Problem], values: int) -> Grader:
    acceptor = compile_schema(bundle(SCHEMA), SCHEMA)
    if not acceptor.is_valid(value):
        problems.extend(_as_grader(problem, at) for problem in explain(value, acceptor, values))
    fields: dict[Pointer, Field] = {}
    compared: dict[Pointer, Field] = {}
    for single, place in _singles(value, at):
        if len(problems) > MAX_PROBLEMS:
            break
        problems.extend(_content(single, place))
        for key in ("input", "reference"):
            for text, where in _texts(single.get(key), (*place, key)):
                found = list(islice(template.templates(text), MAX_TEMPLATES))
                problems.extend(_of_template(fault, where) for fault in found if isinstance(fault, template.Fault))
                for one in found:
                    if isinstance(one, template.Template) and one.is_field:
                        field = Field(one.steps, one.text, where)
                        fields.setdefault(one.steps, field)
                        if where == (*place, key) and text[one.start : one.end] == text.strip():
                            compared.setdefault(one.steps, field)
    if isinstance(value, dict) and value.get("type") == "multi":
        problems.extend(_formula(value, at))
    return Grader(tuple(problems[:MAX_PROBLEMS]), tuple(fields.values()), tuple(compared.values()))


def _singles(value: Any, at: Pointer) -> Iterator[tuple[dict[str, Any], Pointer]]:
    """The grader, or those that a multi grader combines."""
    if not isinstance(value, dict):
        return
    if value.get("type") != "multi":
        yield value, at
        return
    inner = value.get("graders")
    at = (*at, "graders")
    if isinstance(inner, dict) and isinstance(inner.get("type"), str):
        yield inner, at
        return
    entries = inner.items() if isinstance(inner, dict) else enumerate(inner) if isinstance(inner, list) else ()
    for key, single in entries:
        if isinstance(single, dict) and single.get("type") != "multi":
            yield single, (*at, key)


def _content(grader: dict[str, Any], at: Pointer) -> Iterator[Problem]:
    """What no schema can say of one grader."""
    kind = grader.get("type")
    code = grader.get("source")
    if kind == "python" and isinstance(code, str) and code and (fault := source.fault_of(code)):
        where = (*at, "source")
        yield Problem("FT611", f"{spell_pointer(where)} {fault.message}", where, part=fault.part)
    span = grader.get("range")
    if kind == "score_model" and isinstance(span, list) and len(span) == 2 and all(map(_is_number, span)):
        low, high = span
        if low > high:
            where = (*at, "range")
            yield Problem("FT611", f"{spell_pointer(where)} is [{low}, {high}], expected the lower bound first", where)
    labels, passing = grader.get("labels"), grader.get("passing_labels")
    if kind == "label_model" and isinstance(labels, list) and isinstance(passing, list):
        known = {label for label in labels if isinstance(label, str)}
        for index, label in enumerate(passing):
            if isinstance(label, str) and label not in known:
                where = (*at, "passing_labels", index)
                yield Problem(
                    "FT611", f"{spell_pointer(where)} is {shorten(label)}, which is none of the labels", where
                )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _formula(grader: dict[str, Any], at: Pointer) -> Iterator[Problem]:
    """The faults of a formula. Its names are the keys of the graders; of a list, nobody says what they are."""
    inner, text = grader.get("graders"), grader.get("calculate_output")
    if not isinstance(text, str) or not text:
        return
    keyed = isinstance(inner, dict) and not isinstance(inner.get("type"), str)
    fault = formula.fault_of(text, list(inner) if keyed and inner else None)
    if fault is not None:
        where = (*at, "calculate_output")
        message = f"{spell_pointer(where)} {fault.message}"
        yield Problem("FT611", message, where, part=(fault.start, fault.end))


def _texts(value: Any, at: Pointer) -> Iterator[tuple[str, Pointer]]:
    """Every text in which templates are replaced."""
    if isinstance(value, str):
        yield value, at
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*at, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("role", "type"):
                yield from _texts(item, (*at, key))


def _of_template(fault: template.Fault, at: Pointer) -> Problem:
    return Problem("FT613", fault.message, at, help=fault.help, part=(fault.start, fault.end))


def _repeated(pointer: Pointer) -> Problem:
    place = spell_pointer(pointer[:-1]) or "the grader"
    return Problem("FT611", f"Key {shorten(str(pointer[-1]))} stands twice in {place}", pointer, on_key=True)


def _as_grader(problem: Problem, at: Pointer = ()) -> Problem:
    """A problem of a row's shape or of JSON, said of a grader."""
    pointer = None if problem.pointer is None else (*at, *problem.pointer)
    message = "Grader" + problem.message[3:] if problem.message.startswith("Row ") else problem.message
    return problem._replace(code="FT611", message=message, pointer=pointer, fix=None)

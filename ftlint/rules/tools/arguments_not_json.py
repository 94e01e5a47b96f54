"""FT405."""

from collections.abc import Iterator

from ftlint.core.edits import value_at
from ftlint.core.types import Edit, Fix, Problem, Severity
from ftlint.core.visible import shorten
from ftlint.formats.tools import UNREADABLE, Call, Definitions
from ftlint.formats.views import Row, Value
from ftlint.formats.wording import name_of
from ftlint.rules.base import CallRule, Report, Target
from ftlint.rules.tools._examples import a_call, asked
from ftlint.sources.parse import parse


class ArgumentsNotJson(CallRule):
    """
    The arguments of a call are no JSON, or no object.

    ## Why it matters
    Arguments are JSON in a string, and the model learns to write what stands there. Whoever runs the calls of
    the trained model will fail to read them. Arguments that are encoded twice are a string in a string.

    Empty arguments pass where nothing is required: some clients write them for a call without arguments.

    ## Fix
    Unsafe: what was encoded twice is decoded once. What is broken otherwise cannot be guessed.
    """

    code = "FT405"
    name = "arguments-not-json"
    severity = Severity.ERROR
    help = "write the arguments with json.dumps, once"

    bad = asked(a_call("{zone: UTC}"))
    good = asked(a_call('{"zone": "UTC"}'))

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report arguments that are no object."""
        for call in row.calls:
            value = call.value
            if value.__class__ is dict:
                continue
            problem = _unread(call, row.definitions) if value is UNREADABLE else _no_object(value)
            if problem is not None:
                message, part = problem
                twice = isinstance(call.arguments, str) and _decoded_once(call.arguments) is not None
                fix = Fix("Decode them once", "unsafe") if twice else None
                at = (*call.at, "arguments")
                report(f"Arguments of {shorten(call.name)} {message}", at=at, part=part, fix=fix)

    def mend(self, row: Value, problem: Problem) -> Iterator[Edit]:
        """Decode what was encoded twice."""
        arguments = _decoded_once(value_at(row, problem.pointer or ()))
        if arguments is not None:
            yield Edit("replace", arguments, problem.pointer)


Found = tuple[str, tuple[int, int] | None]


def _no_object(value: object) -> Found:
    if _is_structure(value):
        return "are encoded twice: a string with JSON in it, inside the string", None
    return f"are {name_of(value)}, expected an object", None


def _unread(call: Call, definitions: Definitions | None) -> Found | None:
    text = call.arguments
    assert isinstance(text, str)  # objects are read already
    if not text.strip():
        function = definitions.named.get(call.name) if definitions else None
        schema = function.value.get("parameters") if function else None
        needed = schema.get("required") if isinstance(schema, dict) else None
        return (f"are empty, but {_named(needed)} required", None) if needed and isinstance(needed, list) else None
    if _decoded_once(text) is not None:
        return "are encoded twice: the quotation marks are escaped once too often", None
    from ftlint.sources.explain import explain

    raw = text.encode()
    problem = explain(raw)
    if problem.code == "FT015":  # JSON, only deeper than anyone reads it
        return None
    part = None
    if problem.span is not None:
        start, end = (len(raw[:place].decode(errors="replace")) for place in problem.span)
        part = (start, end) if start < end else None
    what = problem.message.removeprefix("Line is ").removeprefix("Line ")
    return f"are not JSON: {what[:1].lower()}{what[1:]}", part


def _named(needed: list[object]) -> str:
    first = shorten(str(needed[0]))
    return f"{first} is" if len(needed) == 1 else f"{first} and {len(needed) - 1} more are"


def _decoded(text: str) -> object:
    try:
        return parse(text.encode())
    except ValueError:
        return None


def _decoded_once(text: str) -> str | None:
    """Of arguments that are encoded twice what they were after the first time, else None."""
    value = _decoded(f'"{text}"' if text.lstrip().startswith('{\\"') else text)
    return value if isinstance(value, str) and _is_structure(value) else None


def _is_structure(value: object) -> bool:
    """Whether a string holds a JSON object or list."""
    return isinstance(value, str) and isinstance(_decoded(value), (dict, list))

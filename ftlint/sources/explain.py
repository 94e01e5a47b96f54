"""Why a row does not parse: one problem, the root cause, at its place."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Iterator
from itertools import islice, pairwise

from ftlint.core.types import Fix, Pointer, Problem
from ftlint.sources.bounds import number_in, too_deep
from ftlint.sources.loose import MAX_DEPTH, spans

MAX_REPR_BYTES = 1 << 18  # ast.literal_eval builds a tree 300 times the size of its text
MAX_COMMAS = 1000
"""A row with more commas that are too many is no slip of the hand."""
TYPOGRAPHIC_QUOTES = "[“”„‟″]"
TYPOGRAPHIC = re.compile(r"[{\[,:]\s*([“”„‟″])")
PYTHON_WORD = re.compile(r"[:,\[]\s*(None|True|False)\s*[,}\]]")
# Strings match closed or not, numbers as a whole: what fails to match is tried again at its next character.
INNER_COMMA = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|,(?=\s*+[}\]])')
EXPECTED = {
    "Expecting value": "expected a value",
    "Expecting ',' delimiter": 'expected "," or a closing bracket; is a " inside a string not escaped?',
    "Expecting ':' delimiter": 'expected ":" after the key',
    "Expecting property name enclosed in double quotes": 'expected a key in double quotes or "}"',
    "Illegal trailing comma before end of object": "a comma stands before the closing brace",
    "Illegal trailing comma before end of array": "a comma stands before the closing bracket",
    "Unterminated string starting at": "a string is not closed",
    "Invalid control character at": "a control character stands in a string unescaped",
    "Invalid \\escape": "unknown escape after \\",
    "Invalid \\uXXXX escape": "\\u takes four hexadecimal digits",
    "Extra data": "more text follows after the value",
}


def explain(raw: bytes) -> Problem:
    """The problem of a row that orjson refuses. Spans count bytes from the row's start."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        return _invalid_utf8(raw, error)
    for check in (_too_deep, _trailing_comma, _smart_quotes, _python_repr, _concatenated, _odd_value):
        if problem := check(raw, text):
            return problem
    return _invalid_json(text)


def concatenated(raw: bytes) -> tuple[Problem, list[tuple[int, int]]] | None:
    """FT005 and the spans of the objects, when a line that does not parse holds several, one after another."""
    if raw.count(b"}") < 2 or not raw.lstrip().startswith(b"{"):
        return None
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    if too_deep(raw) or _trailing_comma(raw, text):
        return None
    found = [(start, end) for start, end, closed in spans(raw) if closed]
    if len(found) < 2 or any(raw[a:b].strip(b" \t\r,") for (_, a), (b, _) in pairwise(found)):
        return None
    if raw[: found[0][0]].strip() or raw[found[-1][1] :].strip(b" \t\r,"):
        return None
    start = found[1][0]
    problem = Problem(
        "FT005",
        f"{len(found)} objects stand on one line",
        span=(start, start + 1),
        help="write one object a line",
        fix=Fix("Put each object on its own line", "safe"),
    )
    return problem, found


def _too_deep(raw: bytes, text: str) -> Problem | None:
    return too_deep(raw)


def _invalid_utf8(raw: bytes, error: UnicodeDecodeError) -> Problem:
    byte = raw[error.start]
    try:
        character = bytes([byte]).decode("cp1252")
        meant = f"; it is {character if character.isprintable() else f'U+{byte:04X}'} in Windows-1252"
    except UnicodeDecodeError:
        meant = ""
    return Problem(
        "FT007",
        f"Byte 0x{byte:02x} at byte {error.start + 1:,} of the line is not UTF-8{meant}",
        span=(error.start, error.start + 1),
        help="save the file as UTF-8",
        fix=Fix("Decode as Windows-1252", "unsafe") if meant else None,
    )


def _trailing_comma(raw: bytes, text: str) -> Problem | None:
    stripped = text.rstrip()
    if stripped.endswith(",") and _parses(stripped[:-1]):
        place = len(stripped[:-1].encode())
        return Problem(
            "FT019",
            "Line ends with a comma after the object",
            span=(place, place + 1),
            fix=Fix("Remove the comma", "safe"),
        )
    if "," not in text or not re.search(r",\s*[}\]]", text):
        return None
    stripped = stripped.removesuffix(",")
    places = [match.start() for match in islice(inner_commas(stripped), MAX_COMMAS + 1)]
    if not 0 < len(places) <= MAX_COMMAS:
        return None
    edges = [-1, *places, len(stripped)]
    if not _parses("".join(stripped[start + 1 : end] for start, end in pairwise(edges))):
        return None
    place = len(text[: places[0]].encode())
    return Problem(
        "FT019",
        "A comma stands before a closing bracket",
        span=(place, place + 1),
        fix=Fix("Remove the comma", "unsafe"),
    )


def inner_commas(text: str) -> Iterator[re.Match[str]]:
    """The commas of a text that stand before a closing bracket."""
    return (match for match in INNER_COMMA.finditer(text) if match[0] == ",")


def _smart_quotes(raw: bytes, text: str) -> Problem | None:
    match = TYPOGRAPHIC.search(text)
    if not match or not _parses(re.sub(TYPOGRAPHIC_QUOTES, '"', text)):
        return None
    place = len(text[: match.start(1)].encode())
    return Problem(
        "FT021",
        f'Typographic quotes {match[1]} stand where JSON wants "',
        span=(place, place + len(match[1].encode())),
        help="turn off smart quotes in the editor",
        fix=Fix('Replace the quotes with "', "unsafe"),
    )


def _python_repr(raw: bytes, text: str) -> Problem | None:
    if len(raw) > MAX_REPR_BYTES or not ("'" in text or PYTHON_WORD.search(text)):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Python's opinion of the data's escapes
            value = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
    if not isinstance(value, dict):
        return None
    return Problem(
        "FT018",
        "Row is a printed Python dict (single quotes, None, True), not JSON",
        span=(0, len(raw.rstrip())),
        help="write rows with json.dumps",
        fix=Fix("Rewrite as JSON", "unsafe"),
    )


def _concatenated(raw: bytes, text: str) -> Problem | None:
    several = concatenated(raw)
    return several and several[0]


def _odd_value(raw: bytes, text: str) -> Problem | None:
    """NaN, numbers past every double, lone surrogates: the standard library reads them, others do not."""
    try:
        value = json.loads(text, parse_int=str)
    except (ValueError, RecursionError):
        return None
    if problem := number_in(text):
        return problem
    if place := _find_surrogate(value):
        pointer, code = place
        return Problem(
            "FT014",
            f"Lone surrogate \\u{code:04x}: half of a character, which no file in UTF-8 can hold",
            pointer=pointer,
            help="write the whole character; text cut in the middle of an emoji leaves one",
        )
    return None


def _find_surrogate(value: object) -> tuple[Pointer, int] | None:
    stack: list[tuple[Pointer, object]] = [((), value)]
    while stack:
        pointer, node = stack.pop()
        if isinstance(node, str):
            for character in node:
                if "\ud800" <= character <= "\udfff":
                    return pointer, ord(character)
        elif isinstance(node, dict):
            for key, child in node.items():
                stack.append(((*pointer, key), child))
                stack.append(((*pointer, key), key))
        elif isinstance(node, list):
            stack.extend(((*pointer, index), child) for index, child in enumerate(node))
    return None


def _invalid_json(text: str) -> Problem:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        place = min(error.pos, max(len(text.rstrip()) - 1, 0))
        reason = EXPECTED.get(error.msg, error.msg)
        if error.pos >= len(text.rstrip()):
            reason = "the line ends inside the object" if text.strip() else reason
        start = len(text[:place].encode(errors="surrogatepass"))
        return Problem("FT001", f"Not JSON: {reason}", span=(start, start + len(text[place : place + 1].encode())))
    except RecursionError:
        return Problem("FT015", f"Nested deeper than {MAX_DEPTH} levels", span=(0, 1))
    except ValueError as error:  # more digits than Python converts
        return Problem("FT013", f"Not a usable number: {error}", span=(0, 1))
    return Problem("FT001", "Not JSON", span=(0, 1))


def _parses(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False

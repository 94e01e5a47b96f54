"""
Lines that are no row, made rows: for each code that the reader finds, what becomes of the line.

Nothing is guessed beyond what the code says, and what results has to parse and to repeat no key.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from ftlint.core.types import Problem
from ftlint.sources.explain import TYPOGRAPHIC_QUOTES, concatenated, inner_commas
from ftlint.sources.parse import parse

Lines = list[bytes]


def mended(raw: bytes, problem: Problem) -> Lines | None:
    """The lines that take the place of a line with this problem; None where it cannot be mended."""
    return MENDED[problem.code](raw, problem)


def _carriage_return(raw: bytes, problem: Problem) -> Lines:
    return [raw.rstrip(b"\r")]


def _concatenated(raw: bytes, problem: Problem) -> Lines | None:
    several = concatenated(raw)
    return [raw[start:end] for start, end in several[1]] if several else None


def _windows_1252(raw: bytes, problem: Problem) -> Lines | None:
    """Every byte that is not UTF-8 as Windows-1252 has it; None where that has no such character."""
    text = ""
    position = 0
    while position < len(raw):
        try:
            text += raw[position:].decode()
            break
        except UnicodeDecodeError as error:
            bad = position + error.start
            text += raw[position:bad].decode()
            try:
                text += raw[bad : bad + 1].decode("cp1252")
            except UnicodeDecodeError:
                return None
            position = bad + 1
    return [text.encode()]


def _comma_behind(raw: bytes, problem: Problem) -> Lines | None:
    assert problem.span is not None
    start, end = problem.span
    return _if_row(raw[:start] + raw[end:])


def _inner_commas(raw: bytes, problem: Problem) -> Lines | None:
    text = raw.decode()
    row = text.rstrip()
    behind = text[len(row) :]
    row = row.removesuffix(",")
    edges = [-1, *(match.start() for match in inner_commas(row)), len(row)]
    return _if_row(("".join(row[start + 1 : end] for start, end in pairwise(edges)) + behind).encode())


def _trailing_comma(raw: bytes, problem: Problem) -> Lines | None:
    assert problem.fix is not None
    return (_comma_behind if problem.fix.applicability == "safe" else _inner_commas)(raw, problem)


def _smart_quotes(raw: bytes, problem: Problem) -> Lines | None:
    return _if_row(re.sub(TYPOGRAPHIC_QUOTES, '"', raw.decode()).encode())


def _python_repr(raw: bytes, problem: Problem) -> Lines | None:
    """The dict as JSON; None where that would not be the same: keys that are no strings or repeat, tuples, sets."""
    text = raw.decode().strip()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python's opinion of the data's escapes
        try:
            value = ast.literal_eval(text)
            if any(_repeats_a_key(node) for node in ast.walk(ast.parse(text, mode="eval"))):
                return None
            written = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
            return [written] if repr(parse(written)) == repr(value) else None
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return None


def _repeats_a_key(node: ast.AST) -> bool:
    if not isinstance(node, ast.Dict):
        return False
    keys = [ast.dump(key) if key else None for key in node.keys]
    return len(keys) != len(set(keys))


def _if_row(raw: bytes) -> Lines | None:
    try:
        value: Any = parse(raw)
    except ValueError:
        return None
    return [raw] if isinstance(value, dict) else None


MENDED: dict[str, Callable[[bytes, Problem], Lines | None]] = {
    "FT005": _concatenated,
    "FT007": _windows_1252,
    "FT009": lambda raw, problem: [],
    "FT010": _carriage_return,
    "FT018": _python_repr,
    "FT019": _trailing_comma,
    "FT021": _smart_quotes,
}

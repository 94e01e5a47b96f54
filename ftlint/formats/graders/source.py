"""The source of a python grader: compiled to see whether it is Python, never run."""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterator
from typing import NamedTuple

from ftlint.core.visible import visible

LINE_END = re.compile(r"\r\n|\r|\n")


class Fault(NamedTuple):
    """What is wrong with a source, and the characters where; None: everywhere."""

    message: str
    part: tuple[int, int] | None = None


def fault_of(source: str) -> Fault | None:
    """Why a source is no grader: it does not compile, or has no function grade(sample, item)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source, "grader")
            compile(source, "grader", "exec", dont_inherit=True)
    except SyntaxError as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        where = f" (line {error.lineno})" if error.lineno else ""
        return Fault(f"is not valid Python {version}: {visible(error.msg)}{where}", _part(source, error))
    except ValueError as error:  # NUL bytes, numbers of too many digits, lone surrogates
        return Fault(f"is not valid Python: {visible(str(error))}")
    except (RecursionError, MemoryError):
        return Fault("is nested too deeply for Python to compile")
    return _without_grade(tree)


def _part(source: str, error: SyntaxError) -> tuple[int, int] | None:
    if not error.lineno:
        return None
    starts = [0, *(match.end() for match in LINE_END.finditer(source))]
    start = starts[min(error.lineno, len(starts)) - 1] + max((error.offset or 1) - 1, 0)
    start = min(start, max(len(source) - 1, 0))
    return start, start + 1


def _without_grade(tree: ast.Module) -> Fault | None:
    """The last definition counts; a `grade` that comes from elsewhere cannot be judged."""
    found: ast.FunctionDef | ast.AsyncFunctionDef | None = None
    for statement in _statements(tree.body):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if statement.name == "grade":
                found = statement
        elif _may_bind_grade(statement):
            return None
    if found is None:
        return Fault("has no function grade(sample, item)")
    if not _takes_two(found.args):
        return Fault("has a function grade that does not take the two arguments (sample, item)")
    return None


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, those inside of its blocks too."""
    waiting = list(reversed(body))
    while waiting:
        statement = waiting.pop()
        yield statement
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            for inner in getattr(statement, block, ()):
                waiting.extend([inner] if isinstance(inner, ast.stmt) else inner.body)


def _may_bind_grade(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return any((name.asname or name.name) in ("grade", "*") for name in statement.names)
    if isinstance(statement, ast.ClassDef):
        return statement.name == "grade"
    if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr)):
        return any(
            (isinstance(node, ast.Name) and node.id in ("grade", "exec", "globals")) for node in ast.walk(statement)
        )
    return False


def _takes_two(arguments: ast.arguments) -> bool:
    positional = len(arguments.posonlyargs) + len(arguments.args)
    required = positional - len(arguments.defaults)
    keywords = any(default is None for default in arguments.kw_defaults)
    return required <= 2 and (positional >= 2 or arguments.vararg is not None) and not keywords

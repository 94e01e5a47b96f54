"""The formula of a multi grader: read, never evaluated."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from ftlint.core.suggest import did_you_mean
from ftlint.core.visible import shorten

# https://developers.openai.com/api/docs/guides/graders, seen 2026-11-24
FUNCTIONS = frozenset(["min", "max", "abs", "floor", "ceil", "exp", "sqrt", "log"])
OF_ONE = frozenset(["abs", "floor", "ceil", "exp", "sqrt"])
OPERATORS = frozenset("+-*/^")

TOKEN = re.compile(r"(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][+-]?\d++)?+|[^\W\d]\w*+|\S")
MAX_ODD_NAMES = 100


class Fault(NamedTuple):
    """What is wrong with a formula, and the characters where."""

    message: str
    start: int
    end: int


def fault_of(formula: str, names: Collection[str] | None) -> Fault | None:
    """The first fault of a formula over graders of these names; None for the names: any will do."""
    known = frozenset(names or ())
    opened: list[tuple[str, int]] = []
    operand = True
    tokens = _tokens(formula, names or ())
    for index, (token, start, end) in enumerate(tokens):
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if operand:
            if token == "(":
                before = tokens[index - 1][0] if index else ""
                opened.append((before if before in FUNCTIONS else "", start))
            elif _is_name(token) and following == "(":
                if token not in FUNCTIONS:
                    listed = ", ".join(sorted(FUNCTIONS))
                    return Fault(f"uses the unknown function {shorten(token)}; there are {listed}", start, end)
            elif _is_name(token):
                if names is not None and token not in known:
                    return Fault(_unknown(token, names), start, end)
                operand = False
            elif token[0].isdigit() or (token[0] == "." and len(token) > 1):
                operand = False
            elif token not in ("+", "-"):
                return Fault(f"has {shorten(token)} where a value is expected", start, end)
        elif token in OPERATORS:
            operand = True
        elif token == ")" and opened:
            opened.pop()
        elif token == "," and opened and opened[-1][0] and opened[-1][0] not in OF_ONE:
            operand = True
        elif token == ")":
            return Fault('has a ")" without a "("', start, end)
        else:
            return Fault(f"has {shorten(token)} where an operator is expected", start, end)
    if operand:
        return Fault("ends where a value is expected", max(0, len(formula) - 1), len(formula))
    if opened:
        return Fault('has a "(" that is not closed', opened[-1][1], opened[-1][1] + 1)
    return None


def _is_name(token: str) -> bool:
    return token.isidentifier() or (len(token) > 1 and not token[0].isdigit() and token[0] != ".")


def _tokens(formula: str, names: Collection[str]) -> list[tuple[str, int, int]]:
    """The tokens of a formula; a name such as `exact-match` is one, although it could be read as a difference."""
    odd = [name for name in names if not re.fullmatch(r"\w*", name) and re.search(r"[^\W\d]", name)]
    odd = sorted(odd, key=len, reverse=True)[:MAX_ODD_NAMES]
    pattern = re.compile("|".join([*map(re.escape, odd), TOKEN.pattern])) if odd else TOKEN
    return [(match[0], *match.span()) for match in pattern.finditer(formula)]


def _unknown(name: str, names: Collection[str]) -> str:
    listed = ", ".join(shorten(known, 30) for known in list(names)[:8])
    more = ", …" if len(names) > 8 else ""
    meant = did_you_mean(name, list(names)[:1000])
    return f"uses {shorten(name)}, which is none of the graders {listed}{more}" + (f".{meant}" if meant else "")

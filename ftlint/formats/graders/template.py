"""Templates in the texts of a grader: `{{ item.key }}` and `{{ sample.output_text }}`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ftlint.core.suggest import closest
from ftlint.core.types import Pointer
from ftlint.core.visible import shorten

# "The only supported namespace values are item and sample."
# https://developers.openai.com/api/docs/guides/graders, seen 2026-11-24
NAMESPACES = ("item", "sample")
FORMS = "write {{ item.KEY }} or {{ sample.output_text }}"

# The innermost pair of braces: around a template, JSON has braces of its own.
OPENING = re.compile(r"\{\{(?!\{)")
CLOSING = re.compile(r"\}\}|\{\{")
ROOT = re.compile(r"\s*+([^\W\d]\w*+)\s*+")
STEP = re.compile(r"\.\s*+([^\s.\[\]{}|()]++)|\[\s*+(?:(\d++)|\"([^\"\]]*+)\"|'([^'\]]*+)'|[^\[\]]++)\s*+\]")
UNCLOSED = re.compile(r"\s*+(?:item|sample)\b[^{}\n]{0,200}+\}?+")
UNOPENED = re.compile(r"(?<!\{)\{\s*+(?:item|sample)\s*+[.\[][^{}\n]{0,200}+\}\}(?!\})")


@dataclass(frozen=True, slots=True)
class Template:
    """A template that is well formed: what stands in the braces, its namespace, and the steps into it."""

    text: str
    namespace: str
    steps: Pointer
    is_certain: bool
    """The value must exist: no filter and no wildcard follows the steps."""
    start: int
    end: int

    @property
    def is_field(self) -> bool:
        """Whether it names a field that every row must have."""
        return self.namespace == "item" and self.is_certain and bool(self.steps)


class Fault(NamedTuple):
    """A template that is none."""

    message: str
    help: str | None
    start: int
    end: int


def templates(text: str) -> Iterator[Template | Fault]:
    """The templates of a text, in order."""
    position = 0
    while opening := OPENING.search(text, position):
        start, position = opening.start(), opening.end()
        closing = CLOSING.search(text, position)
        if closing is None or closing[0] == "{{":
            if broken := UNCLOSED.match(text, position):
                shown = shorten(text[start : broken.end()])
                yield Fault(f"Template {shown} is not closed with }}}}", None, start, broken.end())
            if closing is None:
                break
            continue
        found = _template(text[position : closing.start()], start, closing.end())
        if found is not None:
            yield found
        position = closing.end()
    for match in UNOPENED.finditer(text):
        yield Fault(f"Template {shorten(match[0])} is not opened with {{{{", None, *match.span())


def _template(inner: str, start: int, end: int) -> Template | Fault | None:
    """None for what may be meant as it stands: braces of JSON or of a formula, with no name inside."""
    shown = shorten(f"{{{{{inner}}}}}")
    if not inner.strip():
        return Fault(f"Template {shown} is empty", FORMS, start, end)
    root = ROOT.match(inner)
    if root is None:
        return None
    namespace = root[1]
    steps: list[str | int] = []
    is_certain = True
    position = root.end()
    while step := STEP.match(inner, position):
        position = step.end()
        name, index, double, single = step.groups()
        value = (
            int(index) if index is not None and len(index) < 10 else next(filter(None, (name, double, single)), None)
        )
        is_certain = is_certain and value is not None
        if is_certain and value is not None:
            steps.append(value)
    rest = inner[position:].strip()
    if namespace not in NAMESPACES:
        return Fault(f"Template {shown} names neither item nor sample", _meant(namespace, inner.strip()), start, end)
    if rest and not rest.startswith("|"):
        return Fault(f"Template {shown} is not of the form {{{{ {namespace}.KEY }}}}", None, start, end)
    return Template(inner.strip(), namespace, tuple(steps), is_certain and not rest, start, end)


def _meant(namespace: str, inner: str) -> str:
    """A misspelt namespace, or a key of the row without one; what `row.key` means, nobody knows."""
    if near := closest(namespace, NAMESPACES):
        return shorten(f"{{{{ {near}{inner[len(namespace) :]} }}}}")[1:-1].join(("did you mean ", "?"))
    return f"did you mean {{{{ item.{namespace} }}}}?" if inner == namespace and len(inner) < 60 else FORMS

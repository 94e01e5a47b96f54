"""FT406."""

import json
from collections.abc import Iterator
from typing import Any

from ftlint.core.edits import value_at
from ftlint.core.types import Edit, Problem, Severity
from ftlint.rules.base import Rule
from ftlint.rules.tools._examples import a_call, asked


class ArgumentsNotAString(Rule):
    """
    The arguments of a call are an object where the target takes JSON in a string.

    ## Why it matters
    The provider refuses the file. Some open trainers want the object, OpenAI and its like want the string: the
    dialect depends on the target.

    ## Fix
    Safe: the object is encoded as JSON in a string; the arguments stay the same.
    """

    code = "FT406"
    name = "arguments-not-a-string"
    severity = Severity.ERROR
    help = "arguments are JSON in a string: encode the object with json.dumps"

    bad = asked(a_call({}))
    good = asked(a_call())

    def mend(self, row: dict[str, Any], problem: Problem) -> Iterator[Edit]:
        """Encode the object; raises ValueError for one that JSON cannot hold."""
        arguments = value_at(row, problem.pointer or ())
        yield Edit("replace", json.dumps(arguments, ensure_ascii=False, allow_nan=False), problem.pointer)

"""FT407."""

from typing import Any

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.parameters import unsatisfied
from ftlint.formats.views import Row
from ftlint.rules.base import CallRule, Report, Target
from ftlint.rules.tools._examples import a_call, asked, tool

PARAMETERS = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "unit": {"enum": ["celsius", "fahrenheit"]}},
    "required": ["city"],
}


def _asked(arguments: str) -> dict[str, Any]:
    weather = tool("weather", parameters=PARAMETERS)
    return asked(a_call(arguments, name="weather"), tools=[weather], ask="How warm is it in Oslo?")


class ArgumentsAgainstSchema(CallRule):
    """
    The arguments of a call do not satisfy the parameters of the tool.

    ## Why it matters
    The row shows the model a schema and, beside it, a call that breaks it. The model learns to leave out what
    is required, to make up names, or to mix types.

    Not checked: arguments to a schema that is invalid itself (FT401) or refers to another document, and the
    keyword `format`, which only annotates.

    ## Fix
    None: either the arguments are wrong, or the schema is.
    """

    code = "FT407"
    name = "arguments-against-schema"
    severity = Severity.ERROR
    help = "correct the arguments, or the parameters of the tool"

    bad = _asked('{"city": "Oslo", "unit": "kelvin"}')
    good = _asked('{"city": "Oslo", "unit": "celsius"}')

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report each call once, with the first violation and how many more there are."""
        definitions = row.definitions
        if definitions is None:
            return
        for call in row.calls:
            function = definitions.named.get(call.name)
            if function is None or function.schema is None or call.value.__class__ is not dict:
                continue
            defects = unsatisfied(function.schema, call.value, call.size)
            if defects:
                more = f" (and {len(defects) - 1:,} more)" if len(defects) > 1 else ""
                report(
                    f"Arguments do not satisfy the parameters of {shorten(call.name)}: {defects[0].message}{more}",
                    at=(*call.at, "arguments"),
                )

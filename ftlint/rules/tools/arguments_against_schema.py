"""FT407."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.parameters import unsatisfied
from ftlint.formats.views import Row
from ftlint.rules.base import CallRule, Report, Target


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

    bad = {
        "messages": [
            {"role": "user", "content": "How warm is it in Oslo?"},
            {
                "role": "assistant",
                "tool_calls": [
                    {
                        "id": "call_1",
                        "type": "function",
                        "function": {"name": "weather", "arguments": '{"city": "Oslo", "unit": "kelvin"}'},
                    }
                ],
            },
        ],
        "tools": [
            {
                "type": "function",
                "function": {
                    "name": "weather",
                    "parameters": {
                        "type": "object",
                        "properties": {"city": {"type": "string"}, "unit": {"enum": ["celsius", "fahrenheit"]}},
                        "required": ["city"],
                    },
                },
            }
        ],
    }
    good = {
        "messages": [
            {"role": "user", "content": "How warm is it in Oslo?"},
            {
                "role": "assistant",
                "tool_calls": [
                    {
                        "id": "call_1",
                        "type": "function",
                        "function": {"name": "weather", "arguments": '{"city": "Oslo", "unit": "celsius"}'},
                    }
                ],
            },
        ],
        "tools": [
            {
                "type": "function",
                "function": {
                    "name": "weather",
                    "parameters": {
                        "type": "object",
                        "properties": {"city": {"type": "string"}, "unit": {"enum": ["celsius", "fahrenheit"]}},
                        "required": ["city"],
                    },
                },
            }
        ],
    }

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

"""FT401."""

from ftlint.core.types import Severity
from ftlint.core.visible import shorten
from ftlint.formats.tools import Definitions
from ftlint.rules.base import Report, Target, ToolsRule
from ftlint.rules.tools._examples import CITY, greeted, tool

STRICT_HELP = "follow the rules of strict mode, or leave `strict` out"


class InvalidToolSchema(ToolsRule):
    """
    The parameters of a tool are no valid JSON Schema, or break the rules of strict mode that the tool asks for.

    ## Why it matters
    The chat API refuses such a tool, so the trained model cannot be used with it. `"required": true` inside a
    property and types like "dict" or "any" are the usual mistakes.

    Checked against the metaschema of JSON Schema 2020-12, or of the draft that `$schema` names; keywords that it
    does not know are no mistake. A reference within the schema must lead somewhere; one to another document is
    never followed. Of strict mode, only with `"strict": true`: the root is an object, every object has
    `"additionalProperties": false` and requires all its properties, and `allOf`, `not`, `if`, `then`, `else`,
    `dependentRequired` and `dependentSchemas` do not occur (OpenAI, guide to Structured Outputs, as of 2026-02).

    ## Fix
    None: only the author knows what the schema should say.
    """

    code = "FT401"
    name = "invalid-tool-schema"
    severity = Severity.ERROR
    help = "parameters are a JSON Schema of the draft 2020-12: https://json-schema.org/draft/2020-12/schema"

    bad = greeted(
        tool("weather", parameters={"type": "object", "properties": {"city": {"type": "string", "required": True}}})
    )
    good = greeted(tool("weather", parameters={"type": "object", "properties": CITY, "required": ["city"]}))

    def check(self, definitions: Definitions, target: Target, report: Report) -> None:
        """Report each tool once, with the first mistake of its schema and how many more there are."""
        for function in definitions.functions:
            parameters = function.parameters
            if parameters is None:
                continue
            defects = parameters.defects or (parameters.not_strict if function.is_strict else ())
            if defects:
                more = f" (and {len(defects) - 1:,} more)" if len(defects) > 1 else ""
                report(
                    f"Schema of {shorten(function.name)}: {defects[0].message}{more}",
                    at=(*function.at, "parameters", *defects[0].at),
                    help=None if parameters.defects else STRICT_HELP,
                )

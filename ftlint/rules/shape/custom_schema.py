"""FT111."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class CustomSchema(Rule):
    """
    A row does not satisfy the JSON Schema that was configured for its file.

    ## Why it matters
    The schema states what your project wants beyond what the provider asks for.

    ## Fix
    None: the message names the keyword of the schema that the row fails.

    The example holds for a schema `example.schema.json` with the content
    `{"required": ["messages"], "properties": {"messages": {"maxItems": 2}}}`.
    """

    code = "FT111"
    name = "custom-schema"
    severity = Severity.ERROR

    options = {"schemas": {"*": "example.schema.json"}}
    bad = {
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello"},
        ]
    }
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

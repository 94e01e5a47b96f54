"""FT411."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule
from ftlint.rules.tools._examples import a_call, asked, tool

DESCRIBED = [tool("clock", description="The time", parameters={})]


class ToolCallId(Rule):
    """
    The id of a tool call, or of its result, is not of the form that the target takes.

    ## Why it matters
    Most targets take any text that is the same in the call and in its result. The chat template of Mistral's
    models takes exactly nine letters or digits, and refuses the longer ids that other providers make.

    Which ids are taken depends on the target's schema.

    ## Fix
    None: the id stands in the call and in its result, and both have to change together.
    """

    code = "FT411"
    name = "tool-call-id"
    severity = Severity.ERROR
    provider_error = "Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9."
    help = "give the call another id, and its result the same"

    options = {"model": "mistral-finetune"}
    bad = asked(a_call(), tools=DESCRIBED)
    good = asked(a_call(id="a1B2c3D4e"), tools=DESCRIBED)

"""FT412."""

from ftlint.core.types import Fix, Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target


class LegacyFunctions(RowRule):
    """
    The row uses `functions`, `function_call` or the role `function`, which `tools` replaced in 2023.

    ## Why it matters
    OpenAI still takes them but calls them deprecated; other providers and most chat templates do not know them.
    A model that is trained on them is best called with them, too. The severity depends on the target.

    ## Fix
    Unsafe: the calls and results have to be given ids, which are made up.
    """

    code = "FT412"
    name = "legacy-functions"
    severity = Severity.WARNING
    once = True
    share = True
    help = "use tools, tool_calls and the role tool, unless your program sends functions"

    bad = {
        "messages": [
            {"role": "user", "content": "What time is it?"},
            {"role": "assistant", "function_call": {"name": "clock", "arguments": "{}"}},
        ],
        "functions": [{"name": "clock"}],
    }
    good = {
        "messages": [
            {"role": "user", "content": "What time is it?"},
            {
                "role": "assistant",
                "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "clock", "arguments": "{}"}}],
            },
        ],
        "tools": [{"type": "function", "function": {"name": "clock"}}],
    }

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the first place of the legacy form."""
        fix = Fix("Rewrite as tools", "unsafe")
        if row.format == "chat" and row.value.get("functions"):
            report("Row defines legacy functions", at=("functions",), on_key=True, fix=fix)
            return
        for message in (*row.messages, *row.outputs):
            if message.value.get("function_call"):
                report("Message calls a legacy function", at=(*message.at, "function_call"), on_key=True, fix=fix)
                return
            if message.role == "function":
                report("Message has the legacy role function", at=(*message.at, "role"), fix=fix)
                return

"""FT412."""

from collections.abc import Iterator

from ftlint.core.types import Edit, Fix, Pointer, Problem, Severity
from ftlint.formats.views import SIDES, Row, Value
from ftlint.rules.base import Report, RowRule, Target


class LegacyFunctions(RowRule):
    """
    The row uses `functions`, `function_call` or the role `function`, which `tools` replaced in 2023.

    ## Why it matters
    OpenAI still takes them but calls them deprecated; other providers and most chat templates do not know them.
    A model that is trained on them is best called with them, too. The severity depends on the target.

    ## Fix
    Unsafe: the calls and results have to be given ids, which are made up. A row that holds both forms, or a result
    without its call before it, is left as it is.
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

    def mend(self, row: Value, problem: Problem) -> Iterator[Edit]:
        """Rewrite the definitions, the calls and their results."""
        at: Pointer = ("input",) if "input" in row and "messages" not in row else ()
        holder = row["input"] if at else row
        sides = [((*at, "messages"), holder["messages"])]
        sides += [((side,), row[side]) for side in SIDES if at]
        messages = [((*where, index), message) for where, every in sides for index, message in enumerate(every)]
        edits = None if "tools" in holder else _edits(messages)
        if edits is None:
            return
        if holder.get("functions"):
            tools = [{"type": "function", "function": function} for function in holder["functions"]]
            yield Edit("replace", tools, (*at, "functions"), "tools")
        yield from edits


def _edits(messages: list[tuple[Pointer, Value]]) -> list[Edit] | None:
    """What makes calls of functions calls of tools; None where a result has no call, or both forms are there."""
    edits: list[Edit] = []
    calls = 0
    opened: str | None = None
    for at, message in messages:
        if "tool_calls" in message:
            return None
        if call := message.get("function_call"):
            calls += 1
            opened = f"call{calls:05}"  # nine letters and digits, which the strictest target wants
            tool_calls = [{"id": opened, "type": "function", "function": call}]
            edits.append(Edit("replace", tool_calls, (*at, "function_call"), "tool_calls"))
        elif message["role"] == "function":
            if opened is None:
                return None
            edits += [Edit("replace", "tool", (*at, "role")), Edit("replace", opened, (*at, "name"), "tool_call_id")]
            opened = None
    return edits

"""FT413."""

from ftlint.core.types import Severity
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target
from ftlint.rules.tools._examples import a_call, asked


class ToolsMissing(RowRule):
    """
    The row calls tools, or sets `parallel_tool_calls`, but defines no tools.

    ## Why it matters
    In use, the definitions stand in the prompt; a model that never saw them in training learns to call tools
    that nobody offered. The chat API refuses `parallel_tool_calls` without `tools`.

    A warning: `tools` is an optional key of a training row, and no source says that the check of training files
    refuses such a row. Rows for reinforcement are passed over, whose tools may come with the job.

    ## Fix
    None: the definitions are not in the row.
    """

    code = "FT413"
    name = "tools-missing"
    severity = Severity.WARNING
    once = True
    share = True
    provider_error = "'parallel_tool_calls' is only allowed when 'tools' are specified."
    help = "add the same tools to the row that the trained model will be offered"

    bad = {"messages": asked(a_call())["messages"]}
    good = asked(a_call())

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the first call of a row without tools."""
        if row.format not in ("chat", "preference"):
            return
        holder = row.holder
        if holder.get("tools") or holder.get("functions"):
            return
        for message in (*row.messages, *row.outputs):
            if message.calls_tools:
                key = "tool_calls" if message.value.get("tool_calls") else "function_call"
                report("Tools are called, but none is defined", at=(*message.at, key), on_key=True)
                return
        if holder.get("parallel_tool_calls") is not None:
            at = (*row.holder_at, "parallel_tool_calls")
            report("parallel_tool_calls is set, but no tools are defined", at=at, on_key=True)

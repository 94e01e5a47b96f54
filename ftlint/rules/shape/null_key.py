"""FT112."""

from ftlint.core.types import Edit, Fix, Severity, spell_pointer
from ftlint.formats.views import Row
from ftlint.rules.base import Report, RowRule, Target

MESSAGE_KEYS = frozenset(["name", "tool_calls", "function_call", "weight", "audio"])
ROW_KEYS = frozenset(["tools", "functions", "parallel_tool_calls"])
# Any other key of a reinforcement row belongs to its grader, which may want the null.
REINFORCEMENT_KEYS = frozenset(["tools"])
DROP = Fix("Drop the key", "unsafe", (Edit("drop"),))


class NullKey(RowRule):
    """
    An optional key is null or an empty list.

    ## Why it matters
    SDKs write every key that a message could have, and null where it has none. The formats document null for
    `content` and `refusal` only; whether a provider takes it elsewhere is not documented. Without the key the
    row says the same and is known to be valid.

    ## Fix
    Unsafe: the key is dropped.
    """

    code = "FT112"
    name = "null-key"
    severity = Severity.WARNING
    help = "leave the key out; objects of an SDK do so with `model_dump(exclude_none=True)`"

    bad = {
        "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello", "tool_calls": None},
        ]
    }
    good = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report each optional key that holds nothing."""
        row_keys = REINFORCEMENT_KEYS if row.format == "reinforcement" else ROW_KEYS
        for value, pointer in row.optional_keys():
            keys = row_keys if "messages" in value else MESSAGE_KEYS
            for key, content in value.items():
                if key in keys and (content is None or content == []):
                    at = (*pointer, key)
                    what = "null" if content is None else "an empty list"
                    report(f"Optional key {spell_pointer(at)} is {what}", at=at, fix=DROP)

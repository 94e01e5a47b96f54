"""FT601."""

from ftlint.core.types import DROP_ROW, Fix, Severity
from ftlint.formats.views import SIDES, Row
from ftlint.rules.base import ContentRule, Report, Target
from ftlint.rules.preference._said import said, sides


class IdenticalOutputs(ContentRule):
    """
    The preferred and the non-preferred output of a row say the same.

    ## Why it matters
    Preference training learns from what tells the two apart. Where nothing does, nothing is learnt, and the row is
    paid for. Mostly one of the two was copied or generated twice.

    Compared is what is said: role, text, refusal and calls, whether the text is a string or stands in parts, and
    whatever the order of keys. Ids of calls and names of speakers do not count. White space does: whoever prefers
    an answer without the newline at its end has a pair.

    ## Fix
    Unsafe: the row is dropped.
    """

    code = "FT601"
    name = "identical-outputs"
    severity = Severity.ERROR
    formats = ("preference",)
    provider_error = "preferred and non_preferred outputs are identical"
    help = "remove the row, or write the answer that is not preferred"

    bad = {
        "input": {"messages": [{"role": "user", "content": "Hi"}]},
        "preferred_output": [{"role": "assistant", "content": "Hello"}],
        "non_preferred_output": [{"content": [{"type": "text", "text": "Hello"}], "role": "assistant"}],
    }
    good = {
        "input": {"messages": [{"role": "user", "content": "Hi"}]},
        "preferred_output": [{"role": "assistant", "content": "Hello"}],
        "non_preferred_output": [{"role": "assistant", "content": "What?"}],
    }

    def applies(self, row: Row, target: Target) -> bool:
        """Pairs of outputs that say something; of empty ones FT602 speaks."""
        return not all(message.says_nothing for message in row.outputs)

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report the second of two equal outputs."""
        preferred, other = sides(row)
        if preferred[0].text != other[0].text:  # nearly all rows are done here
            return
        if said(preferred) == said(other):
            fix = Fix("Drop the row", "unsafe", (DROP_ROW,))
            report("Both outputs say the same", at=(SIDES[1],), fix=fix)

"""FT312."""

import re

from ftlint.core.types import Severity
from ftlint.formats.views import Text
from ftlint.rules.base import Report, Target, TextRule

RUN = re.compile(r"`{3,}")
LINE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,})([^`\n]*)$", re.MULTILINE)
"""A line that opens a block of code, in a list or a quotation too; without a word behind the fence it closes one."""


class UnbalancedCodeFence(TextRule):
    """
    A block of code in an assistant text is opened and never closed.

    ## Why it matters
    An answer that ends inside a block of code was mostly cut off by a limit on its length, and the model learns
    to stop in the middle. Where it is complete, whatever shows it as Markdown shows the rest as code.

    ## Fix
    None: only the author knows where the block ends, and whether the answer does.
    """

    code = "FT312"
    name = "unbalanced-code-fence"
    severity = Severity.INFO
    help = "close the block, or leave the row out if the answer was cut off"

    bad = {
        "messages": [
            {"role": "user", "content": "Show me a loop."},
            {"role": "assistant", "content": "Here it is:\n\n```python\nfor number in range(10):\n    print("},
        ]
    }
    good = {
        "messages": [
            {"role": "user", "content": "Show me a loop."},
            {"role": "assistant", "content": "```python\nfor number in range(10):\n    print(number)\n```"},
        ]
    }

    trigger = rb"```"

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report an answer that ends inside a block of code, and whose fences do not come in pairs either."""
        value = text.value
        if "```" not in value or not text.is_wanted or sum(1 for _ in RUN.finditer(value)) % 2 == 0:
            return
        fence, opened = "", (0, 0)
        for line in LINE.finditer(value):
            if not fence:
                fence, opened = line[1], line.span(1)
            elif len(line[1]) >= len(fence) and not line[2].strip():
                fence = ""
        if fence:
            report("Assistant text opens a block of code and does not close it", at=text.at, part=opened)

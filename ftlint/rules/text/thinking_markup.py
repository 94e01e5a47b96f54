"""FT311."""

import re

from ftlint.core.types import Severity
from ftlint.formats.views import Text
from ftlint.rules.base import Report, Target, TextRule

OPENS = re.compile(r"\s*(<think(?:ing)?>)")
CLOSES = re.compile(r"(?<!`)(</think(?:ing)?>)(?!`)")
"""A text about the tags has them in backticks."""


class ThinkingMarkup(TextRule):
    """
    Assistant texts contain reasoning between `<think>` tags.

    ## Why it matters
    Where the model has no place of its own for reasoning, the tags are text like any other: the model learns to
    show its reasoning to the user, and every token of it is trained and paid for. Reported once a file.

    ## Fix
    None: whether the reasoning is to be learned is the author's choice.
    """

    code = "FT311"
    name = "thinking-markup"
    severity = Severity.INFO
    once = True
    share = True
    help = "remove the reasoning, unless the model is meant to write it"

    bad = {
        "messages": [
            {"role": "user", "content": "2 + 2?"},
            {"role": "assistant", "content": "<think>Two and two are four.</think>\n4"},
        ]
    }
    good = {"messages": [{"role": "user", "content": "2 + 2?"}, {"role": "assistant", "content": "4"}]}

    trigger = rb"<(?:\\?/)?think(?:ing)?>"

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report an answer with thinking tags."""
        if not text.is_wanted:
            return
        found = OPENS.match(text.value) or CLOSES.search(text.value)
        if found is not None:
            report(f"Assistant text contains thinking markup ({found[1]})", at=text.at, part=found.span(1))

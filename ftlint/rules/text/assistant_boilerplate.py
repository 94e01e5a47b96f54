"""FT307."""

import re

from ftlint.core.types import Severity
from ftlint.formats.views import Text
from ftlint.rules.base import Report, Target, TextRule

UNABLE = r"(?:can(?:no|')?t|can not|do(?:n't| not)|am (?:not|unable)|'m (?:not|unable)|was(?:n't| not))\b"
REFUSES = r"(?:can(?:no|')t|can not|am (?:unable|not able) to|'m (?:unable|not able) to)"
PHRASES = re.compile(
    r"\bas an? (?:AI|artificial intelligence|AI language|(?:large )?language) model(?:,| I\b)"
    rf"|\bas an? (?:AI|AI assistant|AI chatbot|artificial intelligence),? I ?{UNABLE}"
    r"|\bsorry, (?:but )?I(?:'m| am) (?:just |only )?an? (?:AI|AI language|(?:large )?language) model\b"
    rf"|\A\s*(?:I(?:'m| am) )?sorry, (?:but )?I ?{REFUSES} (?:assist|help|comply|fulfil|engage|do that|answer that)",
    re.IGNORECASE | re.ASCII,
)
"""What a model says of itself to the user, not what is said about models: a comma or "I" follows."""


class AssistantBoilerplate(TextRule):
    """
    Assistant texts contain phrases of another model, such as "As an AI language model" or
    "I'm sorry, but I can't help".

    ## Why it matters
    Answers that were generated bring the manner of the model that wrote them, its refusals above all, and the
    tuned model learns it quickly. Reported once a file, with the share of rows. Refusals that are marked as
    such (`refusal`) and outputs that are not preferred are left alone.

    ## Fix
    None: rewrite the answers or leave the rows out.
    """

    code = "FT307"
    name = "assistant-boilerplate"
    severity = Severity.WARNING
    once = True
    share = True
    help = "rewrite these answers, or leave them out, unless the model is meant to answer like this"

    bad = {
        "messages": [
            {"role": "user", "content": "Which team is best?"},
            {"role": "assistant", "content": "As an AI language model, I do not have personal opinions."},
        ]
    }
    good = {
        "messages": [
            {"role": "user", "content": "Which team is best?"},
            {"role": "assistant", "content": "Ajax won most often: 36 times."},
        ]
    }

    trigger = (
        rb"(?i:as an? (?:AI(?:,| I| assistant| chatbot| language model| model)|artificial intelligence"
        rb"|(?:large )?language model)"
        rb"|sorry, (?:but )?I(?: ?(?:can|am |'m |(?:\xe2\x80\x99|\\u2019)m )))"
    )

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report an answer with such a phrase."""
        if not text.is_wanted or text.at[-1] == "refusal":
            return
        found = PHRASES.search(text.value.replace("’", "'"))
        if found is not None:
            phrase = found[0].strip()
            part = (found.end() - len(phrase), found.end())
            report(f'Assistant text contains the boilerplate "{phrase}"', at=text.at, part=part)

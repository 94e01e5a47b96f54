"""FT508."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule
from ftlint.rules.limits._examples import ANSWER, LONG, chat


class OverBudget(Rule):
    """
    A training file, or a dataset, passes a budget that the configuration or the command line sets.

    ## Why it matters
    `max-cost` (dollars) and `max-tokens` (billed, in all epochs together) stop an expensive job before it is started;
    `max-rows`, `min-rows`, `max-duplicates` (rows that FT701 reports or would report) and `max-over-limit` (rows over
    the context limit) stop one whose data is not what it was meant to be. What cannot be known does not pass: an
    unknown price is not zero. Tokens and cost depend on the target. Budgets are for training files, each by itself; of
    a dataset with several, for their sum.

    ## Fix
    None: fewer rows or epochs, a cheaper model, or a larger budget.
    """

    code = "FT508"
    name = "over-budget"
    severity = Severity.ERROR

    options = {"max_tokens": 1000, "epochs": 1}
    bad = chat({"role": "assistant", "content": LONG})
    good = chat(ANSWER)

"""FT508."""

from ftlint.core.types import Severity
from ftlint.rules.base import FileFacts, FileRule, Report, Target
from ftlint.rules.limits._examples import ANSWER, LONG, chat


class OverBudget(FileRule):
    """
    The estimated cost or the billed tokens pass the budget that the configuration or the command line sets.

    ## Why it matters
    `max-cost` (dollars) and `max-tokens` (in all epochs together) stop an expensive job before it is started.
    A cost that cannot be known, because the price is not, does not pass: an unknown price is not zero.

    ## Fix
    None: fewer rows or epochs, a cheaper model, or a larger budget.
    """

    code = "FT508"
    name = "over-budget"
    severity = Severity.ERROR

    options = {"max_tokens": 1000, "epochs": 1}
    bad = chat({"role": "assistant", "content": LONG})
    good = chat(ANSWER)

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Compare tokens and cost with the budgets that are set, which are for training."""
        if file.validation:
            return
        if file.max_tokens is not None and file.billed is not None and file.billed * file.epochs > file.max_tokens:
            total = file.billed * file.epochs
            report(f"{total:,} billed tokens in {file.epochs} epochs, the budget is {file.max_tokens:,}")
        if file.max_tokens is not None and file.rows and target.profile.encoding is None:
            name = target.profile.id or target.profile.provider
            report(
                f"The number of tokens is unknown and the budget is {file.max_tokens:,}: "
                f"the tokenizer of {name} is not known"
            )
        if file.max_cost is None or not file.rows:
            return
        if file.cost is None:
            name = target.profile.id or f"{target.profile.provider} without --model"
            report(
                f"The cost is unknown and the budget is ${file.max_cost:,.2f}: no price per token is known for {name}",
                help="name the model with --model, or set its price in the configuration, [tool.ftlint.prices]",
            )
        elif file.cost > file.max_cost:
            report(f"The estimated cost is ${file.cost:,.2f}, the budget is ${file.max_cost:,.2f}")

"""What a training run costs: the provider's choice of epochs, and tokens times price."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

TARGET_EPOCHS = 3
MIN_TARGET_ROWS = 100
MAX_TARGET_ROWS = 25_000
MAX_DEFAULT_EPOCHS = 25


def auto_epochs(rows: int) -> int:
    """
    Guess the number of epochs OpenAI chooses when asked for `auto`; an estimate, at least 1.

    Three, unless that makes fewer than 100 or more than 25,000 rows in all. From OpenAI's notebook
    `Chat_finetuning_data_prep`; three published jobs agree with it (5 rows: 20, 11 rows: 9, 103 rows: 3).
    """
    if rows <= 0:
        return TARGET_EPOCHS
    if rows * TARGET_EPOCHS < MIN_TARGET_ROWS:
        return min(MAX_DEFAULT_EPOCHS, MIN_TARGET_ROWS // rows)
    if rows * TARGET_EPOCHS > MAX_TARGET_ROWS:
        return max(1, MAX_TARGET_ROWS // rows)
    return TARGET_EPOCHS


def training_cost(billed_tokens: int, epochs: int, price_per_million: Decimal) -> Decimal:
    """
    Multiply tokens, epochs and price, exactly: dollars if the price is in dollars per million tokens.

    `billed_tokens` are those of one epoch: all tokens of every row, each row cut at the training context, the
    tokens that are not trained on included.
    """
    return (billed_tokens * epochs * price_per_million).scaleb(-6)

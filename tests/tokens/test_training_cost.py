"""Epochs and money."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ftlint.tokens.cost import auto_epochs, training_cost


@pytest.mark.parametrize(
    ("rows", "epochs"),
    [
        (5, 20),  # OpenAI's data preparation notebook
        (11, 9),  # the sample job of the API reference
        (103, 3),  # the cookbook's function calling job
        (1, 25),
        (4, 25),
        (33, 3),
        (34, 3),
        (8_333, 3),
        (8_334, 2),
        (12_501, 1),
        (1_000_000, 1),
    ],
)
def test_epochs_that_openai_chooses(rows, epochs):
    assert auto_epochs(rows) == epochs


def test_an_empty_dataset_has_epochs_too():
    assert auto_epochs(0) == 3


@given(st.integers(0, 10**9))
def test_epochs_are_between_one_and_25(rows):
    assert 1 <= auto_epochs(rows) <= 25


@pytest.mark.parametrize(("price", "dollars"), [("8", "2.40"), ("8.00", "2.40"), ("3", "0.90"), ("0", "0")])
def test_a_hundred_thousand_tokens_for_three_epochs(price, dollars):
    assert training_cost(100_000, 3, Decimal(price)) == Decimal(dollars)


def test_cost_is_exact():
    assert training_cost(1, 1, Decimal("0.008")) == Decimal("0.000000008")
    assert training_cost(2_000_000_001, 50, Decimal("27.5")) == Decimal("2750000.001375")

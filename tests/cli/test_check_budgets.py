"""Tokens, epochs, dollars: the figures that people came for, and the budgets that they set."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ftlint.tokens.encoder import load
from tests.support import alike


def tokens_of(row: dict, encoding: str) -> int:
    """The published rule: 3 for each message, its role and its text, 1 more for a name, 3 to prime the answer."""
    count = load(encoding).count
    total = 3
    for message in row["messages"]:
        total += 3 + sum(count(value) for value in message.values()) + ("name" in message)
    return total


@pytest.fixture
def hundred_thousand(shell, row):
    """100 rows of 1,000 tokens in every encoding."""
    rows = alike(100, row("hello" + " hello" * 985, "Hello"))
    for encoding in ("cl100k_base", "o200k_base"):
        assert sum(tokens_of(item, encoding) for item in rows) == 100_000
    return shell.file("large.jsonl", rows)


@pytest.mark.parametrize(
    ("model", "amount", "price"), [("gpt-3.5-turbo-0125", 2.40, "8.00"), ("gpt-4o-mini", 0.90, "3.00")]
)
def test_100_000_tokens_cost_what_the_provider_says(shell, hundred_thousand, model, amount, price):
    options = (hundred_thousand, "--model", model, "--today", "2024-12-01")
    file = shell.report(*options)["files"][0]
    assert file["tokens"]["total"] == file["tokens"]["billed"] == 100_000
    assert (file["epochs"], file["cost"]["currency"], file["cost"]["amount"]) == (3, "USD", amount)
    line = shell.run("check", *options, "--totals").stdout
    assert line.startswith("large.jsonl: 100 rows, 100,000 tokens × 3 epochs = 300,000 × ")
    assert f"300,000 × ${price}/1M = about " in line
    assert ("$2.40 " if amount == 2.40 else "$0.90 ") in line
    figures = shell.run("stats", *options)
    assert (
        f"100,000 billed tokens × 3 epochs × ${price} per million = about ${'2.40' if amount > 1 else '0.90'} "
        in figures.stdout
    )


def test_the_toy_file_of_the_guide_is_judged_as_the_guide_does(shell):
    """As OpenAI's notebook on preparing chat data: 5 rows, one over 4,096, one without system, one without answer."""
    system = {"role": "system", "content": "You are a happy assistant that puts a positive spin on everything."}
    user = {"role": "user", "content": "I fell off my bike today."}
    answer = {"role": "assistant", "content": "It's great that you're getting exercise outdoors!"}
    rows = [
        {"messages": [system, user, answer]},
        {"messages": [user, answer]},
        {"messages": [system, user, answer, user, {"role": "assistant", "content": "You tried!", "name": "Ann"}]},
        {"messages": [system, user]},
        {"messages": [system, user, {"role": "assistant", "content": "Long! " * 4000}, answer]},
    ]
    counts = [tokens_of(row, "cl100k_base") for row in rows]
    assert [count > 4096 for count in counts] == [False, False, False, False, True]
    report = shell.report(shell.file("toy.jsonl", rows), "--model", "gpt-3.5-turbo-0613", "--today", "2024-01-15")
    file = report["files"][0]
    billed = sum(min(count, 4096) for count in counts)
    assert (file["rows"], file["epochs"]) == (5, 20)
    assert file["tokens"]["encoding"] == "cl100k_base"
    assert (file["tokens"]["total"], file["tokens"]["billed"]) == (sum(counts), billed)
    assert (file["tokens"]["min"], file["tokens"]["max"], file["tokens"]["over_limit"]) == (min(counts), max(counts), 1)
    assert Decimal(str(file["cost"]["amount"])) == Decimal(billed * 20 * 8) / 1_000_000
    assert file["cost"]["price_as_of"] == "2023-11-06"
    found = {(finding["code"], finding["row"]) for finding in report["findings"] if finding["severity"] == "error"}
    assert found >= {("FT504", None), ("FT501", 5), ("FT502", 5)}
    assert {row for _, row in found} == {None, 4, 5}


def test_epochs_multiply_the_cost_and_not_the_tokens(shell, clean):
    once, five = (shell.report(clean, "--model", "gpt-4o-mini", "--epochs", n)["files"][0] for n in (1, 5))
    assert (once["epochs"], five["epochs"]) == (1, 5)
    assert once["tokens"] == five["tokens"]
    assert five["cost"]["amount"] == pytest.approx(5 * once["cost"]["amount"])


def test_a_budget_in_dollars_is_passed_or_kept(shell, hundred_thousand):
    options = ("check", hundred_thousand, "--model", "gpt-4o-mini")
    kept = shell.run(*options, "--max-cost", "$0.90")
    passed = shell.run(*options, "--max-cost", "0.89")
    assert kept.returncode == 0
    assert "FT508" not in kept.stdout
    assert passed.returncode == 1
    assert "error FT508" in passed.stdout
    assert "0.90" in passed.stdout and "0.89" in passed.stdout


def test_an_unknown_cost_passes_no_budget(shell, clean):
    done = shell.run("check", clean, "--max-cost", "1000000")
    assert done.returncode == 1
    assert "FT508" in done.stdout


def test_a_budget_in_tokens_counts_all_epochs(shell, hundred_thousand):
    options = ("check", hundred_thousand, "--model", "gpt-4o-mini", "--max-tokens")
    assert shell.run(*options, "300000").returncode == 0
    done = shell.run(*options, "299999")
    assert done.returncode == 1
    assert "FT508" in done.stdout and "300,000" in done.stdout
    assert shell.run(*options, "299999", "--epochs", "2").returncode == 0


def test_an_own_price_comes_from_the_configuration(shell, clean):
    shell.file("ftlint.toml", b'[prices.gpt-4o-mini-2024-07-18]\ntraining = "1000000"\n')
    cost = shell.report(clean, "--model", "gpt-4o-mini", "--epochs", "1")["files"][0]["cost"]
    assert cost["amount"] == 180


def test_an_old_day_has_its_own_price(shell, clean):
    def price_day(day: str) -> str | None:
        cost = shell.report(clean, "--model", "gpt-3.5-turbo-0613", "--today", day)["files"][0]["cost"]
        return cost and cost["price_as_of"]

    assert price_day("2023-08-01") is None
    assert price_day("2023-09-01") == "2023-08-22"
    assert price_day("2024-01-01") == "2023-11-06"


def test_less_than_a_cent_over_the_budget_is_told_in_more_digits(shell, clean):
    done = shell.run("check", clean, "--model", "gpt-4o-mini", "--epochs", "1", "--max-cost", "0")
    assert "FT508 The estimated cost is $0.0005, the budget is $0.00" in done.stdout
    done = shell.run("check", clean, "--max-cost", "2")
    assert "FT508 The cost is unknown and the budget is $2.00: " in done.stdout


def test_a_budget_holds_whatever_rules_are_selected_but_where_it_is_ignored(shell, clean):
    assert shell.run("check", clean, "--select", "FT701", "--max-rows", "3").returncode == 1
    assert shell.run("check", clean, "--ignore", "FT5", "--max-rows", "3").returncode == 0

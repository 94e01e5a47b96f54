"""Tokens, limits and money: with real files where one can be made, with the file's figures where not."""

import subprocess
import sys
from datetime import date

import pytest

from ftlint.config.settings import Settings
from ftlint.core.types import Problem
from ftlint.engine.collect import collector
from ftlint.engine.target import detect, target_for
from ftlint.profiles.catalog import resolve
from ftlint.rules.base import FileFacts
from ftlint.rules.limits.file_too_large import FileTooLarge
from ftlint.rules.limits.too_many_tokens import TooManyTokens
from tests.support import IMAGE, PAIR, ROOT, chat, check, codes, dumped, lint

OLD = {"model": "gpt-3.5-turbo-0613", "ignore": ["FT9", "FT314"]}  # trains on 4,096 tokens
ROW = chat("user: Hi", "assistant: Hello")
WORDS = "one two three four five six seven eight "  # eight tokens

FACTS = FileFacts(
    path="train.jsonl",
    rows=10,
    bytes=1000,
    epochs=3,
    billed=1000,
    cost=None,
    today=date(2026, 11, 23),
    closing_days=90,
    hyperparameters={},
)


def said(rule, facts, model=None, **profile):
    """What a rule about files says about figures."""
    target, _ = target_for(Settings(model=model), resolve(model), detect([ROW]))
    problems: list[Problem] = []
    rule().check(facts, target._replace(profile=target.profile._replace(**profile)), collector(rule.code, problems))
    return [problem.message for problem in problems]


def row_of(tokens):
    """A chat row of so many tokens: 14 for the rest, eight for the words."""
    row = chat("user: Hi", "assistant: " + WORDS)
    short = check(row, totals=True, **OLD).files[0].tokens.total
    times, rest = divmod(tokens - short, 8)
    return chat("user: Hi", "assistant: " + WORDS * (times + 1) + " one" * rest)


def test_a_row_at_the_limit_is_near_it_and_one_token_more_is_over_it():
    at, over = row_of(4096), row_of(4097)
    assert check(at, totals=True, **OLD).files[0].tokens.total == 4096
    assert codes(at, **OLD) == {"FT503": 1, "FT504": 1}
    assert codes(over, **OLD) == {"FT501": 1, "FT504": 1}  # what is lost begins the model's next turn
    assert codes(row_of(4100), **OLD) == {"FT501": 1, "FT502": 1, "FT504": 1}


def test_ninety_per_cent_of_the_limit_is_not_near_it_yet():
    assert codes(row_of(3686), **OLD) == {"FT504": 1}
    assert lint("FT503", row_of(3687), **OLD) == ["1: Row has 3,687 tokens, 90% of the limit of 4,096"]


def test_a_row_over_the_limit_says_what_is_lost():
    assert lint("FT501", row_of(5120), **OLD) == [
        "1: Row has 5,120 tokens, the limit is 4,096: the last 1,024 (20%) are cut off"
    ]
    (finding,) = lint("FT502", row_of(5120), **OLD)
    assert finding.startswith("1:/messages/1/content The cut at 4,096 tokens takes 1,02")


def test_a_cut_behind_the_last_trained_answer_takes_no_answer():
    row = chat(
        "user: Hi", "assistant: Hello", "user: " + WORDS * 600, {"role": "assistant", "content": "x", "weight": 0}
    )
    assert codes(row, **OLD) == {"FT501": 1, "FT504": 1}


def test_without_a_model_there_is_no_limit_to_be_over():
    assert codes([chat("user: Hi", "assistant: " + WORDS * 20_000)] * 10, ignore=["FT314"]) == {}


def test_limits_hold_with_and_without_totals():
    rows = [row_of(5000), ROW, row_of(3800)]
    assert codes(rows, totals=True, **OLD) == codes(rows, totals=False, **OLD)
    assert codes(rows, **OLD) == {"FT501": 1, "FT502": 1, "FT503": 1, "FT504": 1}


def test_short_rows_need_no_tokenizer_but_long_ones_in_few_bytes_are_counted_all_the_same():
    """A row of N bytes has at most N tokens, but tool definitions and images count for more than their bytes."""
    tools = [
        {"type": "function", "function": {"name": f"f{n}", "parameters": {"type": "object", "properties": {"a": {}}}}}
        for n in range(60)
    ]
    rows = [
        chat("user: Hi", "assistant: Hello", tools=tools),
        chat({"role": "user", "content": [IMAGE] * 3}, "assistant: x"),
    ]
    for limit in (50, 100, 300, 1000):
        for row in rows:
            counted = check(row, totals=True, model="gpt-4o").files[0].tokens.total
            assert (counted > limit) <= (len(dumped(row)) > limit * 0.9 or "tools" in row or "image_url" in str(row))


@pytest.mark.parametrize(
    ("rows", "row", "options", "expected"),
    [
        (9, ROW, {}, ["Training file has 9 rows, but must have at least 10"]),
        (10, ROW, {}, []),
        (1, ROW, {}, ["Training file has 1 row, but must have at least 10"]),
        (9, PAIR, {"method": "dpo"}, ["Training file has 9 rows, but must have at least 10"]),
        (1, chat("user: Hi"), {"method": "reinforcement"}, []),
    ],
)
def test_the_method_has_a_least_number_of_rows(rows, row, options, expected):
    assert lint("FT504", [row] * rows, **options) == expected


def test_reinforcement_takes_fifty_thousand_rows_and_not_one_more():
    line = b'{"messages": [{"role": "user", "content": "Hi"}]}\n'
    assert lint("FT505", line * 50_000, method="reinforcement") == []
    assert lint("FT505", line * 50_001, method="reinforcement") == [
        "File has 50,001 rows, the limit of this method is 50,000"
    ]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (512 * 2**20, []),
        (512 * 2**20 + 1, ["File has 536,870,913 bytes, one request takes 536,870,912"]),
        (8 * 2**30, ["File has 8,589,934,592 bytes, one request takes 536,870,912"]),
        (8 * 2**30 + 1, ["File has 8,589,934,593 bytes, the limit is 8,589,934,592"]),
    ],
)
def test_a_file_is_too_large_for_one_request_or_for_any(size, expected):
    assert said(FileTooLarge, FACTS._replace(bytes=size)) == expected


SPARSE = """
import sys, ftlint
path = sys.argv[1]
with open(path, "wb") as file:
    file.write(b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\\n' * 100)
    file.truncate(513 * 2**20)
print([item.message for item in ftlint.check(path, totals=False, select=["FT506"]).findings])
"""


def test_a_real_file_of_half_a_gigabyte_is_too_large(tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", SPARSE, str(tmp_path / "big.jsonl")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "['File has 537,919,488 bytes, one request takes 536,870,912']"


@pytest.mark.parametrize(
    ("billed", "limit", "expected"),
    [
        (1000, None, []),
        (1000, 3000, []),
        (1001, 3000, ["1,001 tokens × 3 epochs = 3,003, the limit of a job is 3,000"]),
        (None, 3000, []),
    ],
)
def test_a_job_may_have_a_limit_of_tokens(billed, limit, expected):
    assert said(TooManyTokens, FACTS._replace(billed=billed), max_job_tokens=limit) == expected


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        ({"max_rows": 10, "min_rows": 10, "max_duplicates": 9, "max_over_limit": 0}, []),
        ({"max_rows": 9}, ["Rows to train on: 10, the budget is 9"]),
        ({"min_rows": 11}, ["Rows to train on: 10, the budget asks for 11 or more"]),
        ({"max_duplicates": 8}, ["Rows that repeat an earlier one: 9, the budget is 8"]),
    ],
)
def test_a_budget_in_rows_holds_or_is_a_finding(budget, expected):
    assert lint("FT508", [ROW] * 10, totals=True, **OLD, **budget) == expected


def test_what_nobody_knows_passes_no_budget():
    (over,) = lint("FT508", ROW, totals=True, max_over_limit=0)
    assert over.endswith("is unknown and the budget is 0: the context limit of openai is not known")
    assert lint("FT508", ROW, totals=True, max_cost="1") == [
        "The cost is unknown and the budget is $1.00: no price per token is known for openai without --model"
    ]
    assert lint("FT508", b"", totals=True, max_cost="1") == []


def test_the_cost_of_a_file_is_checked_against_the_budget():
    rows = [row_of(1000)] * 10  # 10 rows: 10 epochs by the provider's rule
    options = {**OLD, "totals": True}
    report = check(rows, **options)
    assert (report.files[0].epochs, report.files[0].tokens.billed) == (10, 10_000)
    assert report.files[0].cost.amount == pytest.approx(0.8)
    assert lint("FT508", rows, **options, max_cost="0.80") == []
    assert lint("FT508", rows, **options, max_cost="0.79") == ["The estimated cost is $0.80, the budget is $0.79"]
    assert lint("FT508", rows, **options, max_tokens=99_999) == [
        "100,000 billed tokens in 10 epochs, the budget is 99,999"
    ]
    assert lint("FT508", rows, **options, max_tokens=99_999, epochs=9) == []


def test_tokens_behind_the_limit_are_not_billed():
    summary = check([row_of(5000), row_of(1000)], totals=True, **OLD).files[0].tokens
    assert (summary.total, summary.billed, summary.max, summary.over_limit) == (6000, 5096, 5000, 1)


@pytest.mark.parametrize("name", ["gpt-3.5-turbo-0613", "gpt-4o-2024-08-06", "gpt-4o"])
def test_a_price_of_your_own_wins_by_id_and_by_alias(name):
    model = "gpt-4o" if "4o" in name else name
    cost = check([ROW] * 10, totals=True, model=model, epochs=1, prices={name: {"training": "1000000"}}).files[0].cost
    assert cost.amount == check([ROW] * 10, totals=True, model=model).files[0].tokens.billed


@pytest.mark.parametrize("epochs", [0, -1, 10**30, 10**400])
def test_a_senseless_number_of_epochs_is_a_finding_and_no_crash(epochs):
    assert codes([ROW] * 10, model="gpt-4o", epochs=epochs, totals=True)["FT905"] == 1

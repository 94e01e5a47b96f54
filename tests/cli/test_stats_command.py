"""`ftlint stats`: its figures, counted again here."""

from __future__ import annotations

import json
import statistics

import pytest

from ftlint.profiles.catalog import all_profiles
from ftlint.tokens.encoder import load
from tests.support import alike

DAY = ("--today", "2026-09-01")


@pytest.fixture
def file(shell, row):
    """Twenty rows of growing length."""
    return shell.file("rows.jsonl", [row("word " * 40 * number, f"Answer {number}") for number in range(1, 21)])


@pytest.fixture
def counts(shell, file):
    """Their tokens by the published rule: all, and those of the answers."""

    def of(encoding: str) -> tuple[list[int], int]:
        count = load(encoding).count
        rows = [json.loads(line)["messages"] for line in (shell.directory / file).read_text().splitlines()]
        totals = [3 + sum(3 + count(m["role"]) + count(m["content"]) for m in messages) for messages in rows]
        return totals, sum(count(messages[-1]["content"]) for messages in rows)

    return of


def of_json(shell, *words: object) -> list[dict]:
    done = shell.run("stats", *DAY, "--output-format", "json", *words)
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert report["version"] == 1
    return report["files"]


def test_the_figures_are_those_of_an_independent_count(shell, file, counts):
    (one,) = of_json(shell, file, "--model", "gpt-4o-mini")
    totals, trained = counts("o200k_base")
    assert (one["path"], one["format"], one["method"], one["rows"], one["counted_rows"]) == (
        "rows.jsonl",
        "chat",
        "supervised",
        20,
        20,
    )
    assert one["bytes"] == (shell.directory / file).stat().st_size
    assert one["messages"] == {"user": 20, "assistant": 20}
    (target,) = one["targets"]
    tokens = target["tokens"]
    assert (tokens["total"], tokens["billed"], tokens["trained"]) == (sum(totals), sum(totals), trained)
    assert (tokens["min"], tokens["max"]) == (min(totals), max(totals))
    assert tokens["median"] == statistics.median(totals)
    assert tokens["mean"] == pytest.approx(statistics.mean(totals), abs=0.01)
    percentiles = statistics.quantiles(totals, n=20, method="inclusive")
    assert (tokens["p5"], tokens["p95"]) == (pytest.approx(percentiles[0]), pytest.approx(percentiles[-1]))
    assert target["epochs"] == 5
    assert target["cost"]["amount"] == pytest.approx(sum(totals) * 5 * 3 / 1_000_000)


def test_the_text_has_the_same_figures(shell, file, counts):
    totals, trained = counts("o200k_base")
    text = shell.run("stats", *DAY, file, "--model", "gpt-4o-mini").stdout
    assert "rows.jsonl: 20 rows of chat, method supervised\n" in text
    assert "messages   40: 20 user, 20 assistant\n" in text
    assert (
        f"tokens     {sum(totals):,} (o200k_base), {trained:,} of them trained ({trained / sum(totals):.0%})\n" in text
    )
    assert f"min {min(totals):,}, " in text and f"max {max(totals):,}\n" in text
    assert "limit      65,536 tokens: 0 rows over it, 0 tokens (0.0%) lost\n" in text
    assert "epochs     5 (automatic for 20 rows)\n" in text
    assert f"cost       {sum(totals):,} billed tokens × 5 epochs × $3.00 per million = about $" in text


def test_rows_past_the_limit_are_cut_and_drawn_past_the_line(shell, row, counts):
    rows = alike(15, row("word " * 100)) + alike(5, row("word " * 5000))
    long = shell.file("rows.jsonl", rows)
    totals, _ = counts("cl100k_base")
    over = [count for count in totals if count > 4096]
    (target,) = of_json(shell, long, "--model", "gpt-3.5-turbo-0613")[0]["targets"]
    assert (target["limit"], target["tokens"]["over_limit"]) == (4096, len(over))
    assert target["tokens_lost"] == sum(over) - 4096 * len(over)
    assert target["tokens"]["billed"] == sum(totals) - target["tokens_lost"]
    lines = shell.run("stats", *DAY, long, "--model", "gpt-3.5-turbo-0613").stdout.splitlines()
    limit = next(number for number, line in enumerate(lines) if line.endswith("limit 4,096"))
    bars = [(number, line) for number, line in enumerate(lines) if "█" in line]
    assert [line.split()[-1] for number, line in bars if number < limit] == ["15"]
    assert [line.split()[-1] for number, line in bars if number > limit] == ["5"]
    low = max(int(line.split()[0].replace(",", "")) for line in lines[limit - 1 : limit])
    high = int(lines[limit + 1].split()[0].replace(",", ""))
    assert low < 4096 <= high


def test_the_limit_is_drawn_even_when_no_row_comes_near_it(shell, clean):
    text = shell.run("stats", *DAY, clean, "--model", "gpt-4o-mini").stdout
    assert "  ──────── limit 65,536\n" in text


def test_the_bars_of_the_histogram_hold_every_row(shell, file):
    lines = shell.run("stats", *DAY, file).stdout.splitlines()
    bars = [line.split() for line in lines if len(line.split()) > 2 and line.split()[1] == "to"]
    assert sum(int(bar[-1]) for bar in bars) == 20
    assert [bar[2] for bar in bars[:-1]] == [bar[0] for bar in bars[1:]]


def test_without_unicode_the_bars_are_ascii(shell, clean):
    text = shell.run("stats", *DAY, clean, "--model", "gpt-4o-mini", PYTHONIOENCODING="ascii").stdout
    assert "####" in text and "-------- limit" in text
    assert text.isascii()


def test_several_models_stand_side_by_side(shell, file, counts):
    models = ("--model", "gpt-3.5-turbo-0125", "--model", "gpt-4o-mini")
    targets = of_json(shell, file, *models)[0]["targets"]
    assert [target["tokens"]["total"] for target in targets] == [
        sum(counts("cl100k_base")[0]),
        sum(counts("o200k_base")[0]),
    ]
    table = [line.split() for line in shell.run("stats", *DAY, file, *models).stdout.splitlines()]
    assert ["gpt-3.5-turbo-0125", f"{targets[0]['tokens']['total']:,}"] in [cells[:2] for cells in table]
    assert ["gpt-4o-mini-2024-07-18", f"{targets[1]['tokens']['total']:,}"] in [cells[:2] for cells in table]


def test_all_models_are_compared_or_named_as_left_out(shell, clean):
    targets = of_json(shell, clean, "--model", "all")[0]["targets"]
    assert [target["model"] for target in targets] == [profile.id for profile in all_profiles()]
    for target, profile in zip(targets, all_profiles(), strict=True):
        takes_chat = any("chat" in method.schemas for method in profile.methods.values())
        assert (target["tokens"] is not None) == (takes_chat and profile.encoding is not None)
        assert target["limit"] == profile.training_context
    text = shell.run("stats", *DAY, clean, "--model", "all").stdout
    compared, left_out = text.split("not compared, since they do not take these rows:")
    for target in targets:
        assert target["model"] in (compared if target["tokens"] else left_out)


def test_each_model_gives_the_figures_that_it_gives_alone(shell, file):
    together = of_json(shell, file, "--model", "all")[0]["targets"]
    for name in ("gpt-3.5-turbo-0613", "gpt-4.1-mini-2025-04-14"):
        (alone,) = of_json(shell, file, "--model", name)[0]["targets"]
        assert alone == next(target for target in together if target["model"] == name)


def test_several_files_have_a_block_each(shell, clean, file):
    text = shell.run("stats", *DAY, clean, file).stdout
    assert "clean.jsonl: 12 rows" in text and "\n\nrows.jsonl: 20 rows" in text


def test_rows_that_cannot_be_counted_are_said(shell, row):
    rows = [*alike(11, row()), {"messages": [{"role": "bot", "content": "?"}]}]
    text = shell.run("stats", *DAY, shell.file("rows.jsonl", rows)).stdout
    assert "  1 row is not counted: `ftlint check` says why\n" in text
    nothing = shell.run("stats", *DAY, shell.file("log.jsonl", [{"level": "info"}]))
    assert nothing.returncode == 0
    assert nothing.stdout == "log.jsonl: no row could be counted; `ftlint check` says why\n"


def test_an_unknown_price_is_unknown(shell, clean):
    assert (
        "cost       unknown: no training price is known for gpt-4-0613"
        in shell.run("stats", *DAY, clean, "--model", "gpt-4-0613").stdout
    )


def test_reinforcement_is_billed_by_the_hour(shell):
    prompts = shell.file("rft.jsonl", [{"messages": [{"role": "user", "content": "2+2?"}], "answer": "4"}] * 12)
    text = shell.run("stats", *DAY, prompts, "--model", "o4-mini").stdout
    assert "cost       $100.00 an hour of training" in text


def test_findings_do_not_change_the_exit_status_but_missing_files_do(shell, broken):
    assert shell.run("stats", *DAY, broken).returncode == 0
    done = shell.run("stats", *DAY, broken, "nowhere.jsonl")
    assert done.returncode == 2
    assert "broken.jsonl: 12 rows" in done.stdout


def test_standard_input_is_counted_once(shell, clean):
    data = (shell.directory / clean).read_bytes()
    assert "-: 12 rows of chat" in shell.run("stats", *DAY, "-", stdin=data).stdout
    done = shell.run("stats", *DAY, "-", "--model", "gpt-4o", "--model", "gpt-4", stdin=data)
    assert done.returncode == 2
    assert done.stderr == "ftlint: error: standard input can be read once: give one --model\n"

"""`ftlint models` and `ftlint rule`: what ftlint knows, on a screen."""

from __future__ import annotations

import json
import unicodedata

import pytest

from ftlint.profiles.catalog import all_profiles
from ftlint.rules.registry import RULES


def assert_plain(text: str) -> None:
    """Nothing in it steers a terminal."""
    assert {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs")} <= {"\n"}


def test_every_model_has_a_line(shell):
    done = shell.run("models")
    assert (done.returncode, done.stderr) == (0, "")
    assert_plain(done.stdout)
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if "/" in line.split(" ")[0]}
    assert list(lines) == [f"{profile.provider}/{profile.id}" for profile in all_profiles()]
    for profile in all_profiles():
        line = lines[f"{profile.provider}/{profile.id}"]
        for word in (*profile.aliases, *profile.methods, str(profile.shutdown or "?")):
            assert word in line


def test_the_prices_are_those_of_the_day(shell):
    def price(day: str) -> str:
        return next(line for line in shell.run("models", "--today", day).stdout.splitlines() if "turbo-0613" in line)

    assert "$8.00" in price("2024-01-01")
    assert "$" not in price("2023-01-01")


def test_every_model_is_in_the_json_with_its_sources(shell):
    report = json.loads(shell.run("models", "--output-format", "json").stdout)
    assert report["version"] == 1
    assert [model["id"] for model in report["models"]] == [profile.id for profile in all_profiles()]
    for model in report["models"]:
        assert model["source"].startswith("https://")
        assert all(price["source"].startswith("https://") for price in model["prices"])


@pytest.mark.parametrize("name", ["gpt-4o-mini", "openai/gpt-4o-mini", "ft:gpt-4o-mini-2024-07-18:acme::abc"])
def test_a_name_shows_all_that_is_known_of_the_model(shell, name):
    text = shell.run("models", name).stdout
    assert_plain(text)
    assert text.startswith("openai/gpt-4o-mini-2024-07-18\n")
    assert "training_context: 65536" in text
    assert "source: https://" in text


def test_an_unknown_model_is_a_wrong_call(shell):
    done = shell.run("models", "gpt-4o-mimi")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == 'ftlint: error: unknown model "gpt-4o-mimi". Did you mean "gpt-4o-mini"? See "ftlint models".\n'
    )


def test_the_models_can_be_written_to_a_file(shell):
    assert shell.run("models", "-o", "models.txt").stdout == ""
    assert "openai/gpt-4o-mini-2024-07-18" in (shell.directory / "models.txt").read_text()


def test_every_rule_has_a_line(shell):
    done = shell.run("rule")
    assert_plain(done.stdout)
    assert [line.split()[:2] for line in done.stdout.splitlines()] == [[rule.code, rule.name] for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_page(shell, rule):
    done = shell.run("rule", rule.code)
    assert (done.returncode, done.stderr) == (0, "")
    assert_plain(done.stdout)
    assert done.stdout.startswith(f"{rule.code} {rule.name} (")
    for heading in ("## Why it matters\n", "## Fix\n"):
        assert heading in done.stdout
    if rule.bad:
        assert "\n## Bad\n" in done.stdout


def test_a_rule_is_found_by_name_and_in_any_case(shell):
    page = shell.run("rule", "FT211").stdout
    assert page.startswith("FT211 empty-assistant (error, since ")
    assert shell.run("rule", "empty-assistant").stdout == shell.run("rule", "ft211").stdout == page


def test_all_rules_are_in_the_json(shell):
    rules = json.loads(shell.run("rule", "--output-format", "json").stdout)
    assert [rule["code"] for rule in rules] == [rule.code for rule in RULES]
    one = json.loads(shell.run("rule", "FT211", "--output-format", "json").stdout)
    assert one == next(rule for rule in rules if rule["code"] == "FT211")
    assert (one["severity"], one["default"]) == ("error", True)
    assert one["summary"] == "An assistant turn has neither text nor tool calls."


def test_an_unknown_rule_is_a_wrong_call(shell):
    done = shell.run("rule", "empty-asistant")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'ftlint: error: unknown rule "empty-asistant". Did you mean "empty-assistant"?\n'

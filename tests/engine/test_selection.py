"""Which rules run."""

import pytest

from ftlint.config.settings import Settings
from ftlint.core.errors import FtlintError
from ftlint.core.types import Severity
from ftlint.engine.selection import rule_of, severities
from ftlint.profiles.catalog import resolve
from ftlint.rules.registry import RULES

DEFAULT = {rule.code for rule in RULES if rule.default} - {"FT208"}


def chosen(levels=None, **settings):
    return set(severities(Settings(**settings), levels if levels is not None else resolve(None).levels))


def test_by_default_every_rule_runs_that_is_on_by_default():
    assert chosen() == DEFAULT


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"select": ("FT211",)}, {"FT211"}),
        ({"select": ("empty-assistant",)}, {"FT211"}),
        ({"select": ("Empty-Assistant", "ft001")}, {"FT211", "FT001"}),
        ({"select": ("FT21",), "ignore": ("FT211", "FT212", "FT213", "FT214")}, {"FT210", "FT215", "FT216"}),
        ({"select": ("ALL",)}, {rule.code for rule in RULES}),
        ({"select": ("FT",)}, {rule.code for rule in RULES}),
        ({"ignore": ("ALL",)}, set()),
        ({"ignore": ("FT0", "FT1", "FT2", "FT3", "FT4", "FT5", "FT6", "FT7", "FT9")}, set()),
        ({"extend_select": ("FT208",)}, DEFAULT | {"FT208"}),
        ({"extend_select": ("consecutive-same-role",)}, DEFAULT | {"FT208"}),
        ({"select": ("FT211",), "extend_select": ("FT208",)}, {"FT211", "FT208"}),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_rules_are_chosen_by_code_prefix_name_or_all(settings, expected):
    assert chosen(**settings) == expected


@pytest.mark.parametrize(
    ("settings", "runs"),
    [
        ({"select": ("FT2",), "ignore": ("FT211",)}, False),
        ({"select": ("FT211",), "ignore": ("FT2",)}, True),
        ({"select": ("FT21",), "ignore": ("FT2",)}, True),
        ({"select": ("ALL",), "ignore": ("FT2",)}, False),
        ({"select": ("FT211",), "ignore": ("FT211",)}, False),
        ({"select": ("empty-assistant",), "ignore": ("FT21",)}, True),
        ({"select": ("FT21",), "ignore": ("empty-assistant",)}, False),
        ({"ignore": ("FT2",), "extend_select": ("FT211",)}, True),
        ({"extend_select": ("FT2",), "ignore": ("FT211",)}, False),
        ({"select": ("FT0",), "extend_select": ("FT2",), "ignore": ("FT21",)}, False),
    ],
    ids=str,
)
def test_the_longer_prefix_wins(settings, runs):
    assert ("FT211" in chosen(**settings)) == runs


@pytest.mark.parametrize(
    ("key", "word", "message"),
    [
        ("select", "FT999", 'unknown rule "FT999" in select. Did you mean "FT9'),
        ("ignore", "emty-assistant", 'unknown rule "emty-assistant" in ignore. Did you mean "empty-assistant"?'),
        ("extend_select", "F", 'unknown rule "F" in extend-select.'),
        ("select", "", 'unknown rule "" in select.'),
        ("select", "211", 'unknown rule "211" in select.'),
        ("select", "ALLES", 'unknown rule "ALLES" in select.'),
    ],
)
def test_an_unknown_rule_is_refused_with_the_nearest(key, word, message):
    with pytest.raises(FtlintError) as caught:
        chosen(**{key: (word,)})
    assert str(caught.value).startswith(message)


def test_a_rule_is_found_by_its_code_and_by_its_name():
    assert rule_of("ft211") is rule_of("empty-assistant") is rule_of("FT211")
    with pytest.raises(FtlintError, match="unknown rule"):
        rule_of("FT2")


def test_the_target_gives_severities_and_turns_rules_on_and_off():
    default = Settings()
    assert severities(default, {})["FT206"] is Severity.WARNING
    assert severities(default, {"FT206": "error"})["FT206"] is Severity.ERROR
    assert "FT206" not in severities(default, {"FT206": "off"})
    assert severities(default, {"FT208": "error"})["FT208"] is Severity.ERROR
    assert severities(Settings(select=("FT208",)), {"FT208": "off"})["FT208"] is Severity.WARNING

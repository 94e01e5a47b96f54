"""The model and its provider: days, methods and hyperparameters."""

from datetime import date

import pytest

from ftlint.core.errors import FtlintError
from tests.support import PAIR, chat, check, lint

ROWS = [chat(f"user: Hi {number}", f"assistant: Hello {number}") for number in range(10)]


def test_an_unknown_model_ends_the_call_and_names_the_nearest():
    with pytest.raises(FtlintError, match=r'unknown model "gpt-4o-mni"\. Did you mean "gpt-4o-mini"'):
        check(ROWS, model="gpt-4o-mni")


@pytest.mark.parametrize(
    ("model", "day", "expected"),
    [
        ("gpt-3.5-turbo-0613", "2024-09-12", []),
        ("gpt-3.5-turbo-0613", "2024-09-13", ["gpt-3.5-turbo-0613 was shut down on 2024-09-13"]),
        ("gpt-3.5-turbo-0613", "2026-11-23", ["gpt-3.5-turbo-0613 was shut down on 2024-09-13"]),
        ("gpt-4o-mini", "2027-01-05", []),
        ("gpt-4o-mini", "2027-01-06", ["gpt-4o-mini-2024-07-18 takes no new fine-tuning jobs since 2027-01-06"]),
        ("gpt-4o-mini", "2027-01-14", ["gpt-4o-mini-2024-07-18 was shut down on 2027-01-14"]),
        ("openai", "2030-01-01", []),
        (None, "2030-01-01", []),
    ],
)
def test_a_model_is_retired_from_its_day_on(model, day, expected):
    assert lint("FT902", ROWS, model=model, today=date.fromisoformat(day)) == expected


def test_a_retired_model_does_not_stop_the_check():
    found = check([*ROWS, {"messages": []}], model="gpt-3.5-turbo-0613").findings
    assert {item.code for item in found} >= {"FT902", "FT106"}
    (retired,) = [item for item in found if item.code == "FT902"]
    assert retired.severity == "warning"
    assert retired.help.startswith("the provider names ")


CLOSES = "takes no new fine-tuning jobs from 2027-01-06 (in %d days)"


@pytest.mark.parametrize(
    ("day", "options", "expected"),
    [
        ("2026-10-07", {}, []),
        ("2026-10-08", {}, [f"gpt-4o-mini-2024-07-18 {CLOSES % 90}"]),
        ("2026-11-23", {}, [f"gpt-4o-mini-2024-07-18 {CLOSES % 44} and shuts down on 2027-01-14 (in 52 days)"]),
        ("2026-11-23", {"closing_days": 40}, []),
        ("2026-11-23", {"closing_days": 44}, [f"gpt-4o-mini-2024-07-18 {CLOSES % 44}"]),
        ("2027-01-10", {}, ["gpt-4o-mini-2024-07-18 shuts down on 2027-01-14 (in 4 days)"]),
        ("2027-01-14", {}, []),
    ],
)
def test_a_model_that_closes_soon_is_one_warning_with_all_its_days(day, options, expected):
    assert lint("FT903", ROWS, model="gpt-4o-mini", today=date.fromisoformat(day), **options) == expected


@pytest.mark.parametrize(
    ("model", "rows", "method", "expected"),
    [
        (
            "o4-mini",
            ROWS,
            "supervised",
            ["o4-mini-2025-04-16 does not take the method supervised; it takes reinforcement"],
        ),
        (
            "gpt-4o-mini",
            [PAIR] * 10,
            "dpo",
            ["gpt-4o-mini-2024-07-18 does not take the method dpo; it takes supervised"],
        ),
        ("gpt-4.1", [PAIR] * 10, "dpo", []),
        ("gpt-4o", ROWS, None, []),
        (None, ROWS, "dpo", []),
    ],
)
def test_a_method_that_the_model_does_not_take_is_named_with_those_that_it_does(model, rows, method, expected):
    assert lint("FT904", rows, model=model, method=method) == expected


@pytest.mark.parametrize(
    ("method", "given", "expected"),
    [
        ("supervised", {"n_epochs": 1, "batch_size": 256, "learning_rate_multiplier": 0.1}, []),
        ("supervised", {"n_epochs": "auto", "batch_size": "auto", "learning_rate_multiplier": "auto"}, []),
        ("supervised", {"n_epochs": 0}, ['n_epochs is 0, expected an integer at least 1 and at most 50 or "auto"']),
        ("supervised", {"n_epochs": 51}, ['n_epochs is 51, expected an integer at least 1 and at most 50 or "auto"']),
        ("supervised", {"n_epochs": 2.5}, ['n_epochs is 2.5, expected an integer at least 1 and at most 50 or "auto"']),
        (
            "supervised",
            {"n_epochs": True},
            ['n_epochs is True, expected an integer at least 1 and at most 50 or "auto"'],
        ),
        (
            "supervised",
            {"batch_size": 257},
            ['batch_size is 257, expected an integer at least 1 and at most 256 or "auto"'],
        ),
        (
            "supervised",
            {"learning_rate_multiplier": 0},
            ['learning_rate_multiplier is 0, expected a number more than 0 or "auto"'],
        ),
        (
            "supervised",
            {"beta": 0.1},
            ["supervised has no hyperparameter beta; it has n_epochs, batch_size, learning_rate_multiplier"],
        ),
        ("dpo", {"beta": 2}, []),
        ("dpo", {"beta": 2.1}, ['beta is 2.1, expected a number more than 0 and at most 2 or "auto"']),
        ("reinforcement", {"reasoning_effort": "high"}, []),
        (
            "reinforcement",
            {"reasoning_effort": "huge"},
            ["reasoning_effort is huge, expected one of default, low, medium, high"],
        ),
        ("supervised", {"suffix": "x" * 64, "seed": 2**31 - 1, "metadata": {"k" * 64: "v" * 512}}, []),
        ("supervised", {"suffix": "x" * 65}, ["suffix must have 1 to 64 characters"]),
        ("supervised", {"suffix": ""}, ["suffix must have 1 to 64 characters"]),
        ("supervised", {"seed": -1}, ["seed is -1, expected an integer from 0 to 2147483647"]),
        ("supervised", {"seed": 2**31}, ["seed is 2147483648, expected an integer from 0 to 2147483647"]),
        ("supervised", {"metadata": {str(n): "" for n in range(17)}}, ["metadata has 17 pairs, expected at most 16"]),
        ("supervised", {"metadata": {"k" * 65: ""}}, ["a key of metadata has 65 characters, expected at most 64"]),
        ("supervised", {"metadata": {"k": "v" * 513}}, ["metadata.k has 513 characters, expected at most 512"]),
        ("supervised", {"metadata": "x"}, ["metadata must be a table of strings"]),
    ],
    ids=str,
)
def test_a_hyperparameter_has_a_range(method, given, expected):
    rows = {"supervised": ROWS, "dpo": [PAIR] * 10, "reinforcement": [chat("user: Hi")] * 10}[method]
    assert lint("FT905", rows, method=method, hyperparameters=given) == expected


def test_epochs_of_the_call_are_checked_as_the_hyperparameter():
    assert lint("FT905", ROWS, epochs=50) == []
    assert lint("FT905", ROWS, epochs=51) == ['n_epochs is 51, expected an integer at least 1 and at most 50 or "auto"']


@pytest.mark.parametrize(("day", "stale"), [("2026-11-23", False), ("2027-05-22", False), ("2027-05-23", True)])
def test_facts_are_stale_after_half_a_year(day, stale):
    found = lint("FT906", ROWS, today=date.fromisoformat(day))
    assert found == (["The facts about openai were checked 181 days ago, on 2026-11-23"] if stale else [])


def test_what_is_said_about_the_model_is_said_at_the_first_file_only(tmp_path):
    import ftlint
    from tests.support import TODAY, dumped

    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(dumped(ROWS))
    report = ftlint.check(tmp_path, model="gpt-3.5-turbo-0613", totals=False, today=TODAY)
    assert [item.code for item in report.findings] == ["FT902"]
    assert report.findings[0].path.endswith("a.jsonl")


def test_image_parts_are_refused_by_a_model_that_takes_text_only():
    from tests.support import IMAGE

    rows = [chat({"role": "user", "content": [IMAGE]}, "assistant: A cat")] * 10
    assert lint("FT451", rows[:1], model="gpt-4o-mini") == [
        "1:/messages/0/content/0/type messages[0].content[0].type is an image, which this target does not take here"
    ]
    assert lint("FT451", rows, model="gpt-4o") == []

"""Which rules run, on which files, by which configuration."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ([], {"FT211", "FT207"}),
        (["--select", "FT211"], {"FT211"}),
        (["--select", "FT211,FT207"], {"FT211", "FT207"}),
        (["--select", "FT211", "--select", "several-system-messages"], {"FT211", "FT207"}),
        (["--select", "empty-assistant"], {"FT211"}),
        (["--select", "ft211"], {"FT211"}),
        (["--select", "FT0"], set()),
        (["--ignore", "FT211"], {"FT207"}),
        (["--ignore", "FT2"], set()),
        (["--ignore", "FT2", "--extend-select", "FT211"], {"FT211"}),
        (["--select", "FT2", "--ignore", "FT211"], {"FT207"}),
        (["--select", "FT0", "--extend-select", "FT207"], {"FT207"}),
        (["--per-file-ignores", "broken.jsonl:FT211"], {"FT207"}),
        (["--per-file-ignores", "*.jsonl:FT211", "--per-file-ignores", "*.jsonl:FT207"], set()),
        (["--per-file-ignores", "other/*.jsonl:FT211"], {"FT211", "FT207"}),
    ],
)
def test_rules_are_chosen_by_code_prefix_or_name(shell, broken, options, codes):
    found = shell.codes(broken, *options)
    assert found & {"FT211", "FT207"} == codes


def test_a_rule_that_is_off_by_default_can_be_switched_on(shell):
    twice = {"messages": [{"role": "user", "content": "Hi"}] * 2 + [{"role": "assistant", "content": "Ho"}]}
    file = shell.file("twice.jsonl", [twice] * 12)
    assert "FT208" not in shell.codes(file)
    assert "FT208" in shell.codes(file, "--extend-select", "FT208")
    assert "FT208" in shell.codes(file, "--select", "ALL")


def test_rules_are_left_out_of_the_matching_file_only(shell, broken):
    shell.file("second/broken.jsonl", (shell.directory / broken).read_bytes())
    report = shell.report(broken, "second", "--per-file-ignores", "second/*:FT211")
    assert {finding["path"] for finding in report["findings"] if finding["code"] == "FT211"} == {"broken.jsonl"}


def test_the_nearest_configuration_counts_alone(shell, broken):
    shell.file("ftlint.toml", b'ignore = ["FT207"]\n')
    assert shell.codes(broken) == {"FT211"}
    shell.file("inner/pyproject.toml", b'[tool.ftlint]\nignore = ["FT211"]\n')
    done = shell.run("check", f"../{broken}", cwd="inner")
    assert "FT207" in done.stdout
    assert "FT211" not in done.stdout


def test_a_pyproject_without_our_table_is_passed_by(shell, broken):
    shell.file("ftlint.toml", b'ignore = ["FT211", "FT207"]\n')
    shell.file("inner/pyproject.toml", b'[project]\nname = "ftlint-user"\n')
    assert shell.run("check", f"../{broken}", cwd="inner").returncode == 0


def test_config_names_the_file_to_read(shell, broken):
    shell.file("ftlint.toml", b'ignore = ["FT207"]\n')
    shell.file("other.toml", b'ignore = ["FT211"]\n')
    assert shell.codes(broken, "--config", "other.toml") == {"FT207"}


def test_isolated_reads_no_configuration(shell, broken):
    shell.file("ftlint.toml", b'ignore = ["FT2"]\n')
    assert shell.codes(broken) == set()
    assert shell.codes(broken, "--isolated") == {"FT211", "FT207"}


def test_the_command_line_wins_over_the_configuration(shell, broken):
    shell.file("ftlint.toml", b'fail-on = "never"\noutput-format = "concise"\nignore = ["FT211"]\n')
    assert shell.run("check", broken).returncode == 0
    done = shell.run("check", broken, "--fail-on", "error", "--ignore", "FT207")
    assert done.returncode == 1
    assert "FT211" in done.stdout


def test_excluded_files_are_skipped_in_directories_but_not_when_they_are_named(shell, clean, broken):
    assert [file["path"] for file in shell.report(".", "--exclude", "broken*")["files"]] == ["clean.jsonl"]
    assert shell.run("check", broken, "--exclude", "broken*").returncode == 1
    assert shell.run("check", broken, clean, "--exclude", "broken*", "--force-exclude").returncode == 0


def test_a_file_that_is_named_twice_is_checked_once(shell, clean):
    assert shell.report(clean, f"./{clean}", ".")["summary"]["files"] == 1


@pytest.mark.parametrize("model", ["gpt-4o-mini", "GPT-4o-mini", "openai/gpt-4o-mini", "gpt-4o-mini-2024-07-18"])
def test_a_model_is_known_by_its_id_its_alias_and_its_provider(shell, clean, model):
    assert shell.report(clean, "--model", model)["files"][0]["model"] == "gpt-4o-mini-2024-07-18"


@pytest.mark.parametrize(
    ("tuned", "base"),
    [
        ("ft:gpt-4o-mini-2024-07-18:acme:support:abc123", "gpt-4o-mini-2024-07-18"),
        ("ft:gpt-3.5-turbo-0613:acme::abc123", "gpt-3.5-turbo-0613"),
        ("openai/ft:gpt-4o-2024-08-06:acme::abc123:ckpt-step-90", "gpt-4o-2024-08-06"),
    ],
)
def test_a_fine_tuned_model_is_checked_as_the_model_it_came_from(shell, clean, tuned, base):
    assert shell.report(clean, "--model", tuned)["files"][0]["model"] == base


def test_a_provider_alone_gives_what_holds_for_all_its_models(shell, clean):
    file = shell.report(clean, "--model", "openai")["files"][0]
    assert (file["provider"], file["model"]) == ("openai", None)


def test_the_day_decides_whether_a_model_is_retired(shell, clean):
    def codes(day: str) -> set[str]:
        return shell.codes(clean, "--model", "gpt-3.5-turbo-0613", "--today", day)

    assert codes("2024-01-01") & {"FT902", "FT903"} == set()
    assert codes("2024-08-01") & {"FT902", "FT903"} == {"FT903"}
    assert codes("2025-01-01") & {"FT902", "FT903"} == {"FT902"}


def test_the_method_decides_what_is_missing(shell):
    prompts = shell.file("prompts.jsonl", [{"messages": [{"role": "user", "content": "Hi"}]}] * 12)
    assert "FT201" in shell.codes(prompts, "--method", "supervised")
    assert "FT201" not in shell.codes(prompts, "--method", "reinforcement")

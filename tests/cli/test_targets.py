"""Targets beside the default: what check, stats, models and schema say of them."""

from __future__ import annotations

import json
import sys
from functools import cache

import pytest

from ftlint.profiles import catalog
from tests.support import ROOT

sys.path.insert(0, str(ROOT))
from scripts.profile_tables import tables

TODAY = ("--today", "2026-11-23")
UNKNOWN = "tokens and cost unknown: the tokenizer of together/acme/large is not known"


def test_check_says_that_tokens_are_unknown_instead_of_counting_in_another_tokenizer(shell, clean):
    done = shell.run("check", clean, "--totals", "--model", "together/acme/large")
    assert done.returncode == 0
    assert done.stdout == f"{clean}: 12 rows, {UNKNOWN}\n"
    report = json.loads(shell.run("check", clean, "--model", "together", "--output-format", "json").stdout)
    (file,) = report["files"]
    assert (file["provider"], file["model"], file["tokens"], file["cost"]) == ("together", None, None, None)


def test_a_budget_does_not_pass_where_tokens_are_unknown(shell, clean):
    done = shell.run("check", clean, "--max-tokens", "1000000", "--model", "fireworks/acme")
    assert done.returncode == 1
    assert "FT508 The number of tokens is unknown and the budget is 1,000,000" in done.stdout


def test_stats_say_that_tokens_are_unknown_and_count_the_rest(shell, clean):
    text = shell.run("stats", clean, "--model", "nebius").stdout
    assert text.startswith(f"{clean}: 12 rows of chat, method supervised\n  messages   ")
    assert text.endswith("  tokens     unknown: the tokenizer of nebius is not known\n")
    both = ("--model", "azure/gpt-4o", "--model", "gpt-4o", "--model", "strict-chat")
    table = shell.run("stats", clean, *TODAY, *both).stdout
    assert [line.split()[0] for line in table.splitlines() if "65,536" in line] == ["azure/gpt-4o", "gpt-4o-2024-08-06"]
    assert "  not compared, since their tokenizers are not known: strict-chat\n" in table
    (file,) = json.loads(shell.run("stats", clean, *both, "--output-format", "json").stdout)["files"]
    assert [(one["name"], one["encoding"]) for one in file["targets"]] == [
        ("azure/gpt-4o", "o200k_base"),
        ("gpt-4o-2024-08-06", "o200k_base"),
        ("strict-chat", None),
    ]


def test_the_summary_names_the_provider_where_it_is_not_the_default(shell, clean):
    assert shell.run("check", clean, "--totals", "--model", "azure/gpt-4.1-mini").stdout.endswith(
        "cost unknown for azure/gpt-4.1-mini\n"
    )


def test_naming_a_model_is_advised_only_where_it_says_more(shell, broken):
    def last(*model):
        return shell.run("check", broken, *model).stdout.splitlines()[-1]

    assert last("--model", "together").endswith("Checked by the common rules of together.")
    assert last("--model", "azure").endswith(
        "common rules of azure; --model names a model, with its limits and its price."
    )


def test_the_models_of_a_provider_and_the_providers_of_any_model_are_listed(shell):
    listed = shell.run("models").stdout
    assert "azure/gpt-4.1-mini" in listed
    assert "as in together/NAME: together, fireworks, nebius, mistral-finetune, strict-chat.\n" in listed
    azure = shell.run("models", "azure").stdout
    assert azure.startswith("azure (any model)\n")
    assert "  models\n    - gpt-4o-mini\n" in azure
    assert "Byte-order mark: the guide asks for one" in azure
    assert shell.run("models", "strict-chat").stdout.startswith("strict-chat (any model)\n")


def test_one_more_provider_is_a_file_and_its_name_in_the_list(tmp_path, monkeypatch):
    for file in catalog.FOLDER.glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "providers.toml").write_text('providers = ["openai", "acme"]')
    (tmp_path / "acme.toml").write_text(
        """
        [provider]
        id = "acme"
        any_model = true
        source = "https://acme.example/docs"
        checked = 2026-11-23
        levels = { FT208 = "error" }
        methods.supervised = { schemas = { chat = "nebius/chat.schema.json" }, last_role = "assistant", min_rows = 7 }
        """
    )
    for path, text in tables(tmp_path):
        path.write_text(text)
    monkeypatch.setattr(catalog, "FOLDER", tmp_path)
    for name in ("providers", "provider"):  # with memories of their own: other tests hold profiles by identity
        monkeypatch.setattr(catalog, name, cache(getattr(catalog, name).__wrapped__))

    import ftlint

    data = tmp_path / "train.jsonl"
    user, answer = {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}
    data.write_text(json.dumps({"messages": [user, user, answer]}) + "\n")
    found = ftlint.check(data, model="acme/any/model").findings
    assert [(item.code, item.severity) for item in found] == [("FT504", "error"), ("FT208", "error")]


@pytest.mark.parametrize("target", ["together/any/model", "azure", "mistral-finetune"])
def test_the_schema_of_a_target_is_printed(shell, target):
    assert "at" in json.loads(shell.run("schema", target).stdout)["title"]

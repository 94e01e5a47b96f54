"""Every fact about every provider says where it is from and when someone looked."""

import re
from datetime import date
from decimal import Decimal

import pytest

from ftlint.formats.schemas import bundle
from ftlint.profiles.catalog import all_profiles, provider, providers, resolve
from ftlint.rules.registry import RULES
from tests.support import ROOT, check

ALL = [*map(resolve, providers()), *all_profiles()]
NAMES = [name for name in providers() if name != "openai"]


def of(profile):
    return f"{profile.provider}/{profile.id or ''}"


@pytest.mark.parametrize("profile", ALL, ids=of)
def test_a_profile_has_a_source_and_a_day(profile):
    assert profile.source.startswith("https://")
    assert date(2026, 11, 1) <= profile.checked <= date(2027, 11, 1)
    assert all(price.source.startswith("https://") and type(price.start) is date for price in profile.prices)
    assert profile.methods
    assert all(note.endswith((".", ")")) for note in profile.notes)


@pytest.mark.parametrize("profile", ALL, ids=of)
def test_the_schemas_of_a_profile_ship_and_say_their_source(profile):
    for method in profile.methods.values():
        for schema in method.schemas.values():
            assert "Source" in bundle(schema)["description"]


@pytest.mark.parametrize("profile", ALL, ids=of)
def test_the_levels_of_a_profile_are_of_rules_that_exist(profile):
    assert set(profile.levels) <= {rule.code for rule in RULES}
    assert set(profile.levels.values()) <= {"error", "warning", "info", "off"}


@pytest.mark.parametrize("name", NAMES)
def test_each_level_and_each_table_of_limits_has_a_reason_beside_it(name):
    text = (ROOT / "ftlint" / "profiles" / f"{name}.toml").read_text()
    for line in re.findall(r"^FT\d{3} = .*$", text, re.MULTILINE):
        assert re.search(r"# [a-z-]+", line), line


FACTS = """
model                        | encoding    | trains | images | methods
azure/gpt-4o-mini            | o200k_base  | 65536  | no     | supervised
azure/gpt-4o                 | o200k_base  | 65536  | yes    | supervised dpo
azure/gpt-4.1                | o200k_base  | 65536  | yes    | supervised dpo
azure/gpt-4.1-mini           | o200k_base  | 65536  | no     | supervised dpo
azure/gpt-4.1-nano           | o200k_base  | 32768  | no     | supervised dpo
azure/o4-mini                | o200k_base  | 65536  | no     | reinforcement
azure/gpt-5                  | o200k_base  | None   | no     | reinforcement
azure/gpt-35-turbo-0125      | cl100k_base | 16385  | no     | supervised
azure/gpt-35-turbo-0613      | cl100k_base | 4096   | no     | supervised
azure/Ministral-3B           | None        | None   | no     | supervised
azure/Qwen-32B               | None        | 8192   | no     | supervised
azure/Llama-3.3-70B-Instruct | None        | None   | no     | supervised
azure/gpt-oss-20b            | None        | None   | no     | supervised
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in FACTS.strip().splitlines()[1:]]


def test_the_models_of_azure_are_those_of_its_list():
    assert [f"azure/{profile.id}" for profile in provider("azure").models] == [row[0] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_facts_of_a_model_of_azure_are_those_picked_by_hand(row):
    profile = resolve(row[0])
    assert row == [
        f"{profile.provider}/{profile.id}",
        str(profile.encoding),
        str(profile.training_context),
        "yes" if profile.images else "no",
        " ".join(profile.methods),
    ]
    assert profile.prices == ()
    assert profile.shutdown is profile.job_creation_closed is None


def test_the_limits_that_differ_are_those_picked_by_hand():
    azure, together, fireworks = resolve("azure"), resolve("together"), resolve("fireworks")
    assert (azure.max_file_bytes, azure.max_upload_bytes) == (512 << 20, 8 << 30)
    assert (azure.max_job_tokens, azure.images.max_per_row, azure.bom) == (2_000_000_000, 64, "require")
    assert azure.methods["reinforcement"].validation_required
    assert azure.methods["reinforcement"].last_role == "user"
    assert (together.max_file_bytes, together.images.max_per_row, together.bom) == (100 << 30, 10, "forbid")
    rows = {name: resolve(name).methods["supervised"].min_rows for name in NAMES}
    assert rows == {
        "azure": 10,
        "together": 1,
        "fireworks": 3,
        "nebius": None,
        "mistral-finetune": None,
        "strict-chat": None,
    }
    assert fireworks.methods["supervised"].max_rows == 3_000_000
    assert resolve("nebius").max_file_bytes == 5 << 30
    assert not resolve("nebius").methods["supervised"].ends_with_calls


def test_no_price_of_another_provider_is_known():
    assert {profile.provider for profile in all_profiles() if profile.price_on(date(2030, 1, 1))} == {"openai"}
    assert resolve("gpt-4.1-mini").price_on(date(2026, 11, 23)).training == Decimal("5.00")


@pytest.mark.parametrize("name", providers())
def test_the_page_of_targets_tells_of_every_provider_with_its_source_and_its_day(name):
    page = (ROOT / "docs" / "targets.md").read_text()
    profile = resolve(name)
    assert f"`{name}`" in page
    assert profile.source in page
    assert str(profile.checked) in page


ENDS_WITH_ASSISTANT = {
    "input": {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]},
    "preferred_output": [{"role": "assistant", "content": "How are you?"}],
    "non_preferred_output": [{"role": "assistant", "content": "What?"}],
}
UNSEPARATED = [{"prompt": f"{word} and {word}", "completion": f"{word}s of {word}"} for word in "abcdefghijkl"]
MARKED = {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello<|im_end|>"}]}


@pytest.mark.parametrize(
    ("code", "rows", "levels"),
    [
        ("FT604", ENDS_WITH_ASSISTANT, "openai warning, azure warning, together error, fireworks warning"),
        ("FT308", UNSEPARATED, "openai warning, together -, fireworks -, nebius -"),
        ("FT309", UNSEPARATED, "openai warning, together -, fireworks -, nebius -"),
        ("FT310", UNSEPARATED, "openai info, together -, fireworks -, nebius -"),
        ("FT301", MARKED, "openai error, azure error, together -, fireworks -, nebius -, mistral-finetune -"),
    ],
)
def test_the_severity_of_a_rule_is_the_one_that_the_facts_of_the_target_bear(code, rows, levels):
    for name, level in (pair.split() for pair in levels.split(", ")):
        said = {item.severity for item in check(rows, model=name).findings if item.code == code}
        assert said == ({level} if level != "-" else set()), name

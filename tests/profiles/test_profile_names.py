"""What a user may call a model, and what is said when there is none of that name."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ftlint.core.errors import FtlintError
from ftlint.profiles.catalog import all_profiles, provider, providers, resolve, spelt
from ftlint.profiles.model import Profile

ROOT = Path(__file__).parents[2]
OPENAI = provider("openai").models
AZURE = provider("azure").models


@pytest.mark.parametrize("profile", OPENAI, ids=lambda profile: profile.id)
def test_a_model_is_found_by_its_id_and_by_its_aliases_with_and_without_the_provider(profile):
    for name in (profile.id, *profile.aliases):
        assert resolve(name) is profile
        assert resolve(name.upper()) is profile
        assert resolve(f"OpenAI/{name}") is profile


@pytest.mark.parametrize("profile", OPENAI, ids=lambda profile: profile.id)
def test_a_fine_tuned_model_has_the_profile_of_the_model_it_was_trained_from(profile):
    for base in (profile.id, *profile.aliases):
        assert resolve(f"ft:{base}:acme::abc123") is profile
        assert resolve(f"ft:{base}:acme:my-suffix:abc123") is profile
        assert resolve(f"ft:{base}:acme:my-suffix:abc123:ckpt-step-88") is profile
        assert resolve(f"openai/FT:{base.upper()}:acme:with/slash:abc123") is profile


def test_a_fine_tuned_gpt_4_1_counts_in_its_own_encoding_and_not_in_that_of_gpt_4():
    assert resolve("ft:gpt-4.1-mini-2025-04-14:acme::abc").encoding == "o200k_base"
    assert resolve("ft:gpt-4-0613:acme::abc").encoding == "cl100k_base"
    assert resolve("ft:gpt-3.5-turbo-0613:org::id").id == "gpt-3.5-turbo-0613"


def test_no_model_means_what_holds_for_all_of_openai():
    profile = resolve(None)
    assert profile is resolve("openai") is resolve(" OpenAI ")
    assert (profile.provider, profile.id) == ("openai", None)
    assert set(profile.methods) == {"supervised", "dpo", "reinforcement"}
    assert set(profile.methods["supervised"].schemas) == {"chat", "completion"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "gpt-4.1-minni",
            'unknown model "gpt-4.1-minni". Did you mean "gpt-4.1-mini"? See "ftlint models".',
        ),
        ("openai/gpt-4o-mni", 'unknown model "gpt-4o-mni". Did you mean "gpt-4o-mini"? See "ftlint models".'),
        (
            "ft:gpt-4o-mni:acme::x",
            'unknown model "gpt-4o-mni". Did you mean "gpt-4o-mini"? See "ftlint models".',
        ),
        ("openay", 'unknown model "openay". Did you mean "openai"? See "ftlint models".'),
        ("openai/", 'unknown model "openai/". Did you mean "openai"? See "ftlint models".'),
        ("opnai/gpt-4o", 'unknown provider "opnai". Did you mean "openai"? See "ftlint models".'),
        ("azure/gpt-4o-mni", 'unknown model "gpt-4o-mni". Did you mean "gpt-4o-mini"? See "ftlint models".'),
        ("togehter", 'unknown model "togehter". Did you mean "together"? See "ftlint models".'),
        ("togehter/x", 'unknown provider "togehter". Did you mean "together"? See "ftlint models".'),
        ("meta-llama/Llama-3", 'unknown provider "meta-llama". See "ftlint models".'),
        ("zzz", 'unknown model "zzz". See "ftlint models".'),
        ("ft:", 'unknown model "ft:". See "ftlint models".'),
        ("", 'the name of the model is empty. See "ftlint models".'),
        (" \t\n", 'the name of the model is empty. See "ftlint models".'),
        ("\x1b[31m\ud800", 'unknown model "\\x1b[31m\\ud800". See "ftlint models".'),
        ("z" * 5000, f'unknown model "{"z" * 99}…". See "ftlint models".'),
    ],
)
def test_an_unknown_name_is_refused_in_one_sentence_with_the_nearest_name(name, message):
    with pytest.raises(FtlintError) as caught:
        resolve(name)
    assert str(caught.value) == message


@given(st.text() | st.from_regex(r"(openai/)?(ft:)?[a-z0-9.\-]*(:.*)?/?.*"))
@example("/")
@example("//")
@example("ft::::")
@example("openai/ft:")
@example("\x00")
def test_any_text_is_a_profile_or_an_error_for_the_user(name):
    try:
        assert isinstance(resolve(name), Profile)
    except FtlintError as error:
        assert str(error).isprintable()


@pytest.mark.parametrize("name", providers())
def test_no_two_models_of_a_provider_share_a_name(name):
    names = [name.casefold() for profile in provider(name).models for name in (profile.id, *profile.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("profile", AZURE, ids=lambda profile: profile.id)
def test_a_model_of_another_provider_is_found_behind_its_name(profile):
    for name in (profile.id, *profile.aliases):
        assert resolve(f"azure/{name}") is profile
        assert resolve(f"Azure/{name.upper()}") is profile
        assert resolve(f"azure/{name}.ft-0123456789abcdef") is profile


def test_a_bare_name_is_that_of_the_first_provider_that_has_it():
    assert resolve("gpt-4.1-mini").provider == "openai"
    assert resolve("azure/gpt-4.1-mini").provider == "azure"
    assert resolve("Qwen-32B").provider == "azure"
    assert resolve("gpt-4.1-mini-2025-04-14.ft-0123").provider == "azure"


@pytest.mark.parametrize("name", [name for name in providers() if provider(name).any_model])
def test_a_provider_without_a_list_of_models_takes_any_name_and_shows_it(name):
    profile = resolve(f"{name}/meta-llama/Meta-Llama-3.1-8B-Instruct-Reference")
    assert (profile.provider, profile.id) == (name, "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference")
    assert (profile.encoding, profile.training_context, profile.prices) == (None, None, ())
    assert profile.methods == resolve(name).methods
    for wrong in ("", " ", "a\x1b[31m", "z" * 101):
        with pytest.raises(FtlintError):
            resolve(f"{name}/{wrong}")
    with pytest.raises(FtlintError):
        resolve("meta-llama/Meta-Llama-3.1-8B-Instruct-Reference")


@pytest.mark.parametrize("profile", all_profiles(), ids=lambda profile: f"{profile.provider}/{profile.id}")
def test_the_name_that_is_shown_leads_back_to_the_model(profile):
    assert resolve(spelt(profile)) is profile


def test_a_target_is_found_without_reading_the_files_of_the_others():
    code = (
        "import pathlib, sys; read = pathlib.Path.read_bytes; seen = [];"
        "pathlib.Path.read_bytes = lambda self: seen.append(self.name) or read(self);"
        "from ftlint.profiles.catalog import resolve; resolve(sys.argv[1]); print(*sorted(seen))"
    )

    def files(name):
        run = subprocess.run([sys.executable, "-c", code, name], cwd=ROOT, capture_output=True, text=True, check=True)
        return run.stdout.split()

    assert files("gpt-4o") == ["openai.json", "providers.json"]
    assert files("together/any") == ["providers.json", "together.json"]
    assert files("azure") == ["azure.json", "providers.json"]


def test_importing_the_catalogue_reads_nothing_and_loads_no_heavy_module():
    code = (
        "import sys; before = set(sys.modules); import ftlint.profiles.catalog;"
        "print(sorted({'pydantic', 'tomllib', 'difflib', 'tiktoken'} & (set(sys.modules) - before)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"

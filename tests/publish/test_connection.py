"""Where a key may go, and where it may come from."""

import pytest

from ftlint.config.settings import DestinationSettings
from ftlint.core.errors import FtlintError
from ftlint.publish.connection import Address, connect
from ftlint.publish.scrub import Scrubber

KEY = "sk-" + "test" * 6
OPENAI = {"OPENAI_API_KEY": KEY}


def connection(environment=None, provider="openai", own=None, **address):
    return connect(Address(**address), provider, own or {}, OPENAI if environment is None else environment)


@pytest.mark.parametrize(
    ("url", "destination"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("https://RES.openai.azure.com/openai/v1/", "azure-v1"),
        ("https://res.services.ai.azure.com/api/projects/p/openai/v1", "azure-v1"),
        ("https://res.openai.azure.com", "azure"),
        ("https://api.tokenfactory.nebius.com/v1/", "nebius"),
        ("https://bedrock-mantle.us-west-2.api.aws/v1", "bedrock"),
        ("https://gateway.example:8443/openai", "gateway.example:8443"),
        ("https://api.openai.com.evil.example/v1", "api.openai.com.evil.example"),
        ("https://evil.example/api.openai.com/v1", "evil.example"),
    ],
)
def test_an_address_tells_which_service_it_is(url, destination):
    found = connection({"FTLINT_API_KEY": KEY}, base_url=url, api_version="2025-01-01")
    assert found.destination.id == destination
    assert found.base_url == url.rstrip("/")


@pytest.mark.parametrize("url", ["http://127.0.0.1:4010/v1", "http://localhost:80/v1", "http://[::1]:80/v1"])
def test_plain_http_is_for_this_machine(url):
    assert connection({"FTLINT_API_KEY": KEY}, base_url=url).base_url == url


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://api.openai.com/v1", "is not encrypted"),
        ("http://127.0.0.1.evil.example/v1", "is not encrypted"),
        ("http://localhost.evil.example/v1", "is not encrypted"),
        ("https://me:secret@api.openai.com/v1", "no name, password"),
        ("https://api.openai.com/v1?key=1", "no name, password"),
        ("ftp://api.openai.com", "is no address"),
        ("api.openai.com/v1", "is no address"),
        ("https://api.openai.com/v1\nX: y", "is no address"),
        ("https://[::1", "is no address"),
        ("", "is no address"),
    ],
)
def test_an_address_that_a_key_must_not_go_to_is_refused(url, message):
    with pytest.raises(FtlintError, match=message):
        connection({"FTLINT_API_KEY": KEY}, base_url=url)


def test_the_key_of_one_service_is_not_sent_to_another():
    with pytest.raises(FtlintError, match=r"no key for gateway\.example: set FTLINT_API_KEY, or name a file"):
        connection(base_url="https://gateway.example/v1")
    own = {"gateway": DestinationSettings(base_url="https://gateway.example/v1", like="openai")}
    with pytest.raises(FtlintError, match="no key for gateway"):
        connection(destination="gateway", own=own)
    assert connection(destination="gateway", own=own, key_env="OPENAI_API_KEY").key_source == "OPENAI_API_KEY"


def test_the_address_of_the_environment_is_the_official_client_s():
    environment = {**OPENAI, "OPENAI_BASE_URL": "https://eu.api.openai.com/v1", "OPENAI_ORG_ID": "org-1"}
    found = connection({**environment, "OPENAI_PROJECT_ID": "proj_1"})
    assert found.identity == {
        "base_url": "https://eu.api.openai.com/v1",
        "organization": "org-1",
        "project": "proj_1",
    }


def test_azure_has_two_forms_and_one_needs_a_version():
    azure = {"AZURE_OPENAI_API_KEY": KEY, "AZURE_OPENAI_ENDPOINT": "https://res.openai.azure.com/"}
    with pytest.raises(FtlintError, match=r"azure needs the version of its API; name it with --api-version"):
        connection(azure, provider="azure")
    found = connection({**azure, "OPENAI_API_VERSION": "2025-04-01-preview"}, provider="azure")
    assert (found.destination.client, found.destination.upload_from) == ("azure", 100 << 20)
    newer = {**azure, "AZURE_OPENAI_ENDPOINT": "https://res.openai.azure.com/openai/v1/"}
    assert connection(newer, provider="azure").destination.id == "azure-v1"


def test_a_key_comes_from_a_file(tmp_path):
    file = tmp_path / "key"
    file.write_text(KEY + "\n")
    assert connection({}, key_file=str(file)).key == KEY
    file.write_text("two\nlines\n")
    with pytest.raises(FtlintError, match="is no key"):
        connection({}, key_file=str(file))
    with pytest.raises(FtlintError, match="cannot read the key"):
        connection({}, key_file=str(tmp_path / "none"))


def test_a_secret_header_comes_from_a_variable():
    with pytest.raises(FtlintError, match="can be seen by others"):
        connection(headers=(("Authorization", "Bearer abcdefgh"),))
    found = connection({**OPENAI, "GATE": "gate-secret"}, headers=(("X-Gate", "env:GATE"), ("X-Plain", "1")))
    assert dict(found.headers) == {"X-Gate": "gate-secret", "X-Plain": "1"}
    with pytest.raises(FtlintError, match="GATE, which holds the header X-Gate, is not set"):
        connection(headers=(("X-Gate", "env:GATE"),))
    with pytest.raises(FtlintError, match="several lines"):
        connection(headers=(("X-Gate", "a\r\nb: c"),))


def test_nothing_secret_stands_in_the_representation_of_a_connection():
    found = connection({**OPENAI, "GATE": "gate-secret"}, headers=(("X-Gate", "env:GATE"),))
    assert KEY not in repr(found) and "gate-secret" not in repr(found)


def test_secrets_are_taken_out_of_texts():
    scrub = Scrubber((KEY, "gate-secret", "ab"))
    text = f"{KEY} gate-secret, Authorization: Bearer eyJhbGciOi.x-y, api-key: 0123456789abcdef; sk-proj-abc***wxyz. ab"
    assert scrub(text) == ("[secret] [secret], Authorization: Bearer [secret], api-key: [secret] [secret]. ab")
    harmless = "risk-averse-customers desk-top-models sk-1"
    assert scrub(harmless) == harmless


def test_an_unknown_destination_has_a_remedy():
    with pytest.raises(FtlintError, match=r'unknown destination "azur"\. Did you mean "azure"\?'):
        connection(destination="azur")


def test_another_command_goes_to_the_same_service_with_the_words_that_are_shown():
    url = "https://gateway.example/v1"
    environment = {
        "GATE": KEY,
        "AZURE_OPENAI_API_KEY": KEY,
        "AZURE_OPENAI_ENDPOINT": "https://r.openai.azure.com/openai/v1",
    }
    headers = (("X-Plain", "a b"), ("X-Gate", "env:GATE"))
    found = connection(environment, base_url=url, key_env="GATE", headers=headers)
    assert found.words == f" --base-url {url} --header 'X-Plain: a b' --header 'X-Gate: env:GATE' --api-key-env GATE"
    assert connection().words == ""
    assert connection(environment, provider="azure").words == " --to azure-v1"

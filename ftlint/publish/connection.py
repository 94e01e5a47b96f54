"""The address and the key that requests go out with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit

from ftlint.config.settings import DestinationSettings
from ftlint.core.errors import FtlintError
from ftlint.core.visible import visible
from ftlint.publish.destinations import Destination, named, of_address
from ftlint.publish.scrub import Scrubber

KEY_ENV = "FTLINT_API_KEY"
"""The variable for the key of an address that ftlint does not know."""
SECRET_HEADERS = {"authorization", "api-key", "x-api-key", "proxy-authorization", "cookie"}
LONGEST_KEY = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """Where requests go, and as whom. The key and the headers stand in no representation of it."""

    destination: Destination
    base_url: str
    key: str = field(repr=False)
    key_source: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    organization: str | None = None
    project: str | None = None
    api_version: str | None = None
    words: str = ""
    """What to type so that another command goes there."""

    @property
    def host(self) -> str:
        """The host of the address, with its port where one is given."""
        return urlsplit(self.base_url).netloc

    @property
    def identity(self) -> dict[str, str | None]:
        """What tells one account at one service from another; part of the keys that work is remembered under."""
        return {"base_url": self.base_url, "organization": self.organization, "project": self.project}

    @property
    def scrubber(self) -> Scrubber:
        """What takes this connection's secrets out of texts."""
        return Scrubber((self.key, *self.headers.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """How the user names a service: all of it may be left out."""

    destination: str | None = None
    base_url: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    key_env: str | None = None
    key_file: str | None = None
    api_version: str | None = None

    def words(self, destination: str) -> str:
        """What to type so that another command goes to the same service, with a space before each option."""
        pairs = [
            ("--to", self.destination or (destination if self.base_url is None and destination != "openai" else None)),
            ("--base-url", self.base_url),
            *(("--header", f"{name}: {value}") for name, value in self.headers),
            ("--api-key-env", self.key_env),
            ("--api-key-file", self.key_file),
            ("--api-version", self.api_version),
        ]
        return "".join(f" {option} {quote(value)}" for option, value in pairs if value is not None)


def destination_of(
    address: Address, provider: str, own: Mapping[str, DestinationSettings], environment: Mapping[str, str]
) -> tuple[Destination, str | None]:
    """The destination and its address (None: it has none). Without a word from the user, the model's provider's."""
    url = address.base_url
    if address.destination is not None:
        found = named(address.destination, own)
    elif url is not None:
        found = of_address(_host_and_path(url))
    elif provider in own or provider != "openai" or not environment.get("OPENAI_BASE_URL"):
        found = named(provider, own)
    else:  # as the official client does
        url = environment["OPENAI_BASE_URL"]
        found = named("openai", own)
    if url is None and found.base_url is None and (url := environment.get(found.base_url_env or "")):
        found = of_address(_host_and_path(url))  # of a service's two forms, the one that the address is for
    return found, url or found.base_url


def connect(
    address: Address,
    provider: str,
    own: Mapping[str, DestinationSettings],
    environment: Mapping[str, str],
    needs_key: bool = True,
    needs_jobs: bool = True,
) -> Connection:
    """
    Everything that a request needs. Raises FtlintError when the address or the key is missing or must not be used.

    Keys come from the environment or a file, and never travel over plain HTTP except to this machine. What sends
    nothing needs none. What asks a model needs no jobs, and so is not kept from services whose jobs are of another API.
    """
    found, url = destination_of(address, provider, own, environment)
    if found.commands and needs_jobs:
        raise FtlintError(f"{found.id} has an API of its own, and ftlint does not speak it")
    if not url:
        hint = f"set {found.base_url_env}" if found.base_url_env else "name it with --base-url"
        raise FtlintError(f"the address of {found.id} is not known; {hint}")
    url = _checked(url)
    version = address.api_version or environment.get("OPENAI_API_VERSION")
    if found.client == "azure" and not version:
        raise FtlintError(f"{found.id} needs the version of its API; name it with --api-version")
    key, key_source = _key(address, found, environment) if needs_key else ("", "")
    openai = found.id == "openai"
    return Connection(
        destination=found,
        base_url=url,
        key=key,
        key_source=key_source,
        headers=_headers((*found.headers.items(), *address.headers), environment),
        organization=environment.get("OPENAI_ORG_ID") if openai else None,
        project=environment.get("OPENAI_PROJECT_ID") if openai else None,
        api_version=version if found.client == "azure" else None,
        words=address.words(found.id),
    )


def _key(address: Address, found: Destination, environment: Mapping[str, str]) -> tuple[str, str]:
    if address.key_file is not None:
        try:
            key = Path(address.key_file).expanduser().read_text(encoding="ascii")[:LONGEST_KEY].strip()
        except (OSError, UnicodeDecodeError, RuntimeError) as error:
            raise FtlintError(f"cannot read the key in {address.key_file}: {_reason(error)}") from None
        return _usable(key, address.key_file), address.key_file
    names = (address.key_env,) if address.key_env else (*found.key_env, KEY_ENV)
    for name in names:
        if key := environment.get(name, "").strip():
            return _usable(key, name), name
    raise FtlintError(f"no key for {found.id}: set {' or '.join(names)}, or name a file with --api-key-file")


def _usable(key: str, where: str) -> str:
    """A key that can stand in a header. The value is not in the message."""
    if not re.fullmatch(r"[!-~]{1,10000}", key):
        raise FtlintError(
            f"what {where} holds is no key: it is empty, has several lines, or has other than ASCII characters"
        )
    return key


def _headers(given: tuple[tuple[str, str], ...], environment: Mapping[str, str]) -> dict[str, str]:
    """The extra headers; the value `env:NAME` is that of a variable, so that no secret stands on a command line."""
    headers = {}
    for name, value in given:
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}", name):
            raise FtlintError(f'"{visible(name)}" is no name of a header')
        if value.startswith("env:"):
            variable = value.removeprefix("env:")
            if variable not in environment:
                raise FtlintError(f"{variable}, which holds the header {name}, is not set")
            value = environment[variable]
        elif name.lower() in SECRET_HEADERS:
            raise FtlintError(f"a secret in the open can be seen by others; write the header as '{name}: env:VARIABLE'")
        if not re.fullmatch(r"[\t -~]{0,8000}", value):
            raise FtlintError(f"the value of the header {name} has several lines, or other than ASCII characters")
        headers[name] = value
    return headers


def _checked(url: str) -> str:
    """The address, without a slash at its end. Raises FtlintError for one that a key must not be sent to."""
    parts = _split(url)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise FtlintError(
            f"{parts.scheme}://{parts.netloc} is not encrypted: the key and the data are sent to https:// only"
        )
    return url.rstrip("/")


def _host_and_path(url: str) -> str:
    parts = _split(url)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}/"


def _split(url: str):  # type: ignore[no-untyped-def]  # urllib's name for it changes with the version
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not re.fullmatch(r"[!-~]+", url):
        raise FtlintError(f'"{visible(url[:100])}" is no address; write https://HOST/PATH')
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise FtlintError("an address holds no name, password, ? or #: the key comes from the environment or a file")
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)).lower() if isinstance(error, OSError) else "it is not a text of one line"

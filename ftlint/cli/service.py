"""What the commands that speak with a service share: how it is named, and that no secret leaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast

import click

from ftlint.publish.connection import Address, Connection, connect

if TYPE_CHECKING:
    from ftlint.config.settings import Settings
    from ftlint.publish.scrub import Scrubber

Command = TypeVar("Command", bound=Callable[..., Any])


class Header(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since click 8.2
    """A name, a colon, a value."""

    name = "name: value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split it at the first colon."""
        name, colon, rest = value.partition(":")
        if not colon or not name.strip():
            self.fail('a header is "Name: value"', param, ctx)
        return name.strip(), rest.strip()


def address_options(command: Command) -> Command:
    """Which service, and with which key. `address_of` reads them."""
    for option in reversed(
        (
            click.option(
                "--to",
                "destination",
                metavar="DESTINATION",
                help="Service: openai, azure, nebius, bedrock or one of the configuration; by default the model's.",
            ),
            click.option("--base-url", metavar="URL", help="Address of a service that has OpenAI's API."),
            click.option(
                "--header",
                "headers",
                type=Header(),
                multiple=True,
                help='Extra header; the value "env:NAME" is read from a variable.',
            ),
            click.option("--api-key-env", "key_env", metavar="NAME", help="Variable of the environment with the key."),
            click.option("--api-key-file", "key_file", type=click.Path(), help="File with the key."),
            click.option("--api-version", metavar="VERSION", help="Version of Azure's API."),
        )
    ):
        command = option(command)
    return command


def address_of(given: dict[str, Any]) -> Address:
    """Take the options of `address_options` out of those that were given."""
    names = ("destination", "base_url", "headers", "key_env", "key_file", "api_version")
    return Address(**{name: given.pop(name) for name in names})


def connected(
    address: Address, provider: str, settings: Settings, needs_key: bool = True, needs_jobs: bool = True
) -> Connection:
    """The connection; from here on, nothing that this process prints holds its secrets, tracebacks included."""
    connection = connect(address, provider, settings.destinations, os.environ, needs_key, needs_jobs)
    sys.stdout = cast(TextIO, Scrubbed(sys.stdout, connection.scrubber))
    sys.stderr = cast(TextIO, Scrubbed(sys.stderr, connection.scrubber))
    return connection


class Scrubbed:
    """A stream that takes secrets out of what is written to it."""

    def __init__(self, stream: TextIO, scrub: Scrubber) -> None:
        self._stream, self._scrub = stream, scrub

    def write(self, text: str) -> int:
        """Write the text without its secrets."""
        self._stream.write(self._scrub(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write each of them."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":  # there is no way around
            raise AttributeError(name)
        return getattr(self._stream, name)

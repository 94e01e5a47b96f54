"""The commands of a service's own tool, for services whose API is another than OpenAI's."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from pathlib import PurePath

from ftlint.core.errors import FtlintError
from ftlint.core.visible import visible
from ftlint.publish.destinations import Destination

PART = re.compile(r"\[([^\[\]]*)\]")
VALUE = re.compile(r"\{(\w+)\}")
FILES = ("train", "validation")
LONGEST_ID = 60


def commands(destination: Destination, values: Mapping[str, object], method: str = "supervised") -> list[str]:
    """
    What to type into a shell, a command a line.

    `values`: `train`, `validation` (paths), `model`, `epochs`, `suffix`, `beta`; what is None or missing is left out.
    Raises FtlintError for a method for which no command is known.
    """
    if method not in destination.commands:
        known = " and ".join(destination.commands)
        raise FtlintError(f"what to type for a {method} job at {destination.id} is not known; {known} is")
    given = {name: str(value) for name, value in values.items() if value not in (None, "")}
    for name, value in given.items():
        if visible(value) != value:
            raise FtlintError(f'the {name} "{visible(value)}" holds characters that a command line should not')
    words = {name: _path(value) if name in FILES else value for name, value in given.items()}
    words |= {f"{name}_id": _id(value, name) for name, value in given.items() if name in (*FILES, "suffix")}
    lines = (_filled(template, words) for template in destination.commands[method])
    return [line for line in lines if line]


def _filled(template: str, words: Mapping[str, str]) -> str:
    """The template with its values, quoted; parts that lack one are left out."""

    def part(match: re.Match[str]) -> str:
        return match[1] if words.keys() >= set(VALUE.findall(match[1])) else ""

    kept = " ".join(PART.sub(part, template).split())
    return VALUE.sub(lambda match: shlex.quote(words[match[1]]), kept)


def _path(path: str) -> str:
    """A path that no tool takes for an option."""
    return f"./{path}" if path.startswith("-") else path


def _id(value: str, name: str) -> str:
    """An id of lower case, digits and hyphens: of a file from its name, without the ending."""
    stem = PurePath(value).stem if name in FILES else value
    return re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-")[:LONGEST_ID].strip("-") or f"ftlint-{name}"

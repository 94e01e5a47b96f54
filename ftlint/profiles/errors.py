"""What a provider's error message is about. The messages that are known are in `errors.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

MAX_TEXT = 100_000
"""Characters that are looked at; no message is longer."""
MAX_NUMBERS = 1_000
ESCAPE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|[\x00-\x08\x0e-\x1f\x7f-\x9f]")
QUOTING = re.compile(r"^[ \t]*[>|│┃][ \t]?", re.MULTILINE)
JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrt])|([\"'/]))")
PLAIN = str.maketrans({**dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("–—−", "-")})
WORD = re.compile(r"[a-z_]{3,}", re.IGNORECASE)
NEAR = 0.4
SHARED = 3
"""Share of a known message's words, and number of them, that a text has to hold to be called near it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownError:
    """A message of `errors.toml`, which tells what the fields are."""

    text: str
    pattern: str
    rules: tuple[str, ...]
    by: str
    source: str
    provider: str | None = None
    counts_from: Literal[0, 1] | None = None
    cause: str | None = None
    remedy: str | None = None
    seen: str | None = None
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """A known message in a text: its own words, and what they name. Numbers of rows are as the message counts."""

    error: KnownError
    quote: str
    named: dict[str, str]
    numbers: tuple[int, ...]


@cache
def known_errors() -> tuple[KnownError, ...]:
    """All known messages, the more specific first."""
    import tomllib

    document = tomllib.loads(Path(__file__).with_name("errors.toml").read_text(encoding="utf-8"))
    return tuple(KnownError(**{**table, "rules": tuple(table["rules"])}) for table in document["error"])


def recognise(text: str) -> list[Recognised]:
    """The known messages in a text, in its order, each once."""
    text = normal(text)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Recognised]] = []
    for error in known_errors():
        if error.fallback and found:
            continue
        for match in re.finditer(error.pattern, text, re.IGNORECASE):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in taken[:MAX_NUMBERS]):
                continue
            taken.append((start, end))
            found.append((start, _recognised(error, match)))
            if len(found) > MAX_NUMBERS:
                break
    unique: dict[tuple[str, str, tuple[int, ...]], Recognised] = {}
    for _, one in sorted(found, key=lambda item: item[0]):
        unique.setdefault((one.error.text, str(sorted(one.named.items())), one.numbers), one)
    return list(unique.values())


def near(text: str) -> list[KnownError]:
    """At most three known messages whose words the text mostly holds."""
    words = set(_words(normal(text)))
    scored = []
    for error in known_errors():
        own = set(_words(error.text))
        shared = len(own & words)
        if shared >= SHARED and shared / len(own) >= NEAR:
            scored.append((-shared / len(own), error.text, error))
    return [error for _, _, error in sorted(scored, key=lambda item: item[:2])[:3]]


def normal(text: str) -> str:
    """A pasted text as the patterns expect it: no escapes, straight quotes, single spaces."""
    text = ESCAPE.sub("", text[:MAX_TEXT])
    text = JSON_ESCAPE.sub(_unescaped, QUOTING.sub("", text))
    return " ".join(text.translate(PLAIN).split())


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        char = chr(int(match[1], 16))
        return char if char.isprintable() else " "
    return " " if match[2] else match[3]


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in WORD.findall(text))


def _recognised(error: KnownError, match: re.Match[str]) -> Recognised:
    named = {key.removeprefix("only_"): value for key, value in match.groupdict().items() if value is not None}
    digits = re.findall(r"\d[\d,]*", named.pop("row", "")) + re.findall(r"\d{1,12}", named.pop("rows", ""))
    return Recognised(error, match[0], named, tuple(int(one.replace(",", "")) for one in digits[:MAX_NUMBERS]))

"""What inputs grow from: the examples of the rules and of the repository, files of our own, real ones if there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ftlint.profiles.errors import known_errors
from ftlint.rules.registry import RULES
from tests.support import ROOT, dumped

CORPUS = Path(__file__).with_name("corpus")
SMALL = 8_000
"""Bytes of a seed: of longer files, the first lines."""


@cache
def rows() -> tuple[bytes, ...]:
    """Files of rows: good ones, bad ones, and those that are none."""
    found = [dumped(example) for rule in RULES for example in (rule.bad, rule.good) if rule.subject == "rows"]
    found += [_head(path.read_bytes()) for path in _files("rows/*", ROOT / "examples", "*.jsonl")]
    real = ROOT.parent / "shared" / "data"
    found += [_head(path.read_bytes()[: 20 * SMALL]) for path in sorted(real.glob("*/*")) if path.is_file()]
    return tuple(found)


@cache
def graders() -> tuple[bytes, ...]:
    """Graders."""
    found = [
        json.dumps(example).encode() for rule in RULES for example in (rule.bad, rule.good) if rule.subject == "grader"
    ]
    return (*found, *(path.read_bytes() for path in _files("graders/*", ROOT / "examples", "grader.json")))


@cache
def configurations() -> tuple[bytes, ...]:
    """Configuration files."""
    return tuple(path.read_bytes() for path in _files("configurations/*", ROOT, "pyproject.toml"))


@cache
def messages() -> tuple[bytes, ...]:
    """Error messages of providers, alone and several in a log, some with a file behind an empty line."""
    every = [error.text.encode() for error in known_errors()]
    logs = [b"\n".join(every[start : start + 5]) for start in range(0, len(every), 5)]
    return (*every, *logs, *(text + b"\n\n" + file for text, file in zip(every, rows(), strict=False)))


def _files(own: str, directory: Path, pattern: str) -> Iterator[Path]:
    yield from sorted(CORPUS.glob(own))
    yield from sorted(directory.glob(pattern))


def _head(data: bytes) -> bytes:
    if len(data) <= SMALL:
        return data
    end = data.rfind(b"\n", 0, SMALL)
    return data[: end + 1 or SMALL]

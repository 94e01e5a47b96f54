"""What inputs grow from: the examples of the rules and of the repository, files of our own, real ones if there."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from ftlint import FtlintError
from ftlint.profiles.errors import known_errors
from ftlint.rules.registry import RULES
from ftlint.transform.convert import convert
from ftlint.transform.dialects import TARGETS
from ftlint.transform.job import Job
from tests.support import ROOT, dumped

CORPUS = Path(__file__).with_name("corpus")
SMALL = 8_000
"""Bytes of a seed: of longer files, the first lines."""


@cache
def rows() -> tuple[bytes, ...]:
    """Files of rows: good ones, bad ones, and those that are none."""
    found = [_head(dumped(example)) for rule in RULES for example in (rule.bad, rule.good) if rule.subject == "rows"]
    found += [_head(path.read_bytes()) for path in _files("rows/*", ROOT / "examples", "*.jsonl")]
    real = ROOT.parent / "shared" / "data"
    found += [_head(path.read_bytes()[: 20 * SMALL]) for path in sorted(real.glob("*/*")) if path.is_file()]
    return tuple(found)


@cache
def conversions() -> tuple[bytes, ...]:
    """Files of rows, each also as it stands in other formats, in tables, and packed."""
    found = [*rows()]
    for data in rows()[:: len(rows()) // 40 + 1]:
        for to in TARGETS:
            with suppress(FtlintError), tempfile.TemporaryDirectory() as directory:
                path, output = Path(directory, "rows.jsonl"), io.BytesIO()
                path.write_bytes(data)
                convert([str(path)], Job(to), output)
                found.append(output.getvalue()[:SMALL])
    found += [gzip.compress(data, mtime=0) for data in found[::20]]
    tables = (b"prompt,completion\nHi,Hello\nalone\n", b'question;answer\n"a\nb";c\n', b"text\tlabel\nHi\tgood\n")
    return (*found, *tables)


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

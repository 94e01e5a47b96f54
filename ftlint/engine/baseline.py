"""
The baseline: a file of fingerprints of findings that are known, and are not to be reported.

It holds nothing of the data, one fingerprint a line, sorted, so that branches that change it merge. Paths are relative
to the file, with forward slashes wherever it was written.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from ftlint import __version__
from ftlint.core.errors import FtlintError
from ftlint.core.suggest import did_you_mean
from ftlint.engine.fingerprints import CODE_BYTES, OF_FILE, is_of_run
from ftlint.formats.identity import DIGEST_BYTES
from ftlint.sources.files import STDIN

VERSION = 1
MAX_BYTES = 1 << 30
REMEDY = "take it from version control, or remove it and run `ftlint baseline create`"
NOT_FETCHED = "FT017"
"""What stands for the data in a clone without Git LFS: to know that would hide all that is wrong with it."""
RUN = ""
"""Stands for the path of findings about the target, which are said once a run, whichever file comes first."""

Files = dict[str, dict[bytes, int]]
"""By path: fingerprints, and how many findings each stands for."""


@dataclass(slots=True)
class Baseline:
    """What a baseline file holds."""

    place: Path
    files: Files
    tool: str = __version__
    """The version that wrote it."""

    def key(self, path: str) -> str:
        """How the baseline calls a file."""
        if path == STDIN:
            return STDIN
        try:
            relative = os.path.relpath(path, self.place.parent)
        except ValueError:  # another drive of Windows, or a NUL, which no file has in its name
            relative = path
        return PurePath(relative).as_posix()

    def gone(self) -> list[str]:
        """The paths of files that are no longer there."""
        return [key for key in self.files if key not in (RUN, STDIN) and not os.path.lexists(self.place.parent / key)]

    def counts(self) -> Iterator[tuple[str, Counter[str]]]:
        """The findings of each path by rule."""
        for path, keys in self.files.items():
            counts: Counter[str] = Counter()
            for key, number in keys.items():
                counts[key[:CODE_BYTES].decode()] += number
            yield path, counts

    def lines(self, tool: str = __version__) -> Iterator[str]:
        """The file, line by line: JSON in which each fingerprint has a line of its own."""
        yield "{"
        yield f' "version": {VERSION},'
        yield f' "tool": {json.dumps(tool)},'
        yield ' "files": {'
        paths = sorted(path for path, keys in self.files.items() if keys)
        for path in paths:
            yield f"  {json.dumps(path)}: {{"
            spelt = sorted((_spelt(key), number) for key, number in self.files[path].items())
            for index, (key, number) in enumerate(spelt):
                yield f'   "{key}": {number}{"," if index < len(spelt) - 1 else ""}'
            yield f"  }}{',' if path != paths[-1] else ''}"
        yield " }"
        yield "}"


def read(place: Path) -> Baseline:
    """Read a baseline. Raises FtlintError when it cannot be read, is damaged or of a later version."""
    try:
        with place.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FtlintError(
            f"cannot read the baseline {place}: no such file; `ftlint baseline create` makes one"
        ) from error
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise FtlintError(f"cannot read the baseline {str(place)!r}: {reason}") from error
    if len(data) > MAX_BYTES:
        raise FtlintError(f"cannot read the baseline {place}: it has more than {MAX_BYTES:,} bytes")
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        what = "it holds the marks of a merge conflict" if b"\n<<<<<<< " in b"\n" + data else "it is not JSON"
        raise FtlintError(f"the baseline {place} is damaged: {what}; {REMEDY}") from error
    if not isinstance(content, dict) or type(content.get("version")) is not int or content["version"] < 1:
        raise FtlintError(f"{place} is no baseline: it has no version; {REMEDY}")
    if content["version"] > VERSION:
        tool = f" (ftlint {content['tool']})" if isinstance(content.get("tool"), str) else ""
        raise FtlintError(f"the baseline {place} was written by a later version of ftlint{tool}; update ftlint")
    return Baseline(place, _files(content, place), str(content.get("tool", "")))


def put_together(place: Path, found: Mapping[str, Mapping[bytes, int]]) -> Baseline:
    """A baseline of the fingerprints that were recorded in files, each with its number."""
    baseline = Baseline(place, {})
    for path, noted in found.items():
        add(baseline, path, noted)
    return baseline


def add(baseline: Baseline, path: str, noted: Mapping[bytes, int], kept: Iterable[tuple[bytes, int]] = ()) -> None:
    """Put what was recorded in a file in place of what the baseline holds of it, but for what is `kept`."""
    own: dict[bytes, int] = dict(kept)
    of_run = baseline.files.setdefault(RUN, {})
    for key, number in noted.items():
        code = key[:CODE_BYTES].decode()
        if code == NOT_FETCHED:
            continue
        entries = of_run if is_of_run(code) else own
        entries[key] = max(number, entries.get(key, 0))
    baseline.files[baseline.key(path)] = own


def _files(content: dict[str, Any], place: Path) -> Files:
    known = ("version", "tool", "files")
    for key in content:
        if key not in known:
            raise FtlintError(f'the baseline {place} is damaged: unknown key "{key}".{did_you_mean(key, known)}')
    files = content.get("files")
    if not isinstance(files, dict):
        raise FtlintError(f"the baseline {place} is damaged: it names no files; {REMEDY}")
    return {path: dict(_entries(entries, place)) for path, entries in files.items()}


def _entries(entries: Any, place: Path) -> Iterator[tuple[bytes, int]]:
    if not isinstance(entries, dict):
        raise FtlintError(f"the baseline {place} is damaged: the entries of a file are no table; {REMEDY}")
    for spelt, number in entries.items():
        key = _key(spelt)
        if key is None or type(number) is not int or not 0 < number < 1 << 60:
            raise FtlintError(f"the baseline {place} is damaged: {json.dumps(spelt)[:60]} is no entry; {REMEDY}")
        yield key, number


def _spelt(key: bytes) -> str:
    code, rest = key[:CODE_BYTES].decode(), key[CODE_BYTES:]
    return code if rest == OF_FILE else f"{code} {rest.hex()}"


def _key(spelt: str) -> bytes | None:
    code, _, rest = spelt.partition(" ")
    if len(code) != CODE_BYTES or not code.isascii() or not code.isalnum():
        return None
    try:
        digest = bytes.fromhex(rest) if rest else OF_FILE
    except ValueError:
        return None
    return code.encode() + digest if len(digest) == DIGEST_BYTES else None

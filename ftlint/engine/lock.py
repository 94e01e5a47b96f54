"""
What files were when they were last looked at: `ftlint.lock.json`.

It holds digests and figures, and nothing of what rows say. The digest of the content is a sum over the rows, so neither
their order nor the way that they are written matters.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import blake2b, file_digest
from os.path import relpath
from pathlib import Path
from typing import Any, ClassVar

from ftlint import __version__
from ftlint.core.errors import FtlintError
from ftlint.engine.reading import numbered
from ftlint.engine.report import FileReport
from ftlint.formats.identity import canonical
from ftlint.profiles.catalog import resolve
from ftlint.sources.files import STDIN, open_source, open_stream
from ftlint.sources.parse import parse

NAME = "ftlint.lock.json"
VERSION = 1
STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class LockedTarget:
    """What a file was checked for, and its tokens per epoch; both None where the tokenizer is not known."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    model: str
    """The provider, with the model behind a slash where one was named."""
    method: str
    """Empty where the rows have no known format."""
    encoding: str | None
    tokens: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedFile:
    """The digests of a file's bytes and of its content, in hexadecimal digits, and its figures."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    sha256: str
    content: str
    rows: int
    bytes: int
    targets: tuple[LockedTarget, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The file as a whole. `facts` are digests of what was known of each model, `files` stand under POSIX paths."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT

    version: int
    tool: str
    facts: dict[str, str]
    files: dict[str, LockedFile]

    def updated(self, newer: Lock) -> Lock:
        """The same with what a newer one says of its files."""
        files = {**self.files, **newer.files}
        used = {target.model for file in files.values() for target in file.targets}
        facts = {model: facts for model, facts in {**self.facts, **newer.facts}.items() if model in used}
        return replace(newer, facts=facts, files=files)

    def text(self) -> bytes:
        """As it is written: the same for the same, and a line a fact, so that git can merge it."""
        return (json.dumps(asdict(self), indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def lock_of(files: Iterable[FileReport], root: Path) -> Lock:
    """
    What a run says of files, and their digests. `root` is the directory that the lock is to stand in.

    Raises FtlintError for standard input, and for a file that cannot be read or is not what was checked.
    """
    locked: dict[str, LockedFile] = {}
    for file in files:
        if file.purpose not in ("training", "validation"):
            continue
        place = place_of(file.path, root)
        known = locked.get(place) or LockedFile(
            sha256=sha256_of(file), content=content_of(file.path), rows=file.rows, bytes=file.bytes, targets=()
        )
        locked[place] = replace(known, targets=tuple(sorted({*known.targets, target_of(file)}, key=_order)))
    models = {target.model for file in locked.values() for target in file.targets}
    return Lock(version=VERSION, tool=__version__, facts={model: facts_of(model) for model in models}, files=locked)


def read(path: Path) -> Lock:
    """Read a lock. Raises FtlintError, in one sentence, where there is none, it is damaged, or of a later version."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise FtlintError(f"there is no {path}; ftlint lock writes it") from error
    except OSError as error:
        raise FtlintError(f"cannot read {path}: {(error.strerror or str(error)).lower()}") from error
    from pydantic import TypeAdapter, ValidationError

    try:
        value = parse(raw)
    except ValueError as error:
        what = "it holds the marks of a merge conflict" if b"\n<<<<<<< " in b"\n" + raw else str(error)
        raise FtlintError(f"{path} is damaged: {what}; ftlint lock writes it anew") from error
    version = value.get("version") if isinstance(value, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise FtlintError(f"{path} has the version {version}, which only a later ftlint than {__version__} can read")
    try:
        return TypeAdapter(Lock).validate_json(raw, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = "".join(f"{step}: " for step in first["loc"])
        raise FtlintError(f"{path} is damaged: {where}{first['msg']}; ftlint lock writes it anew") from None


def place_of(path: str, root: Path) -> str:
    """The path of a file from the directory of the lock, as POSIX writes it."""
    if path == STDIN:
        raise FtlintError("standard input has no place in a lock; name files")
    try:
        return Path(relpath(path, root)).as_posix()
    except ValueError:  # on another drive of Windows
        return Path(path).absolute().as_posix()


def target_of(file: FileReport) -> LockedTarget:
    """What a file was checked for."""
    tokens = file.tokens
    return LockedTarget(
        model=f"{file.provider}/{file.model}" if file.model else file.provider,
        method=file.method or "",
        encoding=tokens.encoding if tokens else None,
        tokens=tokens.total if tokens else None,
    )


def sha256_of(file: FileReport) -> str:
    """The digest of a file's bytes. Raises FtlintError when there are more or fewer of them than were checked."""
    with open_stream(file.path) as stream:
        digest = file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # a stream of bytes
        if stream.tell() != file.bytes:
            raise FtlintError(f"{file.path} was changed while it was read")
    return digest


def content_of(path: str) -> str:
    """
    The digest of a file's rows, whatever their order: the sum of their BLAKE2b digests of 32 bytes, modulo 2^256.

    A row counts by its canonical form; one that does not parse by its bytes, as a file does that holds no row at all.
    """
    total = rows = 0
    with open_source(path) as source:
        for _, raw in numbered(source, sys.maxsize):
            if raw.strip():
                total += int.from_bytes(blake2b(_form(raw), digest_size=32).digest())
                rows += 1
        if not rows:
            source.stream.seek(0)
            total = int.from_bytes(file_digest(source.stream, "sha256").digest())  # type: ignore[arg-type]
    return f"{total % (1 << 256):064x}"


@cache
def facts_of(model: str) -> str:
    """A digest of all that is known of a model, as `LockedTarget` names it."""
    try:
        profile = resolve(model)
    except FtlintError:
        profile = resolve(model.partition("/")[0])
    return blake2b(repr(profile).encode(), digest_size=8).hexdigest()


def _order(target: LockedTarget) -> tuple[str, str, str]:
    return target.model, target.method, target.encoding or ""


def _form(raw: bytes) -> bytes:
    try:
        return canonical(parse(raw))
    except ValueError:
        return raw

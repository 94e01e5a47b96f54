"""
Results that are remembered: blocks of lines that were scanned once are not scanned again.

What is kept of a block is its `ChunkResult`, under a digest of the block's bytes and of everything else that the result
depends on. Blocks are cut by their content (`ftlint.sources.lines`), so after an edit only the block around it is
scanned; a result counts from the start of its block, and does not know in which file, and where, that stood.

Blocks, not rows: a row would cost a look-up of its own and a result to be cut out of the block's. A block of half a
megabyte costs 0.1 ms to hash, 0.05 to look up, and 4 to scan.
"""

from __future__ import annotations

import io
import os
import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from importlib.machinery import PathFinder
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from ftlint import __version__
from ftlint.engine.context import PARTS, Context
from ftlint.engine.result import ChunkResult
from ftlint.engine.store import Store
from ftlint.formats.accept import Acceptor
from ftlint.formats.schemas import directory as schema_directory
from ftlint.sources.lines import Block

SCHEMAS = ("acceptor", "custom")
"""Of what a context is made of, what is known by its JSON Schemas."""
SAME = ("plain_roles", "encoder", "most_rows")
"""Of the same, what changes no result: the first follows from the schema, the second counts as any other does."""
KEYED = tuple(part for part in PARTS if part not in (*SCHEMAS, *SAME))
"""All else, which are plain values."""

PACKAGES = {
    "jiter": "jiter",
    "orjson": "orjson",
    "jsonschema_rs": "jsonschema_rs",
    "jsonschema": "jsonschema",
    "re2": "google_re2",
    "tiktoken": "tiktoken",
    "splintr": "splintr_rs",
    "PIL": "pillow",
}
"""What parses, accepts, searches, counts and reads images, so that another version could find something else; with the
name of its distribution."""

GROUP = 16
"""About so many blocks are kept in one file."""
MAX_RESULT, MAX_GROUP = 1 << 18, 1 << 18
"""Bytes of what is kept of a block, past which it is not, and of a group, past which the next begins."""

Group = dict[bytes, bytes]
"""What is kept of blocks, by their digests, in the order of the file."""

RESULTS = {
    "array": ("array", "_array_reconstructor"),
    "collections": ("Counter",),
    "ftlint.core.places": ("Places",),
    "ftlint.core.types": ("Edit", "Fix", "Part", "Place", "Problem", "Severity"),
    "ftlint.engine.hits": ("Hit", "Hits"),
    "ftlint.engine.result": ("ChunkResult", "Run", "Tally"),
    "ftlint.formats.clusters": ("Digests",),
    "ftlint.formats.signatures": ("Signatures",),
    "ftlint.rules.dataset.near_duplicate": ("Texts",),
    "ftlint.rules.dataset.rows_seen": ("RowsSeen",),
    "ftlint.rules.dataset.uneven_keys": ("Told",),
    "ftlint.rules.dataset.uneven_types": ("Paths", "Types"),
    "ftlint.rules.preference.conflicting_preference": ("Pairs",),
    "ftlint.rules.reinforcement.constant_reference": ("Seen",),
    "ftlint.rules.text.completions": ("Column", "Completions", "Spot"),
    "ftlint.rules.text.truncated_answer": ("Ends",),
    "ftlint.rules.variants": ("Spot", "Variants"),
}
"""All that a result may be made of, by module: nothing else is loaded, whatever an entry asks for."""


class Cache:
    """
    The results of one context.

    Neighbouring blocks are kept in one file, because writing one for each took longer than all else here. It stands
    under the digests of the first and of the third: where the one was edited, the other leads to the rest. Which block
    begins a group says its digest, so that groups stay what they are behind an edit, as blocks do.
    """

    def __init__(self, store: Store, context: Context) -> None:
        self.store = store
        self.context = context
        self.key = store.hash(key_material(context, store.name))
        self.group: Group = {}
        """The blocks since the last one that began a group, and what is kept of each."""
        self.size = 0
        """Bytes of what is kept of them."""
        self.is_new = False
        """Whether one of them was scanned."""
        self.known: deque[Group] = deque(maxlen=4)
        """The groups that were read last."""

    def __reduce__(self) -> tuple[Any, ...]:
        return open_cache, (self.store.directory, self.context)

    def scan(self, block: Block, scan: Callable[[Block], ChunkResult]) -> ChunkResult:
        """What `scan` finds in a block, or found in the same bytes. To be followed by `flush` at the end."""
        digest = self.store.hash(self.key + self.store.hash(block.data))
        if digest[0] % GROUP == 0 or self.size > MAX_GROUP:
            self.flush()
        data = self._find(digest)
        result = None if data is None else loaded(data)
        if data is None or result is None:
            result = scan(block)
            data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
            self.is_new = True
        if len(data) <= MAX_RESULT:
            self.group[digest] = data
            self.size += len(data)
        return result

    def flush(self) -> None:
        """
        Keep what was found since a group began, and what was kept before: another number of processes cuts a file at
        other places, and an edit may be taken back.
        """
        if self.is_new:
            for digest in islice(self.group, 0, 3, 2):
                content = packed(self.group)
                before = self.store.read(digest)
                if before is not None and len(before) + len(content) <= 2 * MAX_GROUP:
                    content = packed({**unpacked(before), **self.group})
                self.store.write(digest, content)
        self.group, self.size, self.is_new = {}, 0, False

    def _find(self, digest: bytes) -> bytes | None:
        for group in self.known:
            if digest in group:
                return group[digest]
        content = self.store.read(digest)
        if content is None:
            return None
        group = unpacked(content)
        self.known.appendleft(group)
        return group.get(digest)


def packed(group: Group) -> bytes:
    """Several entries as one: of each its digest, its length and itself."""
    return b"".join(digest + len(data).to_bytes(4, "big") + data for digest, data in group.items())


def unpacked(content: bytes) -> Group:
    """The entries of a group."""
    group: Group = {}
    place = 0
    while place < len(content):
        end = place + 36 + int.from_bytes(content[place + 32 : place + 36], "big")
        group[content[place : place + 32]] = content[place + 36 : end]
        place = end
    return group


def open_cache(directory: Path, context: Context) -> Cache | None:
    """The results in a directory; None where that is somebody else's, or our own code is not in files."""
    store = Store(directory)
    try:
        return Cache(store, context) if store.is_ours else None
    except OSError:
        return None


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _class(module, name)


@cache
def _class(module: str, name: str) -> Any:
    if name not in RESULTS.get(module, ()):
        raise pickle.UnpicklingError(f"{module}.{name} is not part of a result")
    from importlib import import_module

    return getattr(import_module(module), name)


def loaded(data: bytes) -> ChunkResult | None:
    """A result as it was kept; None for anything else."""
    try:
        result = _Unpickler(io.BytesIO(data)).load()
    except Exception:  # what pickle raises for bytes that it did not write is anything
        return None
    return result if isinstance(result, ChunkResult) else None


def key_material(context: Context, *more: str) -> bytes:
    """Everything but the bytes of a block that its result depends on."""
    schemas = [context.acceptor, *(acceptor for _, acceptor in context.custom)]
    parts = [
        *more,
        __version__,
        sys.version,
        code(),
        *(repr(getattr(context, name)) for name in KEYED),
        *(name for name, _ in context.custom),
        *map(_schema, schemas),
    ]
    return orjson.dumps(parts)


def _schema(acceptor: Acceptor | None) -> str:
    # The standard library's, where orjson refuses: for integers past 64 bits in a schema of the user's.
    if acceptor is None:
        return ""
    _, made_of = acceptor.made_by
    try:
        return orjson.dumps(made_of, default=lambda function: function.__qualname__).decode()
    except TypeError:
        return repr(made_of)


@cache
def code() -> str:
    """
    What tells this code from any other: names, sizes and times of our files, and the versions of what we build on.

    The version alone is not enough, as users of pre-commit install commits, and developers edit. Reading all files
    would cost 4 ms, against 1.4; their times say the same, as an installation writes every file anew.
    """
    package = Path(__file__).parents[1]
    ours = [*_stamps(str(package)), *_stamps(str(schema_directory()))]
    return "\n".join([*sorted(ours), *_versions()])


def _stamps(directory: str) -> Iterator[str]:
    with os.scandir(directory) as found:
        for file in found:
            if file.is_dir():
                if file.name != "__pycache__":
                    yield from _stamps(file.path)
            else:
                about = file.stat()
                yield f"{file.path} {about.st_size} {about.st_mtime_ns}"


def _versions() -> Iterator[str]:
    """
    The installed packages by the names of their folders of metadata, whose content would take 50 ms to read, and by
    the size and time of their first file.
    """
    for name, distribution in PACKAGES.items():
        spec = PathFinder.find_spec(name)
        if spec is None or spec.origin is None:
            yield f"{name} -"
            continue
        about = Path(spec.origin).stat()
        yield f"{spec.origin} {about.st_size} {about.st_mtime_ns}"
        beside = Path(spec.origin).parents[1 if spec.submodule_search_locations else 0]
        yield from _metadata(str(beside)).get(distribution, ())


@cache
def _metadata(directory: str) -> dict[str, list[str]]:
    """The folders of metadata in a directory of packages, by the names of their distributions."""
    folders: dict[str, list[str]] = {}
    with os.scandir(directory) as found:
        for name in sorted(item.name for item in found):
            if name.endswith((".dist-info", ".egg-info")):
                folders.setdefault(name.partition("-")[0].lower(), []).append(name)
    return folders

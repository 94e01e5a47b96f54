"""`ftlint check --fix`: a file is mended and checked again until nothing changes, and replaced once at the end."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from stat import S_ISFIFO
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from ftlint.core.errors import FtlintError
from ftlint.core.types import Applicability
from ftlint.engine.outcome import FileOutcome
from ftlint.engine.run import Checker
from ftlint.rules.index import entries
from ftlint.sources.files import STDIN, open_source
from ftlint.transform.dropped import Sidecar, sidecar
from ftlint.transform.rows import Refused, Wanted
from ftlint.transform.whole_file import in_the_way, rewritten
from ftlint.transform.write import beside, is_unchanged, place_of, put_in_place

MAX_ROUNDS = 10
"""What is mended may bring other problems to light; after so many rounds what is left is only reported."""


@dataclass(slots=True)
class FixedFile:
    """What was done to one file, or what would be done to it."""

    path: str
    fixed: Counter[str] = field(default_factory=Counter)
    """How many problems of each rule were mended."""
    dropped: int = 0
    """Rows that were taken out, to the file at `sidecar`."""
    sidecar: str | None = None
    refused: list[Refused] = field(default_factory=list)
    """Fixes that were not made, with the reason: the first ones."""
    refused_more: int = 0
    """How many more there are."""


Show = Callable[[str, BinaryIO, BinaryIO], None]
"""Who is told of a file what it holds before and after: its path, and both, to be read at once."""


class Fixer:
    """
    Checks a file as `Checker.check` does, after it mended what can be.

    Files are replaced, unless `show` is told instead; of standard input, which cannot be, `show_stdin` is told. Calls
    raise FtlintError, in one sentence, when a file cannot be written; it is then as it was.
    """

    def __init__(
        self, *, unsafe: bool, on: date, backup: bool = False, show: Show | None = None, show_stdin: Show | None = None
    ) -> None:
        self.applicability: frozenset[Applicability] = frozenset(["safe", "unsafe"] if unsafe else ["safe"])
        self.files: list[FixedFile] = []
        """Those in which something was mended, or could not be."""
        self._on = on
        self._backup = backup
        self._show = show
        self._show_stdin = show or show_stdin

    @property
    def fixed(self) -> Counter[str]:
        """How many problems of each rule were mended in all files."""
        return sum((file.fixed for file in self.files), Counter[str]())

    def check(self, checker: Checker, path: str, validation: bool) -> FileOutcome:
        """Mend a file, and check what it holds then."""
        stream = checker.stdin if path == STDIN else _once_only(path)
        if stream is None:
            return self._mend(checker, path, validation, None)
        with _temporary() as content:
            shutil.copyfileobj(stream, content, 1 << 20)
            return self._mend(checker, path, validation, content)

    def _mend(self, checker: Checker, path: str, validation: bool, content: BinaryIO | None) -> FileOutcome:
        since = None
        with suppress(OSError, ValueError):  # the check says what is wrong
            since = Path(path).stat() if path != STDIN else None
        twin = checker.twin()
        outcome = twin.check(path, validation, content)
        wanted = self._wanted(outcome)
        file = FixedFile(path)
        writes = bool(wanted.codes) and path != STDIN and self._show is None
        place = place_of(path) if writes else None
        with _Versions(place, content) as versions, sidecar(place or Path(path), self._on) as kept:
            for _ in range(MAX_ROUNDS):
                if not wanted.codes or not self._round(path, versions, outcome, wanted, file, kept):
                    break
                twin = checker.twin()
                outcome = twin.check(path, validation, versions.last)
                wanted = self._wanted(outcome)
            checker.become(twin)
            if versions.last is not content and place and since:
                self._put_in_place(path, file, versions, kept, place, since)
            elif versions.last and (show := self._show_stdin if path == STDIN else self._show):
                with _opened(path, content) as before:
                    before.seek(0)
                    versions.last.seek(0)
                    show(path, before, versions.last)
        if file.fixed or file.refused:
            self.files.append(file)
        return outcome

    def _round(
        self,
        path: str,
        versions: _Versions,
        outcome: FileOutcome,
        wanted: Wanted,
        file: FixedFile,
        kept: Sidecar,
    ) -> bool:
        """Write the next version of a file; False where nothing would change any more."""
        context = outcome.context
        with open_source(path, None, versions.last) as source:
            if context is None:
                return False
            if refused := in_the_way(source, wanted):
                file.refused = [refused]
                return False
            kept.knows_lines = versions.last is None
            done = rewritten(source, context, wanted, versions.draft(), None if path == STDIN else kept.add)
        file.refused, file.refused_more = done.refused, done.not_listed
        if not done.fixed:
            return False
        file.fixed += done.fixed
        file.dropped += done.dropped
        versions.keep()
        return True

    def _put_in_place(
        self,
        path: str,
        file: FixedFile,
        versions: _Versions,
        kept: Sidecar,
        place: Path,
        since: os.stat_result,
    ) -> None:
        if not is_unchanged(place, since):
            raise FtlintError(f"will not write {path}: it was changed while it was being fixed")
        kept.put_in_place()  # first: whatever happens then, no row is lost
        if kept.rows:
            file.sidecar = str(Path(path).with_name(kept.place.name))
        assert versions.last is not None
        put_in_place(versions.last, place, since, backup=self._backup)

    def _wanted(self, outcome: FileOutcome) -> Wanted:
        counted = {code for code, _, applicability in outcome.counts if applicability in self.applicability}
        every_row = {code: fix for code, fix in outcome.of_dataset.items() if fix.applicability in self.applicability}
        active = outcome.context.severities if outcome.context else ()
        in_rows = counted | {code for code in active if not entries()[code].minority}  # what most rows have is meant
        to_drop = {offset: code for code, offsets in outcome.to_drop.items() if code in counted for offset in offsets}
        return Wanted(frozenset(counted), frozenset(in_rows), self.applicability, every_row, to_drop)


class _Versions:
    """What a file holds after each round, in files beside it; only the last one is kept."""

    def __init__(self, place: Path | None, first: BinaryIO | None) -> None:
        self.last = first
        """None: what the file itself holds."""
        self._place = place
        self._held, self._next = ExitStack(), ExitStack()
        self._draft: BinaryIO | None = None

    def __enter__(self) -> _Versions:
        return self

    def __exit__(self, *raised: object) -> None:
        self._next.close()
        self._held.close()

    def draft(self) -> BinaryIO:
        """A file to write the next version to."""
        self._next.close()
        self._draft = self._next.enter_context(beside(self._place) if self._place else _temporary())
        return self._draft

    def keep(self) -> None:
        """The draft is the last version."""
        assert self._draft is not None
        self._draft.flush()
        self._held.close()
        self._held = self._next.pop_all()
        self.last = self._draft


@contextmanager
def _temporary() -> Iterator[BinaryIO]:
    with TemporaryFile() as file:
        yield cast("BinaryIO", file)


def _once_only(path: str) -> BinaryIO | None:
    """What cannot be read again, opened: a pipe."""
    try:
        return Path(path).open("rb") if S_ISFIFO(Path(path).stat().st_mode) else None
    except (OSError, ValueError):  # the check says what is wrong
        return None


def _opened(path: str, content: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    return nullcontext(content) if content is not None else Path(path).open("rb")

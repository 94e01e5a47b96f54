"""The grader of a job: its file read, and what is wrong in it as an entry of the report."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ftlint.core.errors import FtlintError
from ftlint.core.types import Place, Severity
from ftlint.engine.hits import Hit
from ftlint.engine.located import Located
from ftlint.engine.outcome import FileOutcome
from ftlint.engine.report import FileDetails, FileReport
from ftlint.engine.result import ChunkResult
from ftlint.formats.graders.grader import Grader, read
from ftlint.profiles.model import Profile

if TYPE_CHECKING:
    from ftlint.engine.fingerprints import Sieve

MAX_BYTES = 16 << 20
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class GraderFile:
    """A grader and the file that it stands in."""

    path: str
    raw: bytes
    grader: Grader

    def outcome(
        self,
        profile: Profile,
        active: dict[str, Severity],
        *,
        excerpts: bool,
        located: Located | None,
        sieve: Sieve | None = None,
    ) -> FileOutcome:
        """The file in the report: no rows, no format, and its findings."""
        report = FileReport(
            path=self.path,
            purpose="grader",
            format=None,
            provider=profile.provider,
            model=profile.id,
            method=None,
            rows=0,
            bytes=len(self.raw),
            tokens=None,
            epochs=None,
            cost=None,
        )
        outcome = FileOutcome(report, FileDetails(named=profile.id is not None), sieve=sieve)
        start = len(self.raw) - len(_without_bom(self.raw))
        place = Place(0, 1, start, len(self.raw) - start)
        result = ChunkResult()
        for problem in self.grader.problems:
            if problem.code not in active:
                continue
            if sieve is None or sieve.is_news(problem.code, problem.pointer, _without_bom(self.raw)):
                result.hits.add(Hit(problem, active[problem.code], place))
        outcome.add_hits(result, BytesIO(self.raw), active, excerpts=excerpts, located=located)
        return outcome


def load(path: str) -> GraderFile:
    """Read a grader's file. Raises FtlintError when it cannot be read; what is wrong in it is the grader's."""
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FtlintError(f"cannot read the grader {path}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # a NUL in the name
        raise FtlintError(f"cannot read the grader {path!r}: {error}") from error
    if len(raw) > MAX_BYTES:
        raise FtlintError(f"cannot read the grader {path}: it has more than {MAX_BYTES:,} bytes")
    return held(path, raw)


def held(path: str, raw: bytes) -> GraderFile:
    """The grader that a file holds, by its bytes."""
    return GraderFile(path, raw, read(_without_bom(raw)))


def _without_bom(raw: bytes) -> bytes:
    return raw.removeprefix(BOM)

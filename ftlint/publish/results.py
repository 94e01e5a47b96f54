"""The metrics of a job: the CSV that the service keeps as a result file, as columns, and what can be said of them."""

from __future__ import annotations

import csv
import math
from base64 import b64decode
from binascii import Error as NotBase64
from io import StringIO
from typing import Any, NamedTuple

from ftlint.core.errors import FtlintError
from ftlint.publish.account import job
from ftlint.publish.openai import Service

LARGEST = 64 << 20
"""Bytes of a result file that are read: a million steps."""
LONGEST_CELL = 131_072
"""Characters, as the csv module has it; but its limit is the whole process's, and the reader of tables lifts it."""
LONGEST_LINE = 100_000
STEP = "step"
TRAINED, VALIDATED = "train_loss", "valid_loss"
WHOLE = "full_valid_loss"
"""Over the whole validation file, where a service tells it; `valid_loss` is that of a batch."""
FEWEST = 4
"""Values from which a course is spoken of."""
RISE = 1.05
"""Factor by which a loss has to be above its lowest to be called rising."""


class Point(NamedTuple):
    """A value at a step."""

    step: float
    value: float


class Series(NamedTuple):
    """What a column holds, without its empty cells."""

    name: str
    points: list[Point]


class Metrics(NamedTuple):
    """The table as the service wrote it; every row has as many cells as the header."""

    header: list[str]
    rows: list[list[str]]

    def columns(self) -> dict[str, list[float | str | None]]:
        """The cells of each column: numbers where they are numbers, None where they are empty."""
        return {name: [_cell(row[index]) for row in self.rows] for index, name in enumerate(self.header)}


def result_file(service: Service, job_id: str) -> tuple[str, bytes]:
    """
    The first result file of a job that is a table of metrics: its id, and the CSV.

    Raises FtlintError when there is none (yet).
    """
    found = job(service, job_id)
    files = found.get("result_files")
    ids = [_id(file) for file in files] if isinstance(files, list) else []
    if not ids:
        raise FtlintError(f"job {job_id} is {found.get('status')} and has no result file")
    for file_id in ids:
        if (table := decoded(service.content(file_id))) is not None:
            return file_id, table
    raise FtlintError(f"no result file of job {job_id} is a table of metrics: {', '.join(ids)}")


def decoded(data: bytes) -> bytes | None:
    """A CSV with steps, which may come as base64; None when it is none. Raises FtlintError for too much."""
    if len(data) > LARGEST:
        raise FtlintError(f"the result file has {len(data):,} bytes, more than the {LARGEST:,} that are read")
    for raw in (data, _unpacked(data)):
        first = _text(raw[:LONGEST_LINE]).partition("\n")[0]
        if STEP in [name.strip().strip('"') for name in first.split(",")]:
            return raw
    return None


def metrics_of(table: bytes) -> Metrics:
    """The table in a CSV. Short rows are filled up; a column without a name is called by its number."""
    try:
        reader = csv.reader(StringIO(_text(table), newline=""))
        lines = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise FtlintError(f"the result file is no CSV: {error}") from None
    if any(len(cell) > LONGEST_CELL for row in lines for cell in row):
        raise FtlintError(f"the result file is no CSV: a cell has more than {LONGEST_CELL:,} characters")
    header = [name.strip() for name in lines[0]]
    header += [f"column {number + 1}" for number in range(len(header), max(map(len, lines)))]
    rows = [[cell.strip() for cell in row] + [""] * (len(header) - len(row)) for row in lines[1:]]
    return Metrics(header, rows)


def series(metrics: Metrics, name: str) -> Series:
    """The numbers of a column, with their steps; none where there is no such column."""
    if name not in metrics.header:
        return Series(name, [])
    at, step = metrics.header.index(name), metrics.header.index(STEP)
    points = []
    for number, row in enumerate(metrics.rows, 1):
        value, where = _number(row[at]), _number(row[step])
        if value is not None:
            points.append(Point(number if where is None else where, value))
    return Series(name, points)


def summary(metrics: Metrics) -> dict[str, Any]:
    """
    How it ended: for each loss the last and the lowest value with their steps, and a remark where one can be made.

    Keys are those of the JSON output: `steps`, `losses`, `remark`.
    """
    losses = {name: _ends(series(metrics, name).points) for name in (TRAINED, VALIDATED, WHOLE)}
    steps = series(metrics, STEP).points
    return {
        "steps": max((point.value for point in steps), default=None),
        "losses": {name: ends for name, ends in losses.items() if ends is not None},
        "remark": remark(metrics),
    }


def remark(metrics: Metrics) -> str | None:
    """One sentence that follows from the figures, or None."""
    trained = series(metrics, TRAINED).points
    whole = series(metrics, WHOLE).points
    validated = whole if len(whole) >= FEWEST else series(metrics, VALIDATED).points
    if len(validated) >= FEWEST and len(trained) >= FEWEST:
        lowest = min(range(len(validated)), key=lambda index: validated[index].value)
        span = max(1, len(validated) // 5)
        low = _mean(validated[max(0, lowest - span // 2) : lowest - span // 2 + span])
        end = _mean(validated[-span:])
        step = validated[lowest].step
        before = [point for point in trained if point.step <= step] or trained[:1]
        width = max(1, len(trained) // 10)
        falls = _mean(trained[-width:]) < _mean(before[-width:])
        if lowest + span < len(validated) and end > low * RISE and falls:
            return (
                f"the validation loss rises after step {step:g} (from {low:.4g} to {end:.4g}) while the training loss "
                "goes on falling: an earlier checkpoint may be the better model"
            )
    width = len(trained) // 5
    if width >= FEWEST and _mean(trained[-width:]) >= _mean(trained[:width]):
        return "the training loss is no lower at the end than at the start"
    return None


def _ends(points: list[Point]) -> dict[str, float] | None:
    if not points:
        return None
    last, lowest = points[-1], min(points, key=lambda point: point.value)
    return {"last": last.value, "last_step": last.step, "lowest": lowest.value, "lowest_step": lowest.step}


def _mean(points: list[Point]) -> float:
    return sum(point.value for point in points) / len(points)


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _cell(cell: str) -> float | str | None:
    number = _number(cell)
    return number if number is not None else cell or None


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", errors="replace").lstrip()


def _unpacked(data: bytes) -> bytes:
    try:
        return b64decode(b"".join(data.split()), validate=True)
    except NotBase64:
        return b""


def _id(file: Any) -> str:
    """The id of a result file; old services gave the whole object."""
    return str(file.get("id") if isinstance(file, dict) else file)

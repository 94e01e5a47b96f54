"""The metrics of a job for a terminal: a table, two charts, how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ftlint.core.visible import visible
from ftlint.reporters.columns import padded, table
from ftlint.reporters.paint import Paint

SHOWN = 5
"""Rows of a long table that are shown from its start, and from its end."""
HEIGHT = 8
"""Lines of a chart."""
WIDEST, NARROWEST = 40, 16
"""Columns of a chart, without its scale."""
EIGHTHS = " ▁▂▃▄▅▆▇█"
NAMES = {
    "train_loss": "training loss",
    "valid_loss": "validation loss",
    "full_valid_loss": "validation loss, whole file",
}
Points = Sequence[tuple[float, float]]
"""Steps and values."""


class Frame(NamedTuple):
    """What all charts have in common: steps and values from where to where, columns, whether they stand in a row."""

    steps: tuple[float, float]
    values: tuple[float, float]
    marks: tuple[str, str]
    margin: int
    width: int
    beside: bool
    unicode: bool


def render_table(header: Sequence[str], rows: Sequence[Sequence[str]], paint: Paint, every: bool) -> Iterator[str]:
    """The first and the last rows; all of a short table, and where `every` is asked for."""
    cells = [[visible(cell) or "-" for cell in row] for row in rows]
    left_out = 0 if every else max(0, len(cells) - 2 * SHOWN)
    if left_out:
        cells = [*cells[:SHOWN], *cells[-SHOWN:]]
    lines = list(table([[visible(name) for name in header], *cells], paint, frozenset(range(len(header)))))
    if left_out:
        yield from lines[: SHOWN + 1]
        yield f"… {left_out:,} rows, shown with --all"
        yield from lines[SHOWN + 1 :]
    else:
        yield from lines


def render_charts(series: Sequence[tuple[str, Points]], columns: int, unicode: bool) -> Iterator[str]:
    """A chart of each series that has at least two values, of the same scale: side by side where there is room."""
    drawn = [(name, points) for name, points in series if len(points) > 1]
    if not drawn:
        return
    values = [value for _, points in drawn for _, value in points]
    steps = [step for _, points in drawn for step, _ in points]
    frame = _frame((min(steps), max(steps)), _scale(min(values), max(values)), columns, len(drawn), unicode)
    charts = [list(_chart(frame, name, points)) for name, points in drawn]
    yield ""
    if frame.beside:
        size = frame.margin + 2 + frame.width
        for lines in zip(*charts, strict=True):
            yield "   ".join(padded(line, size) for line in lines).rstrip()
        return
    for number, chart in enumerate(charts):
        if number:
            yield ""
        yield from (line.rstrip() for line in chart)


def render_summary(summary: dict[str, Any], paint: Paint) -> Iterator[str]:
    """How each loss ended, where it was lowest, and the remark."""
    yield ""
    if not summary["losses"]:
        yield "no losses among the metrics"
    column = max((len(NAMES[name]) for name in summary["losses"]), default=0)
    for name, ends in summary["losses"].items():
        label = paint(f"{NAMES[name]:<{column}}", "bold")
        yield (
            f"{label}  {ends['last']:.4g} at step {ends['last_step']:g}, "
            f"lowest {ends['lowest']:.4g} at step {ends['lowest_step']:g}"
        )
    if summary["remark"]:
        yield f"{paint('note', 'info')}: {summary['remark']}"


def _frame(steps: tuple[float, float], values: tuple[float, float], columns: int, charts: int, unicode: bool) -> Frame:
    marks = (f"{values[0]:.4g}", f"{values[1]:.4g}")
    margin = max(map(len, marks))
    room = (columns - 3 * (charts - 1)) // charts - margin - 2
    beside = room >= NARROWEST
    width = min(WIDEST, room if beside else max(NARROWEST, columns - margin - 2))
    return Frame(steps, values, marks, margin, width, beside, unicode)


def _scale(low: float, high: float) -> tuple[float, float]:
    """From where to where: from nought, unless all values are far above it."""
    if 0 <= low < high / 2:
        return 0.0, high
    span = (high - low) or abs(high) or 1.0
    return low - span / 10, high


def _bins(points: Points, ends: tuple[float, float], columns: int) -> list[list[float]]:
    """The values of each part of the steps from end to end; no more parts than columns or values."""
    first, last = ends
    bins: list[list[float]] = [[] for _ in range(min(columns, len(points)))]
    for step, value in points:
        place = int((step - first) / (last - first) * len(bins)) if last > first else 0
        bins[min(place, len(bins) - 1)].append(value)
    return bins


def _chart(frame: Frame, name: str, points: Points) -> Iterator[str]:
    """Columns, each as high as the mean of its part of the steps; a part without a value is empty."""
    bins = _bins(points, frame.steps, frame.width)
    low, high = frame.values
    parts = [max(1, round((sum(held) / len(held) - low) / (high - low) * HEIGHT * 8)) if held else 0 for held in bins]
    heights = [parts[column * len(parts) // frame.width] for column in range(frame.width)]
    axis = "┤" if frame.unicode else "|"
    yield f"{' ' * frame.margin}  {NAMES.get(name, visible(name))}"
    for line in reversed(range(HEIGHT)):
        mark = {HEIGHT - 1: frame.marks[1], 0: frame.marks[0]}.get(line, "")
        columns = "".join(_part(height - 8 * line, frame.unicode) for height in heights)
        yield f"{mark:>{frame.margin}} {axis}{columns}"
    start, end = (f"{step:g}" for step in frame.steps)
    yield f"{' ' * frame.margin}  {start}{f'step {end}':>{max(0, frame.width - len(start))}}"


def _part(height: int, unicode: bool) -> str:
    """What a column shows in a line, in eighths of it."""
    if unicode:
        return EIGHTHS[min(8, max(0, height))]
    return "#" if height >= 4 else " "

"""
One line a file that answers the question people came with: how many tokens, and what will it cost?

Behind them a line a budget; files of a dataset, and its budgets, stand under its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftlint.core.visible import visible
from ftlint.engine.report import FileDetails, FileReport, Gate, Report
from ftlint.reporters.paint import Paint, spelt

VERDICTS = {"ok": "bold", "exceeded": "error", "unknown": "warning"}
"""How a verdict is painted."""


def render(report: Report, paint: Paint) -> Iterator[str]:
    """The line of every file whose rows were checked, and of every budget."""
    for dataset in dict.fromkeys(file.dataset for file in report.files if file.purpose != "lock"):
        files = [file for file in report.files if file.dataset == dataset and file.format is not None]
        lines = [line(file, report.details[file.key], paint) for file in files]
        lines += [gate_line(gate, paint) for gate in report.gates if gate.dataset == dataset]
        if dataset is None:
            yield from lines
        elif lines:
            yield paint(visible(dataset), "bold")
            yield from (f"  {one}" for one in lines)


def failed(report: Report, paint: Paint) -> Iterator[str]:
    """The lines of the budgets that did not hold, where the others are not shown."""
    for gate in report.gates:
        if gate.verdict != "ok":
            whose = f"{paint(visible(gate.dataset), 'bold')}: " if gate.dataset is not None else ""
            yield f"{whose}{gate_line(gate, paint)}"


def gate_line(gate: Gate, paint: Paint) -> str:
    """`train.jsonl: max-cost $20.00: $0.31, ok`."""
    where = f"{paint(spelt(gate.path), 'path')}: " if gate.path is not None else ""
    value = "" if gate.value is None else f"{_spelt(gate, gate.value)}, "
    return f"{where}{gate.name} {_spelt(gate, gate.limit)}: {value}{paint(gate.verdict, VERDICTS[gate.verdict])}"


def _spelt(gate: Gate, value: float) -> str:
    return money(value) if gate.name == "max-cost" else f"{value:,.0f}"


def line(file: FileReport, details: FileDetails, paint: Paint) -> str:
    """Rows, tokens, billed tokens, epochs, cost, and for which model."""
    rows = "1 row" if file.rows == 1 else f"{file.rows:,} rows"
    parts = [rows]
    if file.tokens is not None:
        left_out = file.rows - sum(details.token_counts.values())
        if left_out:
            parts[0] += f" ({left_out:,} with errors are not counted)"
        counted = f"{file.tokens.total:,} tokens"
        if file.purpose == "validation" and not file.tokens.billed:
            counted += ", not billed"
        elif file.tokens.billed != file.tokens.total:
            counted += f", {file.tokens.billed:,} of them billed"
        if details.images:
            counted += f" ({_images(details.images)} not counted)"
        parts.append(counted)
    return f"{paint(spelt(file.path), 'path')}: {', '.join(parts)}{_cost(file, details)}"


def _cost(file: FileReport, details: FileDetails) -> str:
    encoding = f", {file.tokens.encoding}" if file.tokens else ""
    target = details.target if file.model else f"{file.provider} (no --model given{encoding})"
    if file.purpose == "validation":
        return f"; for validation, for {target}"
    epochs = "1 epoch" if file.epochs == 1 else f"{file.epochs} epochs"
    if not details.tokenizer_known:
        return f", tokens and cost unknown: the tokenizer of {details.target} is not known"
    if file.tokens is None:
        return f", for {target}"
    if file.method == "reinforcement":
        hourly = f"${details.hourly:,.2f} an hour of training" if details.hourly else "by the hour, at an unknown price"
        return f"; for {target}, billed {hourly}"
    if file.cost is None or details.price is None:
        return f" × {epochs}; cost unknown for {target}"
    total = file.tokens.billed * (file.epochs or 1)
    return (
        f" × {epochs} = {total:,} × ${details.price:,.2f}/1M = about {money(file.cost.amount)} "
        f"for {target} (price of {file.cost.price_as_of})"
    )


def money(amount: float) -> str:
    """Dollars and cents; below a dollar, where cents say little, up to four digits."""
    if amount >= 1 or round(amount, 2) == round(amount, 4):
        return f"${amount:,.2f}"
    return f"${amount:.4f}"


def _images(count: int) -> str:
    return "1 image" if count == 1 else f"{count:,} images"

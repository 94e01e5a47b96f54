"""One line a file that answers the question people came with: how many tokens, and what will it cost?"""

from __future__ import annotations

from collections.abc import Iterator

from ftlint.engine.report import FileDetails, FileReport, Report
from ftlint.reporters.paint import Paint, spelt


def render(report: Report, paint: Paint) -> Iterator[str]:
    """The line of every file whose rows were checked."""
    for file in report.files:
        if file.format is not None:
            yield line(file, report.details[file.path], paint)


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

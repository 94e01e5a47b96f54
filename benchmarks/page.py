"""The table of a run, and docs/performance.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import version
from textwrap import dedent

from benchmarks.figures import Figure

HEAD = ("what", "ftlint", "compared with", "other", "ratio", "target")
PACKAGES = (*("ftlint", "jiter", "jsonschema-rs", "orjson", "google-re2", "blake3", "tiktoken", "splintr-rs", "click"),)


def table(figures: Sequence[Figure], targets: bool = True) -> Iterator[str]:
    """Aligned lines, which are also a Markdown table; the targets are for us, not for the page."""
    rows = [row if targets else row[:-1] for row in (HEAD, *map(_cells, figures))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def _cells(figure: Figure) -> tuple[str, ...]:
    relation = "as fast" if figure.faster else "the memory" if figure.unit == "MB" else "the time"
    ratio = f"{figure.ratio:.3g}× {relation}"
    if figure.cpu_ratio is not None:
        ratio += f" (CPU {figure.cpu_ratio:.3g})"
    target = (
        ""
        if figure.target is None
        else f"{'≥' if figure.faster else '≤'} {figure.target:g}" + ("" if figure.is_met else ", missed")
    )
    ours, theirs = (f"{value:.3g} {figure.unit}" for value in (figure.ours, figure.theirs))
    return (figure.what, ours, figure.other, theirs, ratio, target)


def machine() -> str:
    """One line on where and when, with the load: a busy machine gives poor figures."""
    load = os.getloadavg()[0]
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{date.today()}; {os.cpu_count()} CPUs, {platform.system()} {platform.machine()}, load {load:.1f}; "
        f"{platform.python_implementation()} {platform.python_version()}; {versions}"
    )


def page(figures: Sequence[Figure], where: str, megabytes: int, rounds: int, command: str) -> str:
    """docs/performance.md."""
    intro = f"""\
        # Performance

        *Written by `{command}`; do not edit by hand.*

        Read the ratios. The seconds and megabytes beside them are medians on one machine, for context only.

        """
    rest = f"""

        Measured on {where}.

        ## How to read it

        Each figure is of whole processes: interpreter, imports, the vocabulary where it is needed, all rows, the
        output read from a pipe. Files have {megabytes} MB where no other size stands. Commands run in {rounds} rounds
        (start-up: {5 * rounds}), one after another within a round, and the median of the rounds counts. The ratio is
        of wall time; the one in brackets is of processor time, which other programs on the machine disturb less.
        ftlint used both cores, except where "one process" stands; small files are always one process's.

        - **The notebook's loop** is what people run today before training: the steps of the OpenAI cookbook's
          `Chat_finetuning_data_prep`, with tiktoken, without the download of the vocabulary and without numpy
          (`benchmarks/notebook.py`). It counts the tokens of every row.
        - **`check`** answers whether the file is valid and whether a row is over the model's limit. A row of N bytes
          has at most N tokens, so it need not count them to know that a short row fits; this, not a faster tokenizer,
          is where the first ratio comes from. Files with rows near the limit take longer.
        - **`check` with exact totals** (`--totals --model gpt-4o-mini --encoder tiktoken`) counts every row, as the
          notebook does, with the same tokenizer. It counts the answers once where the notebook counts them twice, and
          adds the tool definitions and calls, which the notebook leaves out. tiktoken splits by a pattern of the same
          meaning that it matches in fewer steps. **Fast encoder** is `--encoder splintr`, of `ftlint[fast]`: the same
          counts; without the option it is taken wherever it is installed.
        - **`check` again** is of a file that was checked before; since then, one letter of one row was changed, another
          in each round. What is found is remembered by the content of blocks of about half a megabyte: only the block
          with the edit is checked, the others are hashed. All other figures are of first runs: the cache is empty
          before each, and written by it.
        - **orjson.loads of every row** is about the least that any check in Python must do.
        - **Without FT701, FT703, FT705, FT706**: these rules remember a digest of what each row asks and answers,
          however it is written; `--ignore` spares their time and memory. `python -m benchmarks.duplicates` shows both
          for five million rows, `python -m benchmarks.near` what FT702 takes beside other programs.

        The rows (`benchmarks/data.py`) are generated from a seed: the prose of Python's own documentation, each
        sentence made of two halves so that almost none stands twice; every fourth row in another script than
        English; four fifths of the rows escaped to ASCII; 24 system prompts; every fifth of the rows of 4 KB with
        tool definitions and calls; answers end with a full stop, prompts and completions as the fine-tuning guide
        asked. Other data gives other ratios. google-re2 was installed; without it, text rules take half as long again
        to find their rows (`python -m benchmarks.triggers`).

        ## Again

        From a checkout with the project installed, on a POSIX system and with nothing else running:

        ```
        {command}
        ```

        `python -m benchmarks` alone takes smaller files and a few minutes, and writes nothing but its table. The files
        stay in `ftlint-benchmarks` in the system's temporary directory.
        """
    return dedent(intro) + "\n".join(table(figures, targets=False)) + dedent(rest)

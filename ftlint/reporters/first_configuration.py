"""What `ftlint init` writes: a commented configuration, and the entry of a hook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from glob import escape
from typing import TYPE_CHECKING

from ftlint.core.visible import visible

if TYPE_CHECKING:
    from ftlint.transform.init import Directory, FoundDataset

HOOK = r"""  - repo: local  # the ftlint that is installed; it must be on the PATH
    hooks:
      - id: ftlint
        name: ftlint (lint fine-tuning data)
        entry: ftlint check --force-exclude
        language: system
        files: (?i)\.(jsonl|ndjson)$
        require_serial: true
"""
"""An entry of `repos` in a `.pre-commit-config.yaml`."""


def configuration(directory: Directory) -> str:
    """The text of an `ftlint.toml` for what is there."""
    return "\n".join(_lines(directory)) + "\n"


def _lines(directory: Directory) -> Iterator[str]:
    yield "# Settings of ftlint for this directory; the command line wins. All keys: `ftlint schema --config`."
    yield ""
    yield "# The model to train, with its limits and prices; `ftlint models` lists those that are known."
    yield '# model = "…"'
    yield ""
    yield "# An error when a job is estimated to cost more dollars than that, or nobody knows how many."
    yield '# max-cost = "20"'
    yield ""
    yield "# Rules to leave out: `ftlint rule` lists them."
    yield '# ignore = ["FT213"]'
    if directory.datasets and all(dataset.train.detected.reinforcement for dataset in directory.datasets):
        yield ""
        yield "# All training files here look like reinforcement data: no row has an answer."
        yield 'method = "reinforcement"'
    only = directory.datasets[0] if len(directory.datasets) == 1 else None
    if only and only.validation:
        yield ""
        yield "# Checked like the training file, but not trained on."
        yield f"validation = {_quoted(only.validation.path)}"
    if only and only.grader:
        yield ""
        yield "# The grader of the reinforcement job."
        yield f"grader = {_quoted(only.grader)}"
    alone = only.validation.path if only and only.validation else None
    if paths := [path for path in directory.not_trained if path != alone]:
        yield ""
        yield "# Not trained on, so that they may have few rows."
        yield "[per-file-ignores]"
        yield from (f'{_quoted(escape(path))} = ["FT504"]' for path in paths)
    yield ""
    yield "# What belongs to one job, under a name: `ftlint publish NAME`."
    for dataset in directory.datasets:
        yield from _table(dataset)
    if not directory.datasets:
        yield from ("# [[dataset]]", '# name = "…"', '# train = "train.jsonl"', '# validation = "validation.jsonl"')
    if directory.others:
        yield ""
        yield "# In no dataset:"
        yield from (f"#   {visible(path)}: {visible(reason)}" for path, reason in directory.others)


def _table(dataset: FoundDataset) -> Iterator[str]:
    detected = dataset.train.detected
    yield ""
    yield f"[[dataset]]  # {'reinforcement' if detected.reinforcement else detected.format} rows"
    yield f"name = {_quoted(dataset.name)}"
    yield f"train = {_quoted(dataset.train.path)}"
    if dataset.validation:
        yield f"validation = {_quoted(dataset.validation.path)}"
    else:
        yield f"# No validation file was found; this makes one: ftlint split {visible(dataset.train.path)}"
    if detected.reinforcement:
        yield 'method = "reinforcement"'
        yield f"grader = {_quoted(dataset.grader)}" if dataset.grader else '# grader = "grader.json"'


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", r"\u007f")


def summary(directory: Directory) -> Iterator[str]:
    """A line a dataset, for people."""
    for dataset in directory.datasets:
        kind = "reinforcement" if dataset.train.detected.reinforcement else dataset.train.detected.format
        parts = [dataset.train.path, dataset.validation.path if dataset.validation else "", dataset.grader or ""]
        yield f"  {visible(dataset.name)}: {kind}, {visible(', '.join(filter(None, parts)))}"

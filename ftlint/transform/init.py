"""A first configuration: which files of a directory are training data, which are for validation, which grade."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import Literal

from ftlint.config.settings import EXCLUDED
from ftlint.core.errors import FtlintError
from ftlint.core.visible import visible
from ftlint.engine.reading import head_of, sample_of_lines
from ftlint.engine.target import Detected, detect
from ftlint.sources.files import find, open_source
from ftlint.sources.lines import MAX_LINE_BYTES, blocks

Purpose = Literal["train", "validation", "test"]
WORDS: dict[str, Purpose] = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("validation", "valid", "val", "dev", "eval", "evaluation"), "validation"),
    **dict.fromkeys(("test", "testing", "holdout"), "test"),
}
"""Words in the names of files and directories that say what a file is for."""
LEFTOVERS = (".removed.jsonl", ".dropped.jsonl")
"""What ftlint itself writes beside the files that it makes smaller."""

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


@dataclass(slots=True)
class Found:
    """A file: what it is for, by its name; what its rows look like; the words of its name that say neither."""

    path: str
    purpose: Purpose
    detected: Detected
    key: tuple[str, ...]


@dataclass(slots=True)
class FoundDataset:
    """Files that belong together."""

    name: str
    train: Found
    validation: Found | None = None
    grader: str | None = None


@dataclass(slots=True)
class Directory:
    """What is in a directory. `others` are files that are in no dataset, each with the reason."""

    datasets: list[FoundDataset] = field(default_factory=list)
    not_trained: list[str] = field(default_factory=list)
    """Files for validation and test."""
    others: list[tuple[str, str]] = field(default_factory=list)


def look(top: str = ".") -> Directory:
    """Look at the beginning of each JSON Lines file of a directory, and at the names of the JSON files."""
    directory = Directory()
    files: list[Found] = []
    for path in find((top,), EXCLUDED):
        if path.endswith(LEFTOVERS):
            continue
        reason, detected = _seen(path)
        if reason is not None or detected is None:
            directory.others.append((path, reason or "no rows"))
        else:
            files.append(Found(path, *_named(path, detected)))
    directory.datasets = _datasets(files, _graders(top))
    used = {dataset.validation.path for dataset in directory.datasets if dataset.validation}
    left = [file.path for file in files if file.purpose == "validation" and file.path not in used]
    directory.others += [(path, "for validation by its name, of no training file here") for path in left]
    directory.not_trained = sorted([*used, *left, *(file.path for file in files if file.purpose == "test")])
    return directory


def configuration(directory: Directory) -> str:
    """The text of an `ftlint.toml` for what is there."""
    return "\n".join(_lines(directory)) + "\n"


def _seen(path: str) -> tuple[str | None, Detected | None]:
    """Why a file cannot be used as it is, or what its rows look like."""
    try:
        path.encode()
        with open_source(path) as source:
            if source.sniffed.problem is not None:
                return source.sniffed.problem.message, None
            if source.sniffed.layout != "lines":
                return "JSON, but not one row a line", None
            detected = detect(sample_of_lines(head_of(blocks(source.stream, MAX_LINE_BYTES, start=source.start))))
    except FtlintError as error:
        return str(error), None
    except UnicodeEncodeError:
        return "a name that is not UTF-8", None
    if detected.format is None:
        return (f"rows of {detected.dialect}" if detected.dialect else "rows of no known format"), None
    return None, detected


def _named(path: str, detected: Detected) -> tuple[Purpose, Detected, tuple[str, ...]]:
    words = [word for word in re.split(r"[^\w]+|_", str(Path(path).with_suffix(""))) if word]
    purposes = [WORDS[word.casefold()] for word in words if word.casefold() in WORDS]
    key = tuple(word for word in words if word.casefold() not in WORDS)
    return (purposes[-1] if purposes else "train"), detected, key


def _graders(top: str) -> list[str]:
    files = (path for pattern in ("*.json", "*/*.json") for path in sorted(Path(top).glob(pattern)))
    return [str(path) for path in files if "grader" in path.stem.casefold() and not path.parts[0].startswith(".")]


def _datasets(files: list[Found], graders: list[str]) -> list[FoundDataset]:
    validations = [file for file in files if file.purpose == "validation"]
    training = [file for file in files if file.purpose == "train"]
    names: set[str] = set()
    datasets: list[FoundDataset] = []
    for train in training:
        dataset = FoundDataset(_new_name(train, names), train, _validation_of(train, validations, len(training) == 1))
        if train.detected.reinforcement and len(graders) == 1:
            dataset.grader = graders[0]
        datasets.append(dataset)
    return datasets


def _validation_of(train: Found, validations: list[Found], is_only: bool) -> Found | None:
    """The validation file of the same name but for what it is for; where there is one of each, that one."""
    same = [file for file in validations if file.key == train.key and file.detected.format == train.detected.format]
    if not same and is_only and len(validations) == 1 and validations[0].detected.format == train.detected.format:
        same = validations
    return same[0] if same else None


def _new_name(train: Found, taken: set[str]) -> str:
    base = name = "-".join(train.key) or "data"
    count = 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name)
    return name


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


def summary(directory: Directory) -> Iterable[str]:
    """A line a dataset, for people."""
    for dataset in directory.datasets:
        kind = "reinforcement" if dataset.train.detected.reinforcement else dataset.train.detected.format
        parts = [dataset.train.path, dataset.validation.path if dataset.validation else "", dataset.grader or ""]
        yield f"  {visible(dataset.name)}: {kind}, {visible(', '.join(filter(None, parts)))}"

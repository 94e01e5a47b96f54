"""A first configuration: which files of a directory are training data, which are for validation, which grade."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ftlint.config.settings import EXCLUDED
from ftlint.core.errors import FtlintError
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

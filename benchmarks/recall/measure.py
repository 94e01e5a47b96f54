"""What is said about a planted file, beyond what is said about the valid one."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ftlint
from benchmarks.recall import conversation, dataset, file, pairs, privacy, shapes, text, tools
from benchmarks.recall.plant import MAKERS, Plant, dumped, rows
from benchmarks.recall.valid import valid_files

FAMILIES = (file, conversation, text, tools, pairs, dataset, shapes, privacy)
TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a plant: findings of its own code, and the codes of all others."""

    plant: Plant
    findings: int
    knock_on: tuple[str, ...]

    @property
    def is_found(self) -> bool:
        """Whether the defect was found as what it is."""
        return self.findings > 0

    @property
    def is_clean(self) -> bool:
        """Whether it was said once, and nothing else with it."""
        return self.findings == self.plant.count and not self.knock_on


def all_plants() -> Iterator[Plant]:
    """Every plant of every family."""
    for family in FAMILIES:
        yield from family.plants()


def outcome_of(plant: Plant) -> Outcome:
    """Check the file of a plant, with all default rules."""
    found = _codes(plant.data, plant)
    findings = found.pop(plant.code, 0)
    for code in plant.along:
        found.pop(code, None)
    return Outcome(plant, findings, tuple(sorted(found.elements())))


def _codes(data: bytes, plant: Plant) -> Counter[str]:
    options: dict[str, Any] = {"today": TODAY, "totals": bool({"max_tokens", "max_cost"} & plant.options.keys())}
    with tempfile.TemporaryDirectory() as directory, chdir(directory):
        for name, content in plant.files.items():
            Path(name).write_bytes(content)
        Path("train.jsonl").write_bytes(data)
        report = ftlint.check("train.jsonl", **options | dict(plant.options))
    assert not report.failures, report.failures
    return Counter(finding.code for finding in report.findings)


def valid_kinds() -> Iterator[tuple[str, list[str]]]:
    """Each kind of valid rows, of plants and of their own, and what is said about it: nothing."""
    files = [
        (kind, dumped(rows(kind)), {"method": "reinforcement"} if kind == "reinforcement" else {}) for kind in MAKERS
    ]
    for kind, data, options in (*files, *valid_files()):
        plant = Plant(code="", form=kind, data=data, options=options)
        yield kind, sorted(_codes(data, plant).elements())
